// SPDX-License-Identifier: MIT
#include "core/models/tasksorting.h"

#include "core/models/tasktexts.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace taskreel {

namespace {

using Column = TaskTableModel::Column;

SortKey keyOfNumber(qint64 value)
{
    return {static_cast<quint64>(value) ^ (quint64(1) << 63U), 0};
}

SortKey keyOfTime(const QDateTime &time)
{
    return keyOfNumber(time.isValid() ? time.toMSecsSinceEpoch()
                                      : std::numeric_limits<qint64>::min());
}

/// The first eight units as QString::compare() without case would order them. It folds characters
/// beyond the first plane as a whole at their second unit: there ends what the key knows.
SortKey keyOfText(QStringView text)
{
    constexpr qsizetype kUnits = 8;
    quint64 halves[2] = {0, 0};
    bool known = true;
    for (qsizetype i = 0; i < kUnits; ++i) {
        quint64 unit = 0;
        if (!known) {
            unit = 0xffff;
        } else if (i < text.size()) {
            known = !text[i].isLowSurrogate();
            unit = known ? text[i].toCaseFolded().unicode() : 0xffff;
        }
        halves[i / 4] = halves[i / 4] << 16U | unit;
    }
    return {halves[0], halves[1]};
}

/// A text as QString::compare() without case looks at it, unit by unit.
QString folded(QString text)
{
    QChar last;
    for (QChar &unit : text) {
        const QChar now = unit;
        if (now.isLowSurrogate() && last.isHighSurrogate()) {
            const char32_t whole = QChar::toCaseFolded(QChar::surrogateToUcs4(last, now));
            if (QChar::requiresSurrogates(whole))
                unit = QChar(QChar::lowSurrogate(whole));
        } else if (now.unicode() >= 'A') {
            const QChar small = now.toCaseFolded();
            if (small != now)
                unit = small;
        }
        last = now;
    }
    return text;
}

struct FoldedText
{
    SortKey key;
    QString text; ///< folded
    int number = 0; ///< in order of being met

    bool operator<(const FoldedText &other) const
    {
        return key != other.key ? key < other.key : text < other.text;
    }
};

qint64 area(const QSize &size)
{
    return size.isValid() ? qint64(size.width()) * size.height() : 0;
}

bool isText(Column column)
{
    switch (column) {
    case Column::Prompt:
    case Column::Model:
    case Column::Type:
    case Column::TaskId:
    case Column::Tags:
    case Column::Note:
        return true;
    default:
        return false;
    }
}

QString textOf(const TaskSummary &row, Column column)
{
    switch (column) {
    case Column::Prompt:
        return row.prompt;
    case Column::Model:
        return row.model;
    case Column::Type:
        return row.taskType;
    case Column::TaskId:
        return row.id;
    case Column::Tags:
        return row.marks.tags.join(u'\n');
    case Column::Note:
        return row.marks.note;
    default:
        return {};
    }
}

/// Below zero, zero, above zero; keys that differ have decided already.
int compareTexts(const TaskSummary &a, const TaskSummary &b, Column column)
{
    return textOf(a, column).compare(textOf(b, column), Qt::CaseInsensitive);
}

} // namespace

SortKey sortKeyOf(const TaskSummary &row, Column column)
{
    constexpr double kCostUnit = 1e9;
    switch (column) {
    case Column::Status:
        return keyOfNumber(static_cast<int>(row.status));
    case Column::Duration:
        return keyOfNumber(row.durationMs);
    case Column::Created:
        return keyOfTime(row.createdAt);
    case Column::Saved:
        return keyOfNumber(static_cast<int>(row.saveState));
    case Column::Size:
        return keyOfNumber(area(row.size));
    case Column::Expires:
        return keyOfNumber(expirySortValue(row));
    case Column::Cost:
        return keyOfNumber(
            row.cost ? std::llround(std::clamp(*row.cost, 0.0, kCostUnit) * kCostUnit) : -1);
    case Column::GenerationTime:
        return keyOfNumber(generationMs(row));
    case Column::Prompt:
    case Column::Model:
    case Column::Type:
    case Column::TaskId:
    case Column::Tags:
    case Column::Note:
        return keyOfText(textOf(row, column));
    case Column::Cover:
    case Column::Count:
        break;
    }
    return {};
}

TaskSorting::TaskSorting(const TaskTableModel *model, Column column, Qt::SortOrder order)
    : m_model(model), m_column(column == Column::Cover ? Column::Count : column), m_order(order)
{
}

bool TaskSorting::less(int a, int b) const
{
    if (m_column == Column::Count)
        return a < b;
    const TaskSummary &left = m_model->summaryAt(a);
    const TaskSummary &right = m_model->summaryAt(b);
    const SortKey leftKey = sortKeyOf(left, m_column);
    const SortKey rightKey = sortKeyOf(right, m_column);
    const bool up = m_order == Qt::AscendingOrder;
    if (leftKey != rightKey)
        return up ? leftKey < rightKey : rightKey < leftKey;
    const int texts = isText(m_column) ? compareTexts(left, right, m_column) : 0;
    if (texts != 0)
        return up ? texts < 0 : texts > 0;
    return a < b;
}

std::vector<int> TaskSorting::allRows() const
{
    std::vector<int> rows(static_cast<size_t>(m_model->rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    if (m_column == Column::Count)
        return rows;
    const bool text = isText(m_column);
    if (text && textsBeginAlike())
        return rowsByText();
    // Each cell is looked at once; what is compared lies close together.
    struct Keyed
    {
        SortKey key;
        int row = 0;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(rows.size());
    for (const int row : rows)
        keyed.push_back({sortKeyOf(m_model->summaryAt(row), m_column), row});
    const bool up = m_order == Qt::AscendingOrder;
    std::sort(keyed.begin(), keyed.end(), [this, up, text](const Keyed &a, const Keyed &b) {
        if (a.key != b.key)
            return up ? a.key < b.key : b.key < a.key;
        const int texts =
            text ? compareTexts(m_model->summaryAt(a.row), m_model->summaryAt(b.row), m_column) : 0;
        if (texts != 0)
            return up ? texts < 0 : texts > 0;
        return a.row < b.row;
    });
    std::transform(keyed.cbegin(), keyed.cend(), rows.begin(),
                   [](const Keyed &k) { return k.row; });
    return rows;
}

/// Whether most rows begin like another one, so that their keys decide little; a sample tells.
bool TaskSorting::textsBeginAlike() const
{
    constexpr int kSample = 400;
    const int count = m_model->rowCount();
    const int step = std::max(1, count / kSample);
    std::vector<SortKey> keys;
    for (int row = 0; row < count; row += step)
        keys.push_back(sortKeyOf(m_model->summaryAt(row), m_column));
    std::sort(keys.begin(), keys.end());
    const auto end = std::unique(keys.begin(), keys.end());
    return static_cast<size_t>(end - keys.begin()) * 2 < keys.size();
}

/// Texts repeat (models, types, the prompts of a series) and begin alike: each is folded once, only
/// those that differ are compared, and the rows are dealt out to them in their order.
std::vector<int> TaskSorting::rowsByText() const
{
    const int count = m_model->rowCount();
    std::vector<FoldedText> texts;
    std::vector<int> textOfRow(static_cast<size_t>(count));
    QHash<QString, int> known;
    for (int row = 0; row < count; ++row) {
        const QString text = textOf(m_model->summaryAt(row), m_column);
        const qsizetype before = known.size();
        int &number = known[text];
        if (known.size() != before) {
            number = static_cast<int>(texts.size());
            texts.push_back({keyOfText(text), folded(text), number});
        }
        textOfRow[static_cast<size_t>(row)] = number;
    }
    std::sort(texts.begin(), texts.end());
    // Where the rows of each text begin; what differs by case alone is of one place.
    std::vector<int> placeOf(texts.size());
    int place = -1;
    for (size_t i = 0; i < texts.size(); ++i) {
        place += i == 0 || texts[i - 1] < texts[i] ? 1 : 0;
        placeOf[static_cast<size_t>(texts[i].number)] = place;
    }
    std::vector<int> begin(static_cast<size_t>(place + 2), 0);
    const auto bin = [this, place](int at) {
        return static_cast<size_t>(m_order == Qt::AscendingOrder ? at : place - at);
    };
    for (const int text : textOfRow)
        ++begin[bin(placeOf[static_cast<size_t>(text)]) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<int> rows(static_cast<size_t>(count));
    for (int row = 0; row < count; ++row) {
        const int text = textOfRow[static_cast<size_t>(row)];
        rows[static_cast<size_t>(begin[bin(placeOf[static_cast<size_t>(text)])]++)] = row;
    }
    return rows;
}

void TaskSorting::insert(std::vector<int> &order, std::vector<int> rows) const
{
    const auto before = [this](int a, int b) { return less(a, b); };
    std::sort(rows.begin(), rows.end(), before);
    std::vector<int> merged;
    merged.reserve(order.size() + rows.size());
    auto from = order.cbegin();
    for (const int row : rows) {
        const auto place = std::upper_bound(from, order.cend(), row, before);
        merged.insert(merged.end(), from, place);
        merged.push_back(row);
        from = place;
    }
    merged.insert(merged.end(), from, order.cend());
    order = std::move(merged);
}

bool TaskSorting::dependsOn(int firstColumn, int lastColumn) const
{
    const int column = static_cast<int>(m_column);
    return m_column != Column::Count && firstColumn <= column && column <= lastColumn;
}

} // namespace taskreel
