// SPDX-License-Identifier: MIT
#include "core/models/taskcriteria.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

/// Between the fields of a search text: no word goes over from one to the next.
constexpr QChar kFieldEnd{u'\n'};

constexpr int kSearchFields = 8;

template<typename Enum>
Enum toEnum(const QJsonValue &value, Enum last)
{
    const int number = value.toInt();
    return number >= 0 && number <= int(last) ? static_cast<Enum>(number) : Enum{};
}

} // namespace

QStringList TaskCriteria::words() const
{
    return search.simplified().split(u' ', Qt::SkipEmptyParts);
}

int TaskCriteria::facetCount() const
{
    const bool on[] = {!model.isEmpty(),    kind.has_value(),  version != Version::Any,
                       saved != Saved::Any, mark != Mark::Any, created != Created::Any};
    return int(std::count(std::begin(on), std::end(on), true));
}

bool TaskCriteria::isEmpty() const
{
    return status == Status::All && facetCount() == 0 && words().isEmpty();
}

QByteArray TaskCriteria::toBytes() const
{
    QJsonObject object;
    const auto put = [&object](QLatin1StringView name, int value) {
        if (value != 0)
            object.insert(name, value);
    };
    if (!words().isEmpty())
        object.insert("search"_L1, search);
    put("status"_L1, int(status));
    if (!model.isEmpty())
        object.insert("model"_L1, model);
    if (kind)
        object.insert("kind"_L1, int(*kind));
    put("version"_L1, int(version));
    put("saved"_L1, int(saved));
    put("mark"_L1, int(mark));
    put("created"_L1, int(created));
    if (created == Created::Custom) {
        object.insert("from"_L1, from.toString(Qt::ISODate));
        object.insert("to"_L1, to.toString(Qt::ISODate));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

TaskCriteria TaskCriteria::fromBytes(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    TaskCriteria criteria;
    criteria.search = object.value("search"_L1).toString();
    criteria.status = toEnum(object.value("status"_L1), Status::NotSaved);
    criteria.model = object.value("model"_L1).toString();
    if (object.contains("kind"_L1))
        criteria.kind = toEnum(object.value("kind"_L1), MediaKind::Text);
    criteria.version = toEnum(object.value("version"_L1), Version::OnlyWatermarked);
    criteria.saved = toEnum(object.value("saved"_L1), Saved::NotSaved);
    criteria.mark = toEnum(object.value("mark"_L1), Mark::Rejected);
    criteria.created = toEnum(object.value("created"_L1), Created::Custom);
    criteria.from = QDate::fromString(object.value("from"_L1).toString(), Qt::ISODate);
    criteria.to = QDate::fromString(object.value("to"_L1).toString(), Qt::ISODate);
    return criteria;
}

bool isStopped(const TaskSummary &row)
{
    return !isFinal(row.status) && row.fetchState == FetchState::Idle
        && row.lastError.kind != ErrorKind::None && !isPassing(row.lastError.kind);
}

bool isFailed(const TaskSummary &row)
{
    return row.status == TaskStatus::Failed || row.status == TaskStatus::Cancelled
        || isStopped(row);
}

bool isRunning(const TaskSummary &row)
{
    return !isFinal(row.status) && !isStopped(row);
}

bool isUnsaved(const TaskSummary &row)
{
    return row.status == TaskStatus::Completed && row.resultCount > 0
        && row.saveState != SaveState::Saved;
}

TaskMatcher::TaskMatcher(const TaskCriteria &criteria, const QDateTime &now) : m_criteria(criteria)
{
    const QStringList words = criteria.words();
    for (const QString &word : words)
        m_words.append(word.toCaseFolded().toUtf8());
    const QDate today = now.toLocalTime().date();
    QDate from;
    QDate to;
    switch (criteria.created) {
    case TaskCriteria::Created::Any:
        break;
    case TaskCriteria::Created::Today:
        from = today;
        break;
    case TaskCriteria::Created::SevenDays:
        from = today.addDays(-6);
        break;
    case TaskCriteria::Created::ThirtyDays:
        from = today.addDays(-29);
        break;
    case TaskCriteria::Created::Custom:
        from = criteria.from;
        to = criteria.to;
        break;
    }
    if (from.isValid())
        m_from = from.startOfDay(Qt::LocalTime).toUTC();
    if (to.isValid())
        m_before = to.addDays(1).startOfDay(Qt::LocalTime).toUTC();
}

bool TaskMatcher::matchesFacets(const TaskSummary &row) const
{
    const TaskCriteria &wanted = m_criteria;
    if (!matchesStatus(row) || !matchesVersion(row) || !matchesMark(row) || !matchesCreated(row))
        return false;
    if (!wanted.model.isEmpty() && row.model != wanted.model)
        return false;
    if (wanted.kind && row.kind != *wanted.kind)
        return false;
    switch (wanted.saved) {
    case TaskCriteria::Saved::Any:
        return true;
    case TaskCriteria::Saved::Saved:
        return row.saveState == SaveState::Saved;
    case TaskCriteria::Saved::NotSaved:
        return isUnsaved(row);
    }
    return true;
}

bool TaskMatcher::matchesStatus(const TaskSummary &row) const
{
    switch (m_criteria.status) {
    case TaskCriteria::Status::All:
        return true;
    case TaskCriteria::Status::Completed:
        return row.status == TaskStatus::Completed;
    case TaskCriteria::Status::Running:
        return isRunning(row);
    case TaskCriteria::Status::Failed:
        return isFailed(row);
    case TaskCriteria::Status::NotSaved:
        return isUnsaved(row);
    }
    return true;
}

bool TaskMatcher::matchesVersion(const TaskSummary &row) const
{
    switch (m_criteria.version) {
    case TaskCriteria::Version::Any:
        return true;
    case TaskCriteria::Version::WithoutWatermark:
        return row.hasUnwatermarked;
    case TaskCriteria::Version::Watermarked:
        return row.hasWatermarked;
    case TaskCriteria::Version::OnlyWatermarked:
        return row.hasWatermarked && !row.hasUnwatermarked;
    }
    return true;
}

bool TaskMatcher::matchesMark(const TaskSummary &row) const
{
    switch (m_criteria.mark) {
    case TaskCriteria::Mark::Any:
        return true;
    case TaskCriteria::Mark::Starred:
        return row.marks.starred;
    case TaskCriteria::Mark::NotRejected:
        return !row.marks.rejected;
    case TaskCriteria::Mark::Rejected:
        return row.marks.rejected;
    }
    return true;
}

bool TaskMatcher::matchesCreated(const TaskSummary &row) const
{
    if (!m_from.isValid() && !m_before.isValid())
        return true;
    const QDateTime &created = row.createdAt.isValid() ? row.createdAt : row.addedAt;
    return (!m_from.isValid() || created >= m_from) && (!m_before.isValid() || created < m_before);
}

bool TaskMatcher::matchesWords(const QByteArray &text) const
{
    const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
    return std::all_of(m_words.cbegin(), m_words.cend(), [view](const QByteArray &word) {
        return view.find(std::string_view(word.constData(), static_cast<size_t>(word.size())))
            != std::string_view::npos;
    });
}

QByteArray TaskMatcher::searchText(const TaskSummary &row)
{
    const QString tags = row.marks.tags.join(kFieldEnd);
    const QString *fields[kSearchFields] = {&row.prompt,     &row.id,        &row.model,
                                            &row.taskType,   &row.errorText, &row.lastError.message,
                                            &row.marks.note, &tags};
    QString joined;
    for (const QString *field : fields) {
        if (!field->isEmpty())
            joined += *field + kFieldEnd;
    }
    return joined.toCaseFolded().toUtf8();
}

} // namespace taskreel
