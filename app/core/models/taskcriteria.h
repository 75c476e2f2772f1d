// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QDate>

#include <optional>

namespace taskreel {

/// What the list shows: search, status and facets, all of them at once. A plain value.
struct TaskCriteria
{
    enum class Status { All, Completed, Running, Failed, NotSaved };
    enum class Version { Any, WithoutWatermark, Watermarked, OnlyWatermarked };
    enum class Saved { Any, Saved, NotSaved };
    enum class Mark { Any, Starred, NotRejected, Rejected };
    enum class Created { Any, Today, SevenDays, ThirtyDays, Custom };

    QString search = {}; ///< words, all of them, in ID, prompt, model, type, note, tags or error
    Status status = Status::All;
    QString model = {}; ///< empty: any
    std::optional<MediaKind> kind = {};
    Version version = Version::Any; ///< the variants that are there
    Saved saved = Saved::Any;
    Mark mark = Mark::Any;
    Created created = Created::Any; ///< days of the user's own clock
    QDate from = {}; ///< Custom: invalid means open
    QDate to = {}; ///< the last day that counts

    bool operator==(const TaskCriteria &) const = default;

    [[nodiscard]] QStringList words() const;
    /// How many of the facets are on: everything but search and status.
    [[nodiscard]] int facetCount() const;
    /// Shows everything; blanks in the search do not count.
    [[nodiscard]] bool isEmpty() const;

    /// One line of JSON, for the settings.
    [[nodiscard]] QByteArray toBytes() const;
    /// What cannot be read stays at its default.
    [[nodiscard]] static TaskCriteria fromBytes(const QByteArray &bytes);
};

/// Not ended, and nothing will ask again by itself: an error that time does not mend.
[[nodiscard]] bool isStopped(const TaskSummary &row);
[[nodiscard]] bool isFailed(const TaskSummary &row); ///< failed, cancelled or stopped
[[nodiscard]] bool isRunning(const TaskSummary &row); ///< not ended, not stopped
[[nodiscard]] bool isUnsaved(const TaskSummary &row); ///< has results that are not all saved

/// The criteria made ready to look at many rows. Pure; holds for the day that it was made for.
class TaskMatcher
{
public:
    TaskMatcher(const TaskCriteria &criteria, const QDateTime &now);

    [[nodiscard]] bool matchesFacets(const TaskSummary &row) const; ///< status and facets
    [[nodiscard]] bool hasWords() const { return !m_words.isEmpty(); }
    /// @param text of searchText()
    [[nodiscard]] bool matchesWords(const QByteArray &text) const;
    /// All that is searched of a row, folded: to be kept, so that typing costs little.
    [[nodiscard]] static QByteArray searchText(const TaskSummary &row);

private:
    [[nodiscard]] bool matchesStatus(const TaskSummary &row) const;
    [[nodiscard]] bool matchesVersion(const TaskSummary &row) const;
    [[nodiscard]] bool matchesMark(const TaskSummary &row) const;
    [[nodiscard]] bool matchesCreated(const TaskSummary &row) const;

    TaskCriteria m_criteria;
    QByteArrayList m_words; ///< folded
    QDateTime m_from; ///< invalid: open
    QDateTime m_before;
};

} // namespace taskreel
