// SPDX-License-Identifier: MIT
// The part of TaskFilter that follows the model and announces what its changes mean.
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"

#include <algorithm>

namespace taskreel {

namespace {

/// Above this many runs, one change of the whole costs views less than the runs do.
constexpr size_t kMaxRuns = 32;

struct Run
{
    size_t first = 0;
    size_t count = 0;
};

/// Runs of places for which `belongs` holds.
template<typename Predicate>
std::vector<Run> runsOf(const std::vector<int> &rows, Predicate belongs)
{
    std::vector<Run> runs;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!belongs(rows[i]))
            continue;
        if (runs.empty() || runs.back().first + runs.back().count != i)
            runs.push_back({i, 0});
        ++runs.back().count;
    }
    return runs;
}

template<typename T>
void insertAt(std::vector<T> &values, int at, int count, const T &value)
{
    values.insert(values.begin() + at, static_cast<size_t>(count), value);
}

template<typename T>
void eraseAt(std::vector<T> &values, int first, int last)
{
    values.erase(values.begin() + first, values.begin() + last + 1);
}

} // namespace

void TaskFilter::followModel()
{
    using Model = QAbstractItemModel;
    connect(m_model, &Model::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(m_model, &Model::modelReset, this, [this] {
        reload();
        endResetModel();
    });
    connect(m_model, &Model::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { takeInserted(first, last); });
    connect(m_model, &Model::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { hideLeaving(first, last); });
    connect(m_model, &Model::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { forget(first, last); });
    connect(m_model, &TaskTableModel::rowsChanged, this, &TaskFilter::takeChanged);
    connect(m_model, &TaskTableModel::columnRenewed, this, [this](int column) {
        if (!m_shown.empty())
            Q_EMIT dataChanged(createIndex(0, column),
                               createIndex(int(m_shown.size()) - 1, column));
    });
    connect(m_model, &TaskTableModel::reordered, this, &TaskFilter::takeReordered);
}

void TaskFilter::reload()
{
    const auto count = static_cast<size_t>(m_model->rowCount());
    m_texts.assign(count, QByteArray());
    m_fits.assign(count, 0);
    m_tally.clear();
    m_tally.insert(0, m_model->rowCount());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        m_tally.set(row, m_model->summaryAt(row));
        judge(row);
    }
    countsMayDiffer();
    m_order = m_sorting.allRows();
    m_shown.clear();
    std::copy_if(m_order.cbegin(), m_order.cend(), std::back_inserter(m_shown),
                 [this](int row) { return m_fits[static_cast<size_t>(row)] != 0; });
    m_placeOf.assign(count, -1);
    notePlaces();
}

void TaskFilter::takeInserted(int first, int last)
{
    const int count = last - first + 1;
    const auto shift = [first, count](std::vector<int> &rows) {
        for (int &row : rows)
            row += row >= first ? count : 0;
    };
    shift(m_order);
    shift(m_shown);
    insertAt(m_placeOf, first, count, -1);
    insertAt(m_fits, first, count, char(0));
    insertAt(m_texts, first, count, QByteArray());
    // Before anything is announced: who asks then gets counts of now.
    m_tally.insert(first, count);
    std::vector<int> rows;
    rows.reserve(static_cast<size_t>(count));
    for (int row = first; row <= last; ++row) {
        m_tally.set(row, m_model->summaryAt(row));
        judge(row);
        rows.push_back(row);
    }
    countsMayDiffer();
    m_sorting.insert(m_order, std::move(rows));
    showOrder();
}

void TaskFilter::hideLeaving(int first, int last)
{
    std::fill(m_fits.begin() + first, m_fits.begin() + last + 1, char(0));
    showOrder();
}

void TaskFilter::forget(int first, int last)
{
    const int count = last - first + 1;
    m_order.erase(std::remove_if(m_order.begin(), m_order.end(),
                                 [first, last](int row) { return row >= first && row <= last; }),
                  m_order.end());
    for (std::vector<int> *rows : {&m_order, &m_shown}) {
        for (int &row : *rows)
            row -= row > last ? count : 0;
    }
    eraseAt(m_placeOf, first, last);
    eraseAt(m_fits, first, last);
    eraseAt(m_texts, first, last);
    m_tally.erase(first, last);
    countsMayDiffer();
}

void TaskFilter::takeChanged(const std::vector<int> &rows, int firstColumn, int lastColumn)
{
    for (const int row : rows) {
        m_texts[static_cast<size_t>(row)] = QByteArray();
        m_tally.set(row, m_model->summaryAt(row));
        judge(row);
    }
    countsMayDiffer();
    if (m_sorting.dependsOn(firstColumn, lastColumn)) {
        std::vector<char> moving(m_fits.size(), 0);
        for (const int row : rows)
            moving[static_cast<size_t>(row)] = 1;
        m_order.erase(
            std::remove_if(m_order.begin(), m_order.end(),
                           [&moving](int row) { return moving[static_cast<size_t>(row)] != 0; }),
            m_order.end());
        m_sorting.insert(m_order, rows);
    }
    showOrder();
    announceData(rows, firstColumn, lastColumn);
}

void TaskFilter::takeReordered(const std::vector<int> &newRowOfOld)
{
    const auto renamed = [&newRowOfOld](std::vector<int> rows) {
        for (int &row : rows)
            row = newRowOfOld[static_cast<size_t>(row)];
        return rows;
    };
    m_tally.reorder(newRowOfOld);
    std::vector<char> fits(m_fits.size());
    std::vector<QByteArray> texts(m_texts.size());
    std::vector<int> places(m_placeOf.size());
    for (size_t old = 0; old < newRowOfOld.size(); ++old) {
        const auto now = static_cast<size_t>(newRowOfOld[old]);
        fits[now] = m_fits[old];
        texts[now] = std::move(m_texts[old]);
        places[now] = m_placeOf[old];
    }
    m_fits = std::move(fits);
    m_texts = std::move(texts);
    m_placeOf = std::move(places);
    m_shown = renamed(std::move(m_shown));
    // Equals stand in the model's order, and that has just changed.
    m_order = m_sorting.allRows();
    showOrder();
}

void TaskFilter::showOrder()
{
    std::vector<int> next;
    next.reserve(m_order.size());
    std::copy_if(m_order.cbegin(), m_order.cend(), std::back_inserter(next),
                 [this](int row) { return m_fits[static_cast<size_t>(row)] != 0; });
    if (next != m_shown)
        become(std::move(next));
}

void TaskFilter::become(std::vector<int> next)
{
    std::vector<char> wanted(m_placeOf.size(), 0);
    for (const int row : next)
        wanted[static_cast<size_t>(row)] = 1;
    const auto goes = [&wanted](int row) { return wanted[static_cast<size_t>(row)] == 0; };
    std::vector<int> staying;
    staying.reserve(next.size());
    std::copy_if(next.cbegin(), next.cend(), std::back_inserter(staying),
                 [this](int row) { return m_placeOf[static_cast<size_t>(row)] >= 0; });
    std::vector<int> stayed;
    stayed.reserve(staying.size());
    std::copy_if(m_shown.cbegin(), m_shown.cend(), std::back_inserter(stayed),
                 [&goes](int row) { return !goes(row); });
    std::vector<Run> leaving = runsOf(m_shown, goes);
    if (stayed != staying || leaving.size() > kMaxRuns) {
        // Those that leave are brought together, then they are one run; on top, so that a view
        // whose current row leaves goes on with the first row that stays.
        std::vector<int> arranged;
        arranged.reserve(m_shown.size());
        std::copy_if(m_shown.cbegin(), m_shown.cend(), std::back_inserter(arranged), goes);
        leaving.clear();
        if (!arranged.empty())
            leaving.push_back({0, arranged.size()});
        arranged.insert(arranged.end(), staying.cbegin(), staying.cend());
        arrange(std::move(arranged));
    }
    for (auto run = leaving.crbegin(); run != leaving.crend(); ++run) {
        beginRemoveRows({}, int(run->first), int(run->first + run->count) - 1);
        const auto begin = m_shown.begin() + static_cast<std::ptrdiff_t>(run->first);
        const auto end = begin + static_cast<std::ptrdiff_t>(run->count);
        for (auto row = begin; row != end; ++row)
            m_placeOf[static_cast<size_t>(*row)] = -1;
        m_shown.erase(begin, end);
        notePlaces(run->first);
        endRemoveRows();
    }
    insertShown(next);
}

void TaskFilter::insertShown(const std::vector<int> &next)
{
    const auto comes = [this](int row) { return m_placeOf[static_cast<size_t>(row)] < 0; };
    const std::vector<Run> coming = runsOf(next, comes);
    if (coming.size() > kMaxRuns) {
        std::vector<int> added;
        std::copy_if(next.cbegin(), next.cend(), std::back_inserter(added), comes);
        const size_t from = m_shown.size();
        beginInsertRows({}, int(from), int(next.size()) - 1);
        m_shown.insert(m_shown.end(), added.cbegin(), added.cend());
        notePlaces(from);
        endInsertRows();
        arrange(next);
        return;
    }
    for (const Run &run : coming) {
        const auto from = next.cbegin() + static_cast<std::ptrdiff_t>(run.first);
        beginInsertRows({}, int(run.first), int(run.first + run.count) - 1);
        m_shown.insert(m_shown.begin() + static_cast<std::ptrdiff_t>(run.first), from,
                       from + static_cast<std::ptrdiff_t>(run.count));
        notePlaces(run.first);
        endInsertRows();
    }
}

void TaskFilter::arrange(std::vector<int> next)
{
    if (next == m_shown)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<int> before = std::move(m_shown);
    m_shown = std::move(next);
    notePlaces();
    const QModelIndexList persistent = persistentIndexList();
    QModelIndexList after;
    after.reserve(persistent.size());
    for (const QModelIndex &old : persistent) {
        const int row = before[static_cast<size_t>(old.row())];
        after.append(createIndex(m_placeOf[static_cast<size_t>(row)], old.column()));
    }
    changePersistentIndexList(persistent, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void TaskFilter::notePlaces(size_t from)
{
    for (size_t place = from; place < m_shown.size(); ++place)
        m_placeOf[static_cast<size_t>(m_shown[place])] = int(place);
}

void TaskFilter::announceData(const std::vector<int> &rows, int firstColumn, int lastColumn)
{
    std::vector<int> places;
    places.reserve(rows.size());
    for (const int row : rows) {
        if (const int place = m_placeOf[static_cast<size_t>(row)]; place >= 0)
            places.push_back(place);
    }
    if (places.empty())
        return;
    std::sort(places.begin(), places.end());
    const auto announce = [this, firstColumn, lastColumn](int first, int last) {
        Q_EMIT dataChanged(createIndex(first, firstColumn), createIndex(last, lastColumn));
    };
    std::vector<std::pair<int, int>> runs;
    for (const int place : places) {
        if (runs.empty() || runs.back().second + 1 != place)
            runs.push_back({place, place});
        runs.back().second = place;
    }
    if (runs.size() > kMaxRuns) {
        announce(places.front(), places.back());
        return;
    }
    for (const auto &[first, last] : runs)
        announce(first, last);
}

} // namespace taskreel
