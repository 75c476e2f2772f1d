// SPDX-License-Identifier: MIT
#pragma once

#include <QItemSelectionModel>
#include <QTimer>

class QAbstractItemView;

namespace taskreel {

class TaskFilter;
class TaskSelection;

/// A view's selection model that speaks ids: what a person selects in the view goes to TaskSelection,
/// what changes there comes back here. Rows that a filter takes away lose their place in the view, never
/// their place in TaskSelection. GUI thread; made by a view, for itself.
class SelectionBridge final : public QItemSelectionModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SelectionBridge)

public:
    /// @param filter, selection borrowed, outlive this; the view becomes the parent and uses this
    SelectionBridge(TaskFilter *filter, TaskSelection *selection, QAbstractItemView *view);

    /// A view that is not shown neither follows nor reports.
    void setActive(bool active);

    using QItemSelectionModel::select;
    void select(const QItemSelection &selection, SelectionFlags command) override;
    void setCurrentIndex(const QModelIndex &index, SelectionFlags command) override;

private:
    void letGo();
    void report(const QItemSelection &taken, const QItemSelection &dropped);
    void reportAll();
    void follow();
    void scrollToCurrent();
    [[nodiscard]] QItemSelection rowsOf(const QSet<QString> &ids) const;
    [[nodiscard]] QStringList idsOf(const QItemSelection &selection) const;

    TaskFilter *m_filter;
    TaskSelection *m_selection;
    QAbstractItemView *m_view;
    QTimer m_later; ///< after the model changed: once a turn
    bool m_active = false;
    bool m_byHand = false; ///< within a command that came through the view
    bool m_following = false;
};

} // namespace taskreel
