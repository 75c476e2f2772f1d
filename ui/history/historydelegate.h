// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace taskreel {

class Theme;

/// Paints what an import would not bring, since it is in the list already, in the dim colour. GUI
/// thread.
class HistoryDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryDelegate)

public:
    /// @param theme borrowed, outlives this
    HistoryDelegate(Theme *theme, QObject *parent);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Theme *m_theme;
};

} // namespace taskreel
