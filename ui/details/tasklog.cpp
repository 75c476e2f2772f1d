// SPDX-License-Identifier: MIT
#include "ui/details/tasklog.h"

#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString lineOf(const QDateTime &utc, const QString &event)
{
    return exactTimeText(utc) + u"  "_s + event;
}

TaskLog::TaskLog(TaskRepository *repository, QObject *parent)
    : QObject(parent)
    , m_repository(repository)
{
    // What is there already, or comes from disk or with a pasted answer, is where comparing begins.
    connect(repository, &TaskRepository::tasksAdded, this, &TaskLog::begin);
    connect(repository, &TaskRepository::tasksChanged, this, &TaskLog::take);
    connect(repository, &TaskRepository::tasksRemoved, this, [this](const QStringList &ids) {
        for (const QString &id : ids)
            m_seen.remove(id);
    });
    begin(repository->ids());
}

void TaskLog::begin(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (const TaskSummary *row = m_repository->find(id))
            remember(*row, m_seen[id]);
    }
}

QStringList TaskLog::lines(const QString &taskId) const
{
    const TaskSummary *row = m_repository->find(taskId);
    if (!row)
        return {};
    const QStringList events = m_seen.value(taskId).lines;
    QList<std::pair<QDateTime, QString>> known{
        {row->addedAt, tr("Added to the list")},
        {row->createdAt, tr("Created at the service")},
        {row->endedAt, tr("Ended at the service")},
    };
    if (events.isEmpty())
        known.append({row->answeredAt, tr("Last answer: %1").arg(statusText(*row))});
    std::stable_sort(known.begin(), known.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList lines;
    for (const auto &[utc, event] : std::as_const(known)) {
        if (utc.isValid())
            lines.append(lineOf(utc, event));
    }
    return lines + events;
}

void TaskLog::take(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (const TaskSummary *row = m_repository->find(id))
            compare(*row, m_seen[id]);
    }
    Q_EMIT changed(ids);
}

void TaskLog::remember(const TaskSummary &row, Seen &seen)
{
    seen.status = row.status;
    seen.answeredAt = row.answeredAt;
    seen.lastError = row.lastError;
    seen.failedTries = row.failedTries;
    seen.saveState = row.saveState;
}

void TaskLog::compare(const TaskSummary &row, Seen &seen)
{
    if (row.answeredAt != seen.answeredAt && row.answeredAt.isValid()) {
        QString state = statusText(row);
        if (row.percent)
            state += u", %1 %"_s.arg(qRound(*row.percent));
        append(seen, tr("Answered: %1").arg(state));
    }
    const bool failedAgain = row.failedTries > seen.failedTries || row.lastError != seen.lastError;
    if (row.lastError.kind != ErrorKind::None && failedAgain) {
        append(seen, row.failedTries > 1
                   ? tr("Try %1 failed: %2").arg(QString::number(row.failedTries),
                                                 errorSentence(row.lastError))
                   : tr("The try failed: %1").arg(errorSentence(row.lastError)));
    }
    if (row.saveState != seen.saveState) {
        if (row.saveState == SaveState::Saved || row.saveState == SaveState::Partly)
            append(seen, tr("Saved as %1").arg(row.savedPath));
        else if (row.saveState == SaveState::Failed)
            append(seen, tr("Not saved: %1").arg(row.saveError));
        else if (row.saveState == SaveState::Gone)
            append(seen, row.saveError + u": "_s + row.savedPath);
    }
    remember(row, seen);
}

void TaskLog::append(Seen &seen, const QString &event)
{
    seen.lines.append(lineOf(QDateTime::currentDateTimeUtc(), event));
    if (seen.lines.size() > kMostLines)
        seen.lines.removeFirst();
}

} // namespace taskreel
