// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QObject>
#include <QSet>

namespace taskreel {

class DownloadList;
class TaskRepository;

/// Lets the rows of the list say when nothing of their files moves: they wait for their turn, or are
/// paused. GUI thread.
class SaveHolds final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SaveHolds)

public:
    /// Both borrowed, both outlive this.
    SaveHolds(const DownloadList *list, TaskRepository *repository, QObject *parent = nullptr);

private:
    void look(const QSet<AssetId> &assets);

    const DownloadList *m_list;
    TaskRepository *m_repository;
};

} // namespace taskreel
