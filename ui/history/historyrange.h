// SPDX-License-Identifier: MIT
#pragma once

#include "core/piapi/apirequest.h"

#include <QWidget>

class QComboBox;
class QDateEdit;

namespace taskreel {

/// The fields that say which part of the history is meant: a quick choice or two days, and a model.
/// GUI thread.
class HistoryRange final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryRange)

public:
    explicit HistoryRange(const QStringList &models, QWidget *parent = nullptr);

    [[nodiscard]] HistoryQuery query() const; ///< as of now; page and size are left alone

private:
    void choosePeriod();

    QComboBox *m_period;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QComboBox *m_model;
};

} // namespace taskreel
