// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadtableview.h"

#include "core/models/downloadtablemodel.h"
#include "ui/common/rowtable.h"
#include "ui/common/actionregistry.h"
#include "ui/downloads/downloadaction.h"
#include "ui/downloads/downloadrowdelegate.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

using Column = DownloadTableModel::Column;

struct ColumnPlan
{
    Column column;
    int width; ///< px; 0: what is left
    int fromWidth; ///< of the table, from which on it is shown
    int narrowWidth; ///< px, where names need the room
};

constexpr int kNarrow = 860; ///< px, of the table

constexpr ColumnPlan kPlan[] = {
    {Column::Name, 0, 0, 0},       {Column::Status, 220, 0, 160}, {Column::Progress, 140, 0, 112},
    {Column::Size, 146, 760, 146}, {Column::Speed, 92, 640, 84},  {Column::TimeLeft, 96, 860, 96},
    {Column::Task, 0, 1000, 0},
};

/// Numbers stand at the right, and so do their titles.
class DownloadHeader final : public QHeaderView
{
public:
    explicit DownloadHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
    {
        setHighlightSections(false);
        setSectionsClickable(false); // the order is the queue's
    }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override
    {
        QHeaderView::initStyleOptionForIndex(option, logicalIndex);
        const auto column = Column(logicalIndex);
        if (column == Column::Size || column == Column::Speed || column == Column::TimeLeft)
            option->textAlignment = Qt::AlignRight | Qt::AlignVCenter;
    }
};

} // namespace

DownloadTableView::DownloadTableView(DownloadTableModel *model, Theme *theme,
                                     ActionRegistry *actions, QWidget *parent)
    : QTableView(parent), m_actions(actions),
      m_delegate(new DownloadRowDelegate(model, theme, this))
{
    setObjectName(u"downloadTable"_s);
    setAccessibleName(tr("Downloads"));
    setUpRowTable(this, DownloadRowDelegate::kRowHeight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(m_delegate);
    setModel(model);
    setUpHeader();
    connect(this, &QAbstractItemView::entered, this,
            [this](const QModelIndex &index) { hover(index.row()); });
    connect(this, &QAbstractItemView::viewportEntered, this, [this] { hover(-1); });
    connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void DownloadTableView::setUpHeader()
{
    auto *header = new DownloadHeader(this);
    setHorizontalHeader(header);
    header->setMinimumSectionSize(60);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::Fixed);
    for (const ColumnPlan &plan : kPlan) {
        if (plan.width == 0)
            header->setSectionResizeMode(int(plan.column), QHeaderView::Stretch);
    }
    fitColumns();
}

void DownloadTableView::fitColumns()
{
    for (const ColumnPlan &plan : kPlan) {
        setColumnHidden(int(plan.column), width() < plan.fromWidth);
        if (plan.width > 0)
            horizontalHeader()->resizeSection(int(plan.column),
                                              width() < kNarrow ? plan.narrowWidth : plan.width);
    }
}

void DownloadTableView::resizeEvent(QResizeEvent *event)
{
    fitColumns();
    QTableView::resizeEvent(event);
}

void DownloadTableView::hover(int row)
{
    m_delegate->setHoveredRow(row);
    viewport()->update();
}

QAction *DownloadTableView::actionFor(const QKeyEvent &event) const
{
    using namespace downloadaction;
    const QKeySequence keys(
        QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, Qt::Key(event.key())));
    for (const QLatin1StringView id :
         {kCancel, kPauseOrResume, kMoveUp, kMoveDown, kToTop, kRetry, kShowInFolder}) {
        QAction *action = m_actions->action(id);
        if (m_actions->shortcutsOf(action).contains(keys))
            return action;
    }
    return nullptr;
}

bool DownloadTableView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (actionFor(*key) || key->matches(QKeySequence::SelectAll)
            || key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

bool DownloadTableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover(-1);
    return QTableView::viewportEvent(event);
}

void DownloadTableView::keyPressEvent(QKeyEvent *event)
{
    if (QAction *action = actionFor(*event)) {
        event->accept();
        return action->trigger(); // does nothing while it cannot be used
    }
    if (event->key() == Qt::Key_Escape) {
        event->accept();
        Q_EMIT escaped();
        return;
    }
    QTableView::keyPressEvent(event);
}

/// The mark of the current row is as wide as the row; Qt paints a cell anew.
void DownloadTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
}

void DownloadTableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void DownloadTableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void DownloadTableView::selectionChanged(const QItemSelection &selected,
                                         const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedChanged();
}

} // namespace taskreel
