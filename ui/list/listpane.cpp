// SPDX-License-Identifier: MIT
#include "ui/list/listpane.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/filterchips.h"
#include "ui/list/hoverplay.h"
#include "ui/list/selectionbridge.h"
#include "ui/list/taskgridview.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kGridState = u"grid"_s;
const QString kFilterState = u"filter"_s;

} // namespace

ListPane::ListPane(const ListServices &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_chips(new FilterChips(services.filter, services.theme))
    , m_table(new TaskTableView(services))
    , m_grid(new TaskGridView(services))
    , m_pages(new QStackedWidget)
    , m_nothing(makeNothingFound())
    , m_bar(new QHBoxLayout)
    , m_tableButton(makeViewButton(u"view-list-details"_s, tr("Show as table"), u"viewTable"_s))
    , m_gridButton(makeViewButton(u"view-list-icons"_s, tr("Show as covers"), u"viewGrid"_s))
{
    m_bar->setContentsMargins(measure::kMargin, 6, measure::kGap, 6);
    m_bar->setSpacing(2);
    m_bar->addWidget(m_chips, 1);
    m_bar->addWidget(m_tableButton);
    m_bar->addWidget(m_gridButton);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_grid);
    m_pages->addWidget(m_nothing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_bar);
    layout->addWidget(m_pages, 1);

    m_look.setSingleShot(true);
    m_look.setInterval(30ms);
    connect(&m_look, &QTimer::timeout, this, &ListPane::lookAtVisible);
    m_place.setSingleShot(true);
    m_place.setInterval(0);
    connect(&m_place, &QTimer::timeout, this, &ListPane::showPlace);
    connect(services.filter, &TaskFilter::filterChanged, &m_place, qOverload<>(&QTimer::start));
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &ListPane::tick);
    m_halfMinute.setInterval(30s);
    connect(&m_halfMinute, &QTimer::timeout, this, [this] { view()->viewport()->update(); });
    m_halfMinute.start();
    connect(m_tableButton, &QToolButton::clicked, this, [this] { setGrid(false); });
    connect(m_gridButton, &QToolButton::clicked, this, [this] { setGrid(true); });
    watchView(m_table);
    watchView(m_grid);
    connect(services.thumbnails, &ThumbnailCache::coverReady, m_table, &TaskTableView::repaintTask);
    connect(services.thumbnails, &ThumbnailCache::coverReady, m_grid, &TaskGridView::repaintTask);
    connect(services.thumbnails, &ThumbnailCache::coverMissing, m_table, &TaskTableView::repaintTask);
    connect(services.thumbnails, &ThumbnailCache::coverMissing, m_grid, &TaskGridView::repaintTask);
    const auto look = qOverload<>(&QTimer::start);
    TaskFilter *filter = services.filter;
    connect(filter, &QAbstractItemModel::rowsInserted, &m_look, look);
    connect(filter, &QAbstractItemModel::rowsRemoved, &m_look, look);
    connect(filter, &QAbstractItemModel::layoutChanged, &m_look, look);
    connect(filter, &QAbstractItemModel::modelReset, &m_look, look);
    connect(filter, &QAbstractItemModel::dataChanged, &m_look, look);
    connect(filter, &TaskFilter::countsChanged, this, &ListPane::fold);
    connect(filter, &TaskFilter::filterChanged, this, &ListPane::stateChanged);
    connect(m_table, &TaskTableView::columnsChanged, this, &ListPane::stateChanged);
    connect(m_table, &TaskTableView::dragRequested, this, &ListPane::dragRequested);
    connect(m_grid, &TaskGridView::dragRequested, this, &ListPane::dragRequested);
    restoreFilter();
    setGrid(!services.settings->windowState(kGridState).isEmpty());
}

ListPane::~ListPane()
{
    // Dying views still tell of columns and rows, after this object has ceased to be a ListPane.
    m_table->disconnect(this);
    m_grid->disconnect(this);
}

QWidget *ListPane::makeNothingFound()
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *words = new QLabel(tr("No task matches"));
    words->setAlignment(Qt::AlignCenter);
    auto *button = new QPushButton(tr("Clear filters"));
    button->setObjectName(u"clearFilters"_s);
    connect(button, &QPushButton::clicked, m_services.filter, &TaskFilter::clear);
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(measure::kMargin);
    layout->addStretch(2);
    layout->addWidget(words);
    layout->addWidget(button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QToolButton *ListPane::makeViewButton(const QString &iconName, const QString &words,
                                      const QString &name)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(m_services.theme->icon(iconName));
    button->setIconSize({18, 18});
    button->setFixedSize(30, 28);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(words);
    button->setAccessibleName(words);
    return button;
}

void ListPane::watchView(QAbstractItemView *view)
{
    const auto look = qOverload<>(&QTimer::start);
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, &m_look, look);
    connect(view->verticalScrollBar(), &QScrollBar::rangeChanged, &m_look, look);
    connect(view, &QAbstractItemView::activated, this, &ListPane::activated);
    connect(view, &QWidget::customContextMenuRequested, this, [this, view](const QPoint &position) {
        Q_EMIT contextMenuRequested(view->viewport()->mapToGlobal(position));
    });
}

void ListPane::addHover(HoverPlay *hover)
{
    hover->watch(m_table, int(TaskTableModel::Column::Cover));
    hover->watch(m_grid, -1);
}

void ListPane::addTool(QWidget *tool)
{
    m_bar->insertWidget(1, tool);
    fold();
}

void ListPane::setGrid(bool grid)
{
    m_isGrid = grid;
    m_tableButton->setChecked(!grid);
    m_gridButton->setChecked(grid);
    showPage();
    m_table->bridge()->setActive(!grid);
    m_grid->bridge()->setActive(grid);
    m_look.start();
    Q_EMIT stateChanged();
}

bool ListPane::isGrid() const
{
    return m_isGrid;
}

QAbstractItemView *ListPane::view() const
{
    if (m_isGrid)
        return m_grid;
    return m_table;
}

QList<QWidget *> ListPane::views() const
{
    return {m_table, m_grid};
}

QMenu *ListPane::columnMenu() const
{
    return m_table->columnMenu();
}

void ListPane::moveCurrent(int rows)
{
    const int count = m_services.filter->rowCount();
    if (count == 0)
        return;
    const QModelIndex current = m_services.filter->indexOf(m_services.selection->current());
    const int row = current.isValid() ? std::clamp(current.row() + rows, 0, count - 1) : 0;
    const QString id = m_services.filter->idAt(m_services.filter->index(row, 0));
    m_services.selection->set(id, {id});
}

void ListPane::selectAll()
{
    view()->selectAll();
}

QString ListPane::neighbourOf(const QSet<QString> &ids) const
{
    const TaskFilter &filter = *m_services.filter;
    const QModelIndex current = filter.indexOf(m_services.selection->current());
    if (!current.isValid())
        return {};
    for (int row = current.row(); row < filter.rowCount(); ++row) {
        const QString id = filter.idAt(filter.index(row, 0));
        if (!ids.contains(id))
            return id;
    }
    for (int row = current.row() - 1; row >= 0; --row) {
        const QString id = filter.idAt(filter.index(row, 0));
        if (!ids.contains(id))
            return id;
    }
    return {};
}

void ListPane::saveState()
{
    m_table->saveColumns();
    AppSettings *settings = m_services.settings;
    settings->setWindowState(kGridState, m_isGrid ? QByteArrayLiteral("1") : QByteArray());
    const TaskCriteria criteria = m_services.filter->criteria();
    settings->setWindowState(kFilterState, criteria.isEmpty() ? QByteArray() : criteria.toBytes());
}

void ListPane::restoreFilter()
{
    m_services.filter->setCriteria(
            TaskCriteria::fromBytes(m_services.settings->windowState(kFilterState)));
}

void ListPane::showPage()
{
    const bool nothing = m_services.filter->rowCount() == 0 && m_services.filter->counts().all > 0;
    QWidget *page = m_isGrid ? static_cast<QWidget *>(m_grid) : m_table;
    m_pages->setCurrentWidget(nothing ? m_nothing : page);
}

/// Rows that come or go above it move the list under the reader's eyes: the shown task stays in sight, and
/// without it the list begins anew.
void ListPane::showPlace()
{
    const QModelIndex shown = m_services.filter->indexOf(m_services.selection->current());
    if (shown.isValid())
        view()->scrollTo(shown.siblingAtColumn(int(TaskTableModel::Column::Prompt)));
    else
        view()->scrollToTop();
}

void ListPane::lookAtVisible()
{
    showPage();
    const QStringList ids = m_isGrid ? m_grid->visibleIds() : m_table->visibleIds();
    m_services.thumbnails->setVisible(ids, m_isGrid ? m_grid->coverPx() : m_table->coverPx());
    const QSet<QString> visible(ids.cbegin(), ids.cend());
    if (visible != m_visible) {
        m_visible = visible;
        Q_EMIT visibleTasksChanged(visible);
    }
    if (!m_second.isActive() && !m_isGrid && m_table->repaintCounting())
        m_second.start();
}

void ListPane::tick()
{
    if (m_isGrid || !isVisible() || !m_table->repaintCounting())
        m_second.stop();
}

void ListPane::fold()
{
    const int tools = m_bar->sizeHint().width() - m_chips->sizeHint().width();
    m_chips->setCompact(width() < m_chips->widthOfChips() + tools);
}

void ListPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
    m_look.start();
}

void ListPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_look.start();
}

} // namespace taskreel
