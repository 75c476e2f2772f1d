// SPDX-License-Identifier: MIT
#include "ui/list/selectionbridge.h"

#include "core/models/taskfilter.h"
#include "ui/list/taskselection.h"

#include <QAbstractItemView>
#include <QScopedValueRollback>
#include <algorithm>

namespace taskreel {

namespace {

constexpr qsizetype kManySelected = 200;

} // namespace

SelectionBridge::SelectionBridge(TaskFilter *filter, TaskSelection *selection, QAbstractItemView *view)
    : QItemSelectionModel(filter, view)
    , m_filter(filter)
    , m_selection(selection)
    , m_view(view)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    const auto later = qOverload<>(&QTimer::start);
    connect(&m_later, &QTimer::timeout, this, &SelectionBridge::follow);
    connect(filter, &QAbstractItemModel::rowsInserted, &m_later, later);
    connect(filter, &QAbstractItemModel::rowsRemoved, &m_later, later);
    connect(filter, &QAbstractItemModel::modelReset, &m_later, later);
    connect(filter, &QAbstractItemModel::rowsAboutToBeInserted, this, &SelectionBridge::letGo);
    connect(filter, &QAbstractItemModel::rowsAboutToBeRemoved, this, &SelectionBridge::letGo);
    connect(selection, &TaskSelection::selectedChanged, this, &SelectionBridge::follow);
    connect(selection, &TaskSelection::currentChanged, this, [this] {
        follow();
        scrollToCurrent();
    });
    connect(this, &QItemSelectionModel::selectionChanged, this, &SelectionBridge::report);
}

void SelectionBridge::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    follow();
    scrollToCurrent();
}

void SelectionBridge::select(const QItemSelection &selection, SelectionFlags command)
{
    if (m_following || !m_active) {
        QItemSelectionModel::select(selection, command);
        return;
    }
    // Only what a person does in the view comes through here; what the model's changes do does not.
    // A command that clears also lets go of what the filter hides.
    const QScopedValueRollback byHand(m_byHand, !command.testFlag(Clear));
    QItemSelectionModel::select(selection, command);
    if (command.testFlag(Clear))
        reportAll();
    // A mouse press sets the current index first, without a command, and selects afterwards.
    if (command != NoUpdate && currentIndex().isValid())
        m_selection->setCurrent(m_filter->idAt(currentIndex()));
}

void SelectionBridge::setCurrentIndex(const QModelIndex &index, SelectionFlags command)
{
    QItemSelectionModel::setCurrentIndex(index, command);
    // Moving without selecting (Ctrl + arrow, first focus) leaves the shown task alone.
    if (m_active && !m_following && index.isValid() && command != NoUpdate)
        m_selection->setCurrent(m_filter->idAt(index));
}

void SelectionBridge::letGo()
{
    // A filter takes rows out in thousands of runs, and Qt compares each with every selected range:
    // minutes for 10,000 rows. follow() selects again when the runs are through.
    if (m_selection->selected().size() < kManySelected || !hasSelection())
        return;
    const QScopedValueRollback guard(m_following, true);
    QItemSelectionModel::select(QItemSelection(), Clear);
}

void SelectionBridge::report(const QItemSelection &taken, const QItemSelection &dropped)
{
    if (!m_byHand)
        return;
    const QScopedValueRollback guard(m_following, true);
    m_selection->change(idsOf(taken), idsOf(dropped));
}

void SelectionBridge::reportAll()
{
    const QScopedValueRollback guard(m_following, true);
    const QStringList ids = idsOf(selection());
    m_selection->setSelected(QSet<QString>(ids.cbegin(), ids.cend()));
}

void SelectionBridge::follow()
{
    if (!m_active || m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    const QModelIndex current = m_filter->indexOf(m_selection->current());
    if (current.isValid() && current.row() != currentIndex().row())
        QItemSelectionModel::setCurrentIndex(current, NoUpdate);
    const QItemSelection wanted = rowsOf(m_selection->selected());
    if (wanted != selection())
        QItemSelectionModel::select(wanted, ClearAndSelect | Rows);
}

void SelectionBridge::scrollToCurrent()
{
    const QModelIndex current = m_filter->indexOf(m_selection->current());
    if (m_active && current.isValid())
        m_view->scrollTo(current);
}

QItemSelection SelectionBridge::rowsOf(const QSet<QString> &ids) const
{
    QList<int> rows;
    rows.reserve(ids.size());
    for (const QString &id : ids) {
        const QModelIndex index = m_filter->indexOf(id);
        if (index.isValid())
            rows.append(index.row());
    }
    std::sort(rows.begin(), rows.end());
    QItemSelection result;
    const int lastColumn = m_filter->columnCount() - 1;
    for (qsizetype from = 0; from < rows.size();) {
        qsizetype to = from;
        while (to + 1 < rows.size() && rows[to + 1] == rows[to] + 1)
            ++to;
        result.append(QItemSelectionRange(m_filter->index(rows[from], 0),
                                          m_filter->index(rows[to], lastColumn)));
        from = to + 1;
    }
    return result;
}

QStringList SelectionBridge::idsOf(const QItemSelection &selection) const
{
    QStringList ids;
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.append(m_filter->idAt(m_filter->index(row, 0)));
    }
    return ids;
}

} // namespace taskreel
