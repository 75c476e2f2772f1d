// SPDX-License-Identifier: MIT
#include "ui/history/historydelegate.h"

#include "core/models/historytablemodel.h"
#include "ui/theme/theme.h"

namespace taskreel {

HistoryDelegate::HistoryDelegate(Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

void HistoryDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(HistoryTableModel::KnownRole).toBool()) {
        option->palette.setColor(QPalette::Text, m_theme->color(ColorToken::Dim));
        option->palette.setColor(QPalette::HighlightedText, m_theme->color(ColorToken::Dim));
    }
}

} // namespace taskreel
