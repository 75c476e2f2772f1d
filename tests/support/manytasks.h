// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace taskreel::test {

/// A year of made-up tasks, the same in each run: models, kinds, prompts, ends, costs and marks as a person's
/// library has them. The newest first added last; none is due to be asked.
[[nodiscard]] QList<TaskSummary> manyTasks(int count);

/// Writes them with their answers into `dataFolder`/library.sqlite. With a folder of pictures (*.jpg) each task
/// has one of them as its kept cover. Blocks until it is on disk; needs a QCoreApplication.
[[nodiscard]] bool fillLibrary(const QString &dataFolder, int count, const QString &coverFolder = {});

} // namespace taskreel::test
