// SPDX-License-Identifier: MIT
#include "ui/list/taskgridview.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "ui/list/selectionbridge.h"
#include "ui/list/tasktiledelegate.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace taskreel {

using namespace Qt::StringLiterals;

TaskGridView::TaskGridView(const ListServices &services, QWidget *parent)
    : QListView(parent)
    , m_services(services)
    , m_delegate(new TaskTileDelegate(services.filter, services.theme, services.thumbnails, this))
{
    setObjectName(u"taskGrid"_s);
    setAccessibleName(tr("Tasks"));
    setFrameShape(NoFrame);
    setViewMode(IconMode);
    setMovement(Static);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setWordWrap(false);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    setItemDelegate(m_delegate);
    setModel(services.filter);
    setModelColumn(int(TaskTableModel::Column::Prompt));
    m_bridge = new SelectionBridge(services.filter, services.selection, this);
    QItemSelectionModel *plain = selectionModel();
    setSelectionModel(m_bridge);
    delete plain; // a view leaves its first one behind, and it would follow the model too
    layOut();
    connect(services.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

TaskGridView::~TaskGridView() = default;

void TaskGridView::layOut()
{
    constexpr int kCell = measure::kTileWidth + TaskTileDelegate::kGap;
    const int width = viewport()->width() - 2;
    const int columns = std::max(1, width / kCell);
    const int cover = std::max(96, width / columns - TaskTileDelegate::kGap);
    // The cell and what is painted in it are of one size: a smaller item would float in its middle.
    m_delegate->setCoverWidth(cover);
    const QSize cell = m_delegate->cellSize(cover, font());
    if (cell != gridSize())
        setGridSize(cell);
}

void TaskGridView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                               const QList<int> &roles)
{
    // A tile shows the whole row, a list view only looks for changes of its own column.
    QListView::dataChanged(topLeft.siblingAtColumn(modelColumn()),
                           bottomRight.siblingAtColumn(modelColumn()), roles);
}

void TaskGridView::mousePressEvent(QMouseEvent *event)
{
    m_drag.press(*this, *event);
    QListView::mousePressEvent(event);
}

void TaskGridView::mouseReleaseEvent(QMouseEvent *event)
{
    m_drag.release();
    QListView::mouseReleaseEvent(event);
}

void TaskGridView::mouseMoveEvent(QMouseEvent *event)
{
    const bool held = m_drag.isHeld(*event);
    if (m_drag.begins(*event))
        Q_EMIT dragRequested();
    else if (!held)
        QListView::mouseMoveEvent(event);
}

void TaskGridView::resizeEvent(QResizeEvent *event)
{
    layOut();
    QListView::resizeEvent(event);
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
    const int count = model()->rowCount();
    const QSize cell = gridSize();
    if (count == 0 || cell.isEmpty())
        return ids;
    // Every cell is of one size: the rows are found by arithmetic.
    const int columns = std::max(1, viewport()->width() / cell.width());
    const int first = std::max(0, verticalOffset() / cell.height()) * columns;
    const int last = ((verticalOffset() + viewport()->height()) / cell.height() + 1) * columns;
    for (int row = first; row < std::min(last, count); ++row)
        ids.append(m_services.filter->idAt(model()->index(row, 0)));
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
