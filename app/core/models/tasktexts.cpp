// SPDX-License-Identifier: MIT
#include "core/models/tasktexts.h"

#include "core/text/errortext.h"
#include "core/text/quantities.h"
#include "core/text/tooltips.h"
#include "core/text/waittext.h"

#include <QCoreApplication>
#include <QLocale>

#include <limits>

using namespace Qt::StringLiterals;

namespace taskreel {

using Column = TaskTableModel::Column;

static QString say(const char *text)
{
    return QCoreApplication::translate("TaskTableModel", text);
}

/// What a person said of the task, for those who do not see the star.
static QString marked(const QString &text, const TaskMarks &marks)
{
    QStringList parts{text};
    if (marks.starred)
        parts += say(QT_TRANSLATE_NOOP("TaskTableModel", "starred"));
    if (marks.rejected)
        parts += say(QT_TRANSLATE_NOOP("TaskTableModel", "rejected"));
    return parts.join(u", "_s);
}

static QString coverText(const TaskSummary &row)
{
    if (row.resultCount == 0 && row.kind == MediaKind::Unknown)
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "No result yet"));
    //: %1: Video, Image, …
    return row.hasCover
        ? say(QT_TRANSLATE_NOOP("TaskTableModel", "%1 with cover")).arg(kindText(row.kind))
        : kindText(row.kind);
}

/// What stands beside the status: how far, what comes next, or why it failed.
static QString statusAddition(const TaskSummary &row, const QDateTime &nowUtc)
{
    const bool ended = isFinal(row.status) && row.lastError.kind == ErrorKind::None;
    if (ended || row.fetchState == FetchState::Held || row.fetchState == FetchState::Offline
        || row.fetchState == FetchState::Asking)
        return statusDetailText(row, nowUtc);
    QStringList parts;
    if (row.percent && *row.percent > 0 && row.status == TaskStatus::Processing) {
        //: progress, as in "62 %"
        parts += say(QT_TRANSLATE_NOOP("TaskTableModel", "%1\u00a0%"))
                     .arg(QLocale().toString(qRound(*row.percent)));
    }
    if (row.lastError.kind != ErrorKind::None)
        parts += errorPhrase(row.lastError);
    else if (const QString longWait = longWaitText(row, nowUtc); !longWait.isEmpty())
        parts += longWait;
    if (row.nextCheckAt.isValid() && row.fetchState == FetchState::Waiting) {
        //: %1: a time of day, as in "14:03"
        parts += say(QT_TRANSLATE_NOOP("TaskTableModel", "next check at %1"))
                     .arg(row.nextCheckAt.toLocalTime().toString(u"HH:mm"_s));
    }
    return parts.join(u", "_s);
}

static QString savedText(const TaskSummary &row)
{
    switch (row.saveState) {
    case SaveState::NotSaved:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Not saved"));
    case SaveState::Saving:
        if (row.saveHold == SaveHold::Paused)
            return say(QT_TRANSLATE_NOOP("TaskTableModel", "Paused"));
        if (row.saveHold == SaveHold::Waiting)
            return say(QT_TRANSLATE_NOOP("TaskTableModel", "Waiting"));
        //: %1: a percentage without its sign
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Saving, %1\u00a0%"))
            .arg(QLocale().toString(row.savePercent));
    case SaveState::Saved:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Saved"));
    case SaveState::Partly:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Partly saved"));
    case SaveState::Gone:
        return row.saveError.isEmpty()
            ? say(QT_TRANSLATE_NOOP("TaskTableModel", "Not there any more"))
            : row.saveError;
    case SaveState::Failed:
        break;
    }
    if (row.saveError.isEmpty())
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Saving failed"));
    //: %1: a sentence that says why
    return say(QT_TRANSLATE_NOOP("TaskTableModel", "Saving failed: %1")).arg(row.saveError);
}

static QString orDash(const QString &text)
{
    return text.isEmpty() ? u"\u2014"_s : text;
}

/// When the links end; else how old the result is, which promises nothing.
static QString expiresText(const TaskSummary &row, const QDateTime &nowUtc)
{
    if (row.expiresAt.isValid()) {
        const qint64 left = nowUtc.msecsTo(row.expiresAt);
        if (left <= 0)
            return say(QT_TRANSLATE_NOOP("TaskTableModel", "Link ended"));
        //: when a link stops working; %1: a span, as in "3 h 12 min"
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "in %1")).arg(spanText(left));
    }
    if (row.resultCount == 0 || !row.endedAt.isValid())
        return {};
    return resultAgeText(row.endedAt.msecsTo(nowUtc));
}

qint64 generationMs(const TaskSummary &row)
{
    if (!row.startedAt.isValid() || !row.endedAt.isValid())
        return -1;
    return std::max<qint64>(row.startedAt.msecsTo(row.endedAt), 0);
}

qint64 expirySortValue(const TaskSummary &row)
{
    return row.expiresAt.isValid() ? row.expiresAt.toMSecsSinceEpoch()
                                   : std::numeric_limits<qint64>::max();
}

QString columnTitle(Column column)
{
    switch (column) {
    case Column::Cover:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Cover"));
    case Column::Status:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Status"));
    case Column::Prompt:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Prompt"));
    case Column::Duration:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Duration"));
    case Column::Created:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Created"));
    case Column::Saved:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Saved"));
    case Column::Model:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Model"));
    case Column::Type:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Type"));
    case Column::Size:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Size"));
    case Column::TaskId:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Task ID"));
    case Column::Expires:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Expires"));
    case Column::Cost:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Cost"));
    case Column::GenerationTime:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Generation time"));
    case Column::Tags:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Tags"));
    case Column::Note:
        return say(QT_TRANSLATE_NOOP("TaskTableModel", "Note"));
    case Column::Count:
        break;
    }
    return {};
}

QString cellText(const TaskSummary &row, Column column, const QDateTime &nowUtc)
{
    switch (column) {
    case Column::Cover:
        return marked(coverText(row), row.marks);
    case Column::Status: {
        const QString addition = statusAddition(row, nowUtc);
        return addition.isEmpty() ? statusText(row) : statusText(row) + u", "_s + addition;
    }
    case Column::Prompt:
        return row.prompt.isEmpty() ? say(QT_TRANSLATE_NOOP("TaskTableModel", "No prompt"))
                                    : row.prompt;
    case Column::Duration:
        return secondsText(row.durationMs);
    case Column::Created:
        return orDash(relativeTimeText(row.createdAt, nowUtc));
    case Column::Saved:
        return savedText(row);
    case Column::Model:
        return orDash(row.model);
    case Column::Type:
        return orDash(row.taskType);
    case Column::Size:
        return orDash(sizeText(row.size));
    case Column::TaskId:
        return row.id;
    case Column::Expires:
        return expiresText(row, nowUtc);
    case Column::Cost:
        return row.cost ? costText(*row.cost) : QString();
    case Column::GenerationTime:
        return generationMs(row) < 0 ? QString() : spanText(generationMs(row));
    case Column::Tags:
        return row.marks.tags.join(u", "_s);
    case Column::Note:
        return row.marks.note.simplified();
    case Column::Count:
        break;
    }
    return {};
}

static QString statusToolTip(const TaskSummary &row)
{
    QStringList lines;
    if (!row.errorText.isEmpty())
        lines += row.errorText;
    if (row.lastError.kind != ErrorKind::None)
        lines += errorSentence(row.lastError);
    if (!longWaitText(row, QDateTime::currentDateTimeUtc()).isEmpty()) {
        lines += say(QT_TRANSLATE_NOOP("TaskTableModel",
                                       "This takes long. Taskreel does not give it up: it asks "
                                       "every few minutes, after a day every half hour."));
    }
    if (row.nextCheckAt.isValid() && row.fetchState == FetchState::Waiting) {
        lines += say(QT_TRANSLATE_NOOP("TaskTableModel", "Next check: %1"))
                     .arg(exactTimeText(row.nextCheckAt));
    }
    if (row.answeredAt.isValid()) {
        lines += say(QT_TRANSLATE_NOOP("TaskTableModel", "Last answer: %1"))
                     .arg(exactTimeText(row.answeredAt));
    }
    return lines.join(u'\n');
}

static QString plainToolTip(const TaskSummary &row, Column column)
{
    switch (column) {
    case Column::Status:
        return statusToolTip(row);
    case Column::Prompt:
        return row.prompt;
    case Column::Created:
        return exactTimeText(row.createdAt);
    case Column::Saved:
        return row.saveState == SaveState::Failed ? row.saveError : row.savedPath;
    case Column::TaskId:
        return row.id;
    case Column::Expires:
        return exactTimeText(row.expiresAt.isValid() ? row.expiresAt : row.endedAt);
    case Column::Tags:
        return row.marks.tags.join(u", "_s);
    case Column::Note:
        return row.marks.note;
    default:
        return {};
    }
}

QString cellToolTip(const TaskSummary &row, Column column)
{
    return toolTipText(plainToolTip(row, column));
}

QVariant cellSortValue(const TaskSummary &row, Column column)
{
    switch (column) {
    case Column::Cover:
        return row.sequence;
    case Column::Status:
        return static_cast<int>(row.status);
    case Column::Prompt:
        return row.prompt;
    case Column::Duration:
        return row.durationMs;
    case Column::Created:
        return row.createdAt;
    case Column::Saved:
        return static_cast<int>(row.saveState);
    case Column::Model:
        return row.model;
    case Column::Type:
        return row.taskType;
    case Column::Size:
        return row.size.isValid() ? qint64(row.size.width()) * row.size.height() : 0;
    case Column::TaskId:
        return row.id;
    case Column::Expires:
        return expirySortValue(row);
    case Column::Cost:
        return row.cost.value_or(-1);
    case Column::GenerationTime:
        return generationMs(row);
    case Column::Tags:
        return row.marks.tags.join(u'\n');
    case Column::Note:
        return row.marks.note;
    case Column::Count:
        break;
    }
    return {};
}

} // namespace taskreel
