// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/dragstart.h"
#include "ui/list/listservices.h"

#include <QListView>

namespace taskreel {

class SelectionBridge;
class TaskTileDelegate;

/// The tasks as covers. Tiles share the width evenly. Takes the model when it is first shown.
/// Accessible name `Tasks`. GUI thread.
class TaskGridView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskGridView)

public:
    explicit TaskGridView(const ListServices &services, QWidget *parent = nullptr);
    ~TaskGridView() override;

    [[nodiscard]] SelectionBridge *bridge() const { return m_bridge; }
    [[nodiscard]] QStringList visibleIds() const;
    [[nodiscard]] QSize coverPx() const;
    void repaintTask(const QString &id);
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = {}) override;

Q_SIGNALS:
    void dragRequested(); ///< of the selected tiles

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void layOut();

    ListServices m_services;
    SelectionBridge *m_bridge;
    DragStart m_drag;
    TaskTileDelegate *m_delegate;
};

} // namespace taskreel
