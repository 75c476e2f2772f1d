// SPDX-License-Identifier: MIT
#include "ui/list/taskgridview.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "ui/list/headingpainting.h"
#include "ui/list/selectionbridge.h"
#include "ui/list/tasktiledelegate.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace taskreel {

using namespace Qt::StringLiterals;

TaskGridView::TaskGridView(const ListServices &services, QWidget *parent)
    : QListView(parent)
    , m_services(services)
    , m_runs(new RowRuns(services.filter, this))
    , m_delegate(new TaskTileDelegate(services.filter, services.theme, services.thumbnails, this))
{
    setObjectName(u"taskGrid"_s);
    setAccessibleName(tr("Tasks"));
    setFrameShape(NoFrame);
    setViewMode(IconMode);
    setMovement(Static);
    setResizeMode(Fixed);
    setUniformItemSizes(true);
    setWordWrap(false);
    setSelectionMode(ExtendedSelection);
    // As the bridge selects: a row that kept one of its columns would pass for one that is let go.
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    setItemDelegate(m_delegate);
    const auto stale = [this] { m_stale = true; };
    connect(services.filter, &QAbstractItemModel::rowsInserted, this, stale);
    connect(services.filter, &QAbstractItemModel::rowsRemoved, this, stale);
    connect(services.filter, &QAbstractItemModel::layoutChanged, this, stale);
    connect(services.filter, &QAbstractItemModel::modelReset, this, stale);
    connect(m_runs, &RowRuns::changed, this, [this] {
        m_stale = true;
        scheduleDelayedItemsLayout();
    });
    setModel(services.filter);
    setModelColumn(int(TaskTableModel::Column::Prompt));
    m_bridge = new SelectionBridge(services.filter, services.selection, this);
    QItemSelectionModel *plain = selectionModel();
    setSelectionModel(m_bridge);
    delete plain; // a view leaves its first one behind, and it would follow the model too
    shareWidth();
    connect(services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

TaskGridView::~TaskGridView() = default;

int TaskGridView::columns() const
{
    constexpr int kCell = measure::kTileWidth + TaskTileDelegate::kGap;
    return std::max(1, (viewport()->width() - 2) / kCell);
}

void TaskGridView::shareWidth()
{
    const int width = viewport()->width() - 2;
    const int cover = std::max(96, width / columns() - TaskTileDelegate::kGap);
    // The cell and what is painted in it are of one size: a smaller item would float in its middle.
    m_delegate->setCoverWidth(cover);
    const QSize cell = m_delegate->cellSize(cover, font());
    if (cell != gridSize())
        setGridSize(cell);
    m_stale = true;
}

const TileLayout &TaskGridView::tiles() const
{
    if (m_stale || m_tiles.rows() != m_services.filter->rowCount()) {
        m_stale = false;
        m_tiles = TileLayout(m_services.filter->rowCount(), m_runs->runs(), gridSize(), columns(),
                             kHeadingHeight);
    }
    return m_tiles;
}

void TaskGridView::doItemsLayout()
{
    m_stale = true;
    QAbstractItemView::doItemsLayout(); // not QListView's, which looks at every row
}

void TaskGridView::updateGeometries()
{
    QScrollBar *bar = verticalScrollBar();
    bar->setSingleStep(std::max(1, gridSize().height() / 4));
    bar->setPageStep(viewport()->height());
    bar->setRange(0, std::max(0, tiles().height() - viewport()->height()));
    horizontalScrollBar()->setRange(0, 0);
    QAbstractItemView::updateGeometries();
}

void TaskGridView::resizeEvent(QResizeEvent *event)
{
    shareWidth();
    QAbstractItemView::resizeEvent(event);
}

int TaskGridView::horizontalOffset() const
{
    return 0;
}

int TaskGridView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QModelIndex TaskGridView::indexOf(int row) const
{
    return row < 0 ? QModelIndex() : m_services.filter->index(row, modelColumn());
}

QRect TaskGridView::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? tiles().rectOf(index.row()).translated(0, -verticalOffset()) : QRect();
}

QModelIndex TaskGridView::indexAt(const QPoint &place) const
{
    return indexOf(tiles().rowAt(place + QPoint(0, verticalOffset())));
}

QRect TaskGridView::headingRect(int row) const
{
    const QRect whole = tiles().withHeading(row);
    const int height = whole.height() - tiles().rectOf(row).height();
    if (height <= 0 || m_runs->wordsAt(row).isEmpty())
        return {};
    return {0, whole.top() - verticalOffset(), viewport()->width(), height};
}

void TaskGridView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || index.row() >= tiles().rows())
        return;
    updateGeometries(); // the row may be newer than the range of the bar
    const QRect tile = tiles().withHeading(index.row());
    const int height = viewport()->height();
    QScrollBar *bar = verticalScrollBar();
    if (hint == PositionAtTop)
        bar->setValue(tile.top());
    else if (hint == PositionAtBottom)
        bar->setValue(tile.bottom() + 1 - height);
    else if (hint == PositionAtCenter)
        bar->setValue(tile.center().y() - height / 2);
    else if (tile.top() < bar->value() || tile.height() > height)
        bar->setValue(tile.top());
    else if (tile.bottom() >= bar->value() + height)
        bar->setValue(tile.bottom() + 1 - height);
}

QModelIndex TaskGridView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const TileLayout &layout = tiles();
    const int last = layout.rows() - 1;
    if (last < 0)
        return {};
    if (!currentIndex().isValid())
        return indexOf(action == MoveEnd ? last : 0);
    const int row = currentIndex().row();
    const int middle = layout.rectOf(row).center().y();
    const int page = std::max(gridSize().height(), viewport()->height());
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        return indexOf(std::max(0, row - 1));
    case MoveRight:
    case MoveNext:
        return indexOf(std::min(last, row + 1));
    case MoveUp:
        return indexOf(layout.moved(row, -1));
    case MoveDown:
        return indexOf(layout.moved(row, 1));
    case MovePageUp:
        return indexOf(layout.nearest(layout.columnOf(row), middle - page));
    case MovePageDown:
        return indexOf(layout.nearest(layout.columnOf(row), middle + page));
    case MoveHome:
        return indexOf(0);
    case MoveEnd:
        return indexOf(last);
    }
    return {};
}

/// The tiles that a rectangle of the viewport touches, line by line.
QItemSelection TaskGridView::within(const QRect &rect) const
{
    QItemSelection selection;
    const QRect area = rect.normalized();
    const int y = verticalOffset();
    const auto [first, last] = tiles().rowsBetween(area.top() + y, area.bottom() + y);
    int from = -1;
    for (int row = first; row <= last + 1; ++row) {
        const bool touched = row <= last && visualRect(indexOf(row)).intersects(area);
        if (touched && from < 0)
            from = row;
        if (!touched && from >= 0) {
            selection.append(QItemSelectionRange(indexOf(from), indexOf(row - 1)));
            from = -1;
        }
    }
    return selection;
}

void TaskGridView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (state() == DragSelectingState) {
        selectionModel()->select(within(rect), command);
        return;
    }
    // From one tile to another, as they follow each other: Qt gives the rectangle between the two.
    const QModelIndex from = indexAt(rect.topLeft());
    const QModelIndex to = indexAt(rect.bottomRight());
    QItemSelection selection;
    if (from.isValid() && to.isValid()) {
        selection.append(QItemSelectionRange(indexOf(std::min(from.row(), to.row())),
                                             indexOf(std::max(from.row(), to.row()))));
    } else if (from.isValid() || to.isValid()) {
        selection.append(QItemSelectionRange(from.isValid() ? from : to));
    }
    selectionModel()->select(selection, command);
}

std::pair<int, int> TaskGridView::visibleRows() const
{
    return tiles().rowsBetween(verticalOffset(), verticalOffset() + viewport()->height() - 1);
}

QRegion TaskGridView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row) {
        if (const QModelIndex index = indexOf(row); selection.contains(index))
            region += visualRect(index);
    }
    return region;
}

void TaskGridView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                               const QList<int> &roles)
{
    // A tile shows the whole row, a list view only looks for changes of its own column.
    QAbstractItemView::dataChanged(topLeft.siblingAtColumn(modelColumn()),
                                   bottomRight.siblingAtColumn(modelColumn()), roles);
}

void TaskGridView::mousePressEvent(QMouseEvent *event)
{
    m_drag.press(*this, *event);
    m_bandFrom = event->position().toPoint() + QPoint(0, verticalOffset());
    m_bandTo = event->position().toPoint();
    QListView::mousePressEvent(event);
}

void TaskGridView::mouseMoveEvent(QMouseEvent *event)
{
    const bool held = m_drag.isHeld(*event);
    if (m_drag.begins(*event)) {
        Q_EMIT dragRequested();
        return;
    }
    if (held)
        return;
    QListView::mouseMoveEvent(event);
    if (state() != DragSelectingState)
        return;
    m_bandTo = event->position().toPoint();
    viewport()->update();
}

void TaskGridView::mouseReleaseEvent(QMouseEvent *event)
{
    m_drag.release();
    const bool banded = state() == DragSelectingState;
    QListView::mouseReleaseEvent(event);
    if (banded)
        viewport()->update();
}

void TaskGridView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    paintHeadings(&painter, event->rect());
    paintTiles(&painter, event->region());
    if (state() == DragSelectingState)
        paintBand(&painter);
}

void TaskGridView::paintHeadings(QPainter *painter, const QRect &area) const
{
    const int y = verticalOffset();
    painter->setFont(font());
    for (const int row : tiles().headingsBetween(area.top() + y, area.bottom() + y)) {
        paintHeading(painter, headingRect(row), TaskTileDelegate::kGap / 2, m_runs->wordsAt(row),
                     *m_services.theme);
    }
}

void TaskGridView::paintTiles(QPainter *painter, const QRegion &region) const
{
    QStyleOptionViewItem plain;
    initViewItemOption(&plain);
    plain.state &= ~(QStyle::State_HasFocus | QStyle::State_Selected | QStyle::State_MouseOver);
    const QModelIndex hovered = viewport()->underMouse()
        ? indexAt(viewport()->mapFromGlobal(QCursor::pos()))
        : QModelIndex();
    const QRect area = region.boundingRect();
    const int y = verticalOffset();
    const auto [first, last] = tiles().rowsBetween(area.top() + y, area.bottom() + y);
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = indexOf(row);
        QStyleOptionViewItem option = plain;
        option.rect = visualRect(index);
        if (!region.intersects(option.rect))
            continue;
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_MouseOver, index == hovered);
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        m_delegate->paint(painter, option, index);
    }
}

void TaskGridView::paintBand(QPainter *painter) const
{
    QStyleOptionRubberBand option;
    option.initFrom(this);
    option.shape = QRubberBand::Rectangle;
    option.opaque = false;
    option.rect = QRect(m_bandFrom - QPoint(0, verticalOffset()), m_bandTo)
                      .normalized()
                      .intersected(viewport()->rect().adjusted(-16, -16, 16, 16));
    painter->save();
    style()->drawControl(QStyle::CE_RubberBand, &option, painter);
    painter->restore();
}

bool TaskGridView::event(QEvent *event)
{
    // In a grid the arrows go from tile to tile; the clip's second-wise seeking stays with the stage.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier
            && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            event->accept();
            return true;
        }
    }
    return QListView::event(event);
}

QStringList TaskGridView::visibleIds() const
{
    QStringList ids;
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row)
        ids.append(m_services.filter->idAt(indexOf(row)));
    return ids;
}

QSize TaskGridView::coverPx() const
{
    const int width = gridSize().width() - TaskTileDelegate::kGap;
    // In steps, so that dragging the splitter does not decode every cover anew at each pixel.
    const int stepped = (width + 31) / 32 * 32;
    return TaskTileDelegate::coverSize(stepped) * devicePixelRatioF();
}

void TaskGridView::repaintTask(const QString &id)
{
    const QModelIndex index = m_services.filter->indexOf(id, modelColumn());
    if (index.isValid())
        viewport()->update(visualRect(index));
}

} // namespace taskreel
