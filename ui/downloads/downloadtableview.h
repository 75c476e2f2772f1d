// SPDX-License-Identifier: MIT
#pragma once

#include <QTableView>

class QAction;

namespace taskreel {

class ActionRegistry;
class DownloadRowDelegate;
class DownloadTableModel;
class Theme;

/// The queue as a table, in the queue's order. Its keys belong to it while it has the focus, though the
/// window has uses of its own for some of them. Columns come and go with the width. GUI thread.
class DownloadTableView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadTableView)

public:
    /// All borrowed, all outlive the view.
    DownloadTableView(DownloadTableModel *model, Theme *theme, ActionRegistry *actions,
                      QWidget *parent = nullptr);

Q_SIGNALS:
    void selectedChanged();
    void escaped();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void setUpHeader();
    void fitColumns();
    void hover(int row);
    [[nodiscard]] QAction *actionFor(const QKeyEvent &event) const; ///< null: not one of ours

    ActionRegistry *m_actions;
    DownloadRowDelegate *m_delegate;
};

} // namespace taskreel
