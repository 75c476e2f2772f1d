// SPDX-License-Identifier: MIT
#include "ui/list/tasktableview.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "ui/common/rowtable.h"
#include "ui/list/rowheadings.h"
#include "ui/list/selectionbridge.h"
#include "ui/list/taskrowdelegate.h"
#include "ui/list/visiblerows.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>

#include <limits>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

using Column = TaskTableModel::Column;

const QString kColumnsState = u"columns"_s;
const QString kColumnsChosenState = u"columnsChosen"_s;
const QString kColumnCountState = u"columnCount"_s;
constexpr int kFirstColumnCount = 10; ///< of versions that did not write it down

constexpr int kHeaderFromHeight = 150; ///< in a lower list the rows need the room

constexpr int kByChoice = std::numeric_limits<int>::max(); ///< never by itself

struct ColumnPlan
{
    Column column;
    int width;
    int fromListWidth; ///< shown by itself from this width of the list on
};

constexpr ColumnPlan kPlan[] = {
    {Column::Cover, 90, 0},       {Column::Status, 138, 0},     {Column::Prompt, 180, 0},
    {Column::Duration, 84, 560},  {Column::Created, 114, 460},  {Column::Saved, 62, 610},
    {Column::Model, 110, 900},    {Column::Type, 140, 1040},    {Column::Size, 110, 1160},
    {Column::TaskId, 300, 1480},  {Column::Expires, 120, kByChoice}, {Column::Cost, 80, kByChoice},
    {Column::GenerationTime, 120, kByChoice}, {Column::Tags, 140, kByChoice},
    {Column::Note, 200, kByChoice},
};

/// Numbers stand at the right; the covers need no title (it stays readable over accessibility).
class TaskHeader final : public QHeaderView
{
public:
    explicit TaskHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setHighlightSections(false);
    }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override
    {
        QHeaderView::initStyleOptionForIndex(option, logicalIndex);
        const auto column = Column(logicalIndex);
        if (column == Column::Duration || column == Column::Cost || column == Column::GenerationTime)
            option->textAlignment = Qt::AlignRight | Qt::AlignVCenter;
        else if (column == Column::Cover)
            option->text.clear();
    }
};

} // namespace

TaskTableView::TaskTableView(const ListServices &services, QWidget *parent)
    : QTableView(parent)
    , m_services(services)
    , m_delegate(new TaskRowDelegate(services.filter, services.theme, services.thumbnails, this))
{
    setObjectName(u"taskTable"_s);
    setAccessibleName(tr("Tasks"));
    setUpRowTable(this, measure::kRowHeight);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(m_delegate);
    setModel(services.filter);
    m_bridge = new SelectionBridge(services.filter, services.selection, this);
    QItemSelectionModel *plain = selectionModel();
    setSelectionModel(m_bridge);
    delete plain; // a view leaves its first one behind, and it would follow the model too
    setUpHeader();
    m_headings = new RowHeadings(services.filter, this);
    m_delegate->setHeadings(m_headings);
    connect(services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

TaskTableView::~TaskTableView() = default;

void TaskTableView::setUpHeader()
{
    QHeaderView *header = new TaskHeader(this);
    setHorizontalHeader(header);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(48);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    resetColumns();
    restoreColumns();
    m_columnMenu = makeColumnMenu();
    connect(header, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_columnMenu->popup(horizontalHeader()->mapToGlobal(position));
    });
    connect(header, &QHeaderView::sectionMoved, this, &TaskTableView::updateEdges);
    connect(header, &QHeaderView::sectionMoved, this, &TaskTableView::columnsChanged);
    connect(header, &QHeaderView::sectionResized, this, &TaskTableView::columnsChanged);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &TaskTableView::columnsChanged);
    updateEdges();
}

void TaskTableView::resetColumns()
{
    QHeaderView *header = horizontalHeader();
    for (int i = 0; i < int(std::size(kPlan)); ++i)
        header->moveSection(header->visualIndex(int(kPlan[i].column)), i);
    for (const ColumnPlan &plan : kPlan)
        header->resizeSection(int(plan.column), plan.width);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(int(Column::Cover), QHeaderView::Fixed);
    header->setSectionResizeMode(int(Column::Prompt), QHeaderView::Stretch);
    // The model's own order first, newest paste on top: rows do not jump while answers come.
    header->setSortIndicatorClearable(true);
    sortByColumn(-1, Qt::AscendingOrder);
    m_columnsChosen = false;
    fitColumns();
}

void TaskTableView::restoreColumns()
{
    const QByteArray state = m_services.settings->windowState(kColumnsState);
    if (state.isEmpty() || !horizontalHeader()->restoreState(state))
        return;
    m_columnsChosen = !m_services.settings->windowState(kColumnsChosenState).isEmpty();
    // Columns that the program did not have then are not shown by themselves.
    const int known = m_services.settings->windowState(kColumnCountState).toInt();
    for (const ColumnPlan &plan : kPlan) {
        if (int(plan.column) < (known > 0 ? known : kFirstColumnCount))
            continue;
        setColumnHidden(int(plan.column), true);
        horizontalHeader()->resizeSection(int(plan.column), plan.width);
    }
    horizontalHeader()->setSectionResizeMode(int(Column::Prompt), QHeaderView::Stretch);
    sortByColumn(horizontalHeader()->sortIndicatorSection(),
                 horizontalHeader()->sortIndicatorOrder());
}

void TaskTableView::saveColumns()
{
    m_services.settings->setWindowState(kColumnsState, horizontalHeader()->saveState());
    m_services.settings->setWindowState(kColumnCountState, QByteArray::number(int(Column::Count)));
    m_services.settings->setWindowState(kColumnsChosenState,
                                        m_columnsChosen ? QByteArrayLiteral("1") : QByteArray());
}

void TaskTableView::fitColumns()
{
    if (m_columnsChosen)
        return;
    for (const ColumnPlan &plan : kPlan)
        setColumnHidden(int(plan.column), viewport()->width() < plan.fromListWidth);
    updateEdges();
}

QMenu *TaskTableView::makeColumnMenu()
{
    auto *menu = new QMenu(tr("&Columns"), this);
    menu->setObjectName(u"columnMenu"_s);
    for (const ColumnPlan &plan : kPlan) {
        const int column = int(plan.column);
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setEnabled(plan.column != Column::Prompt);
        connect(action, &QAction::triggered, this,
                [this, column](bool shown) { chooseColumn(column, shown); });
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, column] { action->setChecked(!isColumnHidden(column)); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Columns by width")), &QAction::triggered, this,
            &TaskTableView::resetColumns);
    return menu;
}

void TaskTableView::chooseColumn(int column, bool shown)
{
    m_columnsChosen = true;
    setColumnHidden(column, !shown);
    updateEdges();
}

void TaskTableView::updateEdges()
{
    const QHeaderView *header = horizontalHeader();
    int first = -1;
    int last = -1;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int logical = header->logicalIndex(visual);
        if (header->isSectionHidden(logical))
            continue;
        first = first < 0 ? logical : first;
        last = logical;
    }
    m_delegate->setEdges(first, last);
    viewport()->update();
}

std::pair<int, int> TaskTableView::visibleRows() const
{
    const int count = model()->rowCount();
    if (count == 0)
        return {-1, -1};
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    return {first, last < 0 ? count - 1 : last};
}

QStringList TaskTableView::visibleIds() const
{
    QStringList ids;
    const auto [first, last] = visibleRows();
    for (int row = first; row >= 0 && row <= last; ++row)
        ids.append(m_services.filter->idAt(model()->index(row, 0)));
    return ids;
}

QSize TaskTableView::coverPx() const
{
    return QSize(measure::kCoverWidth, measure::kCoverHeight) * devicePixelRatioF();
}

bool TaskTableView::repaintCounting()
{
    bool counting = false;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool expiryShown = !isColumnHidden(int(Column::Expires));
    const auto [first, last] = visibleRows();
    for (int row = first; row >= 0 && row <= last; ++row) {
        const QModelIndex index = model()->index(row, int(Column::Status));
        const TaskSummary &summary = summaryOf(*m_services.filter, index);
        if (isCounting(summary)) {
            counting = true;
            viewport()->update(visualRect(index));
        }
        if (expiryShown && isExpiringSoon(summary, now)) {
            counting = true;
            viewport()->update(visualRect(index.siblingAtColumn(int(Column::Expires))));
        }
    }
    return counting;
}

void TaskTableView::repaintTask(const QString &id)
{
    const QModelIndex index = m_services.filter->indexOf(id, int(Column::Cover));
    if (index.isValid())
        viewport()->update(visualRect(index));
}

void TaskTableView::repaintRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void TaskTableView::hoverRow(int row)
{
    if (row == m_hoveredRow)
        return;
    repaintRow(m_hoveredRow);
    m_hoveredRow = row;
    m_delegate->setHoveredRow(row);
    repaintRow(row);
}

void TaskTableView::mouseMoveEvent(QMouseEvent *event)
{
    const bool held = m_drag.isHeld(*event);
    if (m_drag.begins(*event)) {
        Q_EMIT dragRequested();
        return;
    }
    if (!held)
        QTableView::mouseMoveEvent(event);
    hoverRow(rowAt(event->position().toPoint().y()));
}

void TaskTableView::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    hoverRow(-1);
}

void TaskTableView::mousePressEvent(QMouseEvent *event)
{
    m_drag.press(*this, *event);
    QTableView::mousePressEvent(event);
}

void TaskTableView::mouseReleaseEvent(QMouseEvent *event)
{
    m_drag.release();
    QTableView::mouseReleaseEvent(event);
}

void TaskTableView::resizeEvent(QResizeEvent *event)
{
    horizontalHeader()->setVisible(height() >= kHeaderFromHeight);
    fitColumns();
    QTableView::resizeEvent(event);
}

// The focus frame is as wide as the row, so whole rows are repainted where Qt repaints a cell.
void TaskTableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    repaintRow(currentIndex().row());
}

void TaskTableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    repaintRow(currentIndex().row());
}

void TaskTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    repaintRow(previous.row());
    repaintRow(current.row());
}

} // namespace taskreel
