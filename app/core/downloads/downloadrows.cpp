// SPDX-License-Identifier: MIT
#include "core/downloads/downloadrows.h"

#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"

#include <algorithm>

namespace taskreel {

QString DownloadRows::rowIdOf(const QString &taskId) const
{
    if (const TaskSummary *summary = m_repository->find(taskId))
        return summary->id;
    if (m_rows.contains(taskId))
        return taskId;
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        if (it.key().compare(taskId, Qt::CaseInsensitive) == 0)
            return it.key();
    }
    return taskId;
}

DownloadRows::Row &DownloadRows::row(const QString &rowId)
{
    const auto it = m_rows.find(rowId);
    if (it != m_rows.end())
        return *it;
    Row fresh;
    if (const TaskSummary *summary = m_repository->find(rowId)) {
        const bool saving = summary->saveState == SaveState::Saving;
        fresh.before = saving ? SaveState::NotSaved : summary->saveState;
        fresh.errorBefore = summary->saveError;
    }
    m_repository->setSaveState(rowId, SaveState::Saving);
    return *m_rows.insert(rowId, fresh);
}

void DownloadRows::addFile(const QString &rowId)
{
    ++row(rowId).files;
}

void DownloadRows::retryFile(const QString &rowId)
{
    Row &retried = row(rowId);
    if (retried.failed > 0)
        --retried.failed; // others of its files are still on their way
    else
        ++retried.files;
}

void DownloadRows::addReading(const QString &rowId)
{
    ++row(rowId).readings;
}

void DownloadRows::endReading(const QString &rowId)
{
    Row &reading = row(rowId);
    reading.readings = std::max(0, reading.readings - 1);
}

void DownloadRows::noteSaved(const QString &rowId)
{
    ++row(rowId).saved;
}

void DownloadRows::noteCancelled(const QString &rowId)
{
    ++row(rowId).cancelled;
}

void DownloadRows::noteFailed(const QString &rowId, const Error &error)
{
    Row &failing = row(rowId);
    ++failing.failed;
    failing.lastError = error;
}

void DownloadRows::showProgress(const QString &rowId, int percentOfRunning)
{
    const auto it = m_rows.constFind(rowId);
    if (it == m_rows.cend() || it->files == 0)
        return;
    const int ended = (it->saved + it->failed + it->cancelled) * 100;
    m_repository->setSaveState(rowId, SaveState::Saving,
                               std::min(100, (ended + percentOfRunning) / it->files));
}

void DownloadRows::settle(const QString &rowId)
{
    const auto it = m_rows.find(rowId);
    if (it == m_rows.end() || it->isOpen())
        return;
    const Row ended = *it;
    m_rows.erase(it);
    if (ended.failed > 0) {
        m_repository->setSaveState(rowId, SaveState::Failed, 0,
                                   errorSentence(ended.lastError, Retry::ByHand));
        return;
    }
    const TaskSummary *summary = m_repository->find(rowId);
    const bool told = summary ? summary->saveState != SaveState::Saving : ended.saved > 0;
    if (told)
        return; // recordSaved() has said what it is
    if (ended.saved > 0)
        m_repository->setSaveState(rowId, SaveState::NotSaved); // as the files say
    else
        m_repository->setSaveState(rowId, ended.before, 0, ended.errorBefore);
}

} // namespace taskreel
