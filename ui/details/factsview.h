// SPDX-License-Identifier: MIT
#pragma once

#include "ui/details/facts.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace taskreel {

class Theme;

/// Aligned rows of label and value; values are plain text and can be selected. A row that stays the same
/// is not touched, so that a selection in it survives. GUI thread.
class FactsView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FactsView)

public:
    /// @param theme borrowed, outlives this
    explicit FactsView(Theme *theme, QWidget *parent = nullptr);
    void setFacts(const QList<Fact> &facts);

private:
    struct Row
    {
        QLabel *label;
        QLabel *value;
    };
    void addRow();
    void colourRows();

    Theme *m_theme;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    QList<Fact> m_facts;
};

} // namespace taskreel
