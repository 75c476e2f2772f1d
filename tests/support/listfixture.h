// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"

#include <QTemporaryDir>

namespace taskreel::test {

/// A repository without a store, and the models over it. Header only.
struct ListFixture
{
    QTemporaryDir folder;
    AppSettings settings{folder.filePath(QStringLiteral("settings.ini"))};
    TaskRepository repository{nullptr};
    TaskTableModel model{&repository};
    TaskFilter filter{&model};

    [[nodiscard]] static QString idOf(int n)
    {
        return QStringLiteral("b3efc0ab-3fdb-4b88-b20a-%1").arg(n, 12, 16, QChar(u'0'));
    }

    [[nodiscard]] static TaskSummary row(int n, TaskStatus status = TaskStatus::Completed)
    {
        TaskSummary row;
        row.id = idOf(n);
        row.sequence = n;
        row.addedAt = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
        row.answeredAt = row.addedAt;
        row.createdAt = row.addedAt.addSecs(-n);
        row.status = status;
        row.model = QStringLiteral("kling");
        row.taskType = QStringLiteral("video_generation");
        row.prompt = QStringLiteral("Prompt %1").arg(n);
        return row;
    }

    /// Rows 0 … count - 1, shown in this order.
    void load(int count)
    {
        QList<TaskSummary> rows;
        for (int n = 0; n < count; ++n)
            rows.append(row(n, n % 2 == 0 ? TaskStatus::Completed : TaskStatus::Failed));
        repository.load(rows);
    }
};

} // namespace taskreel::test
