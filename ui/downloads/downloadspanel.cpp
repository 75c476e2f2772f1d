// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadspanel.h"

#include "core/models/downloadtablemodel.h"
#include "ui/common/actionregistry.h"
#include "ui/downloads/downloadaction.h"
#include "ui/downloads/downloadtableview.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace downloadaction;

namespace {

constexpr int kButtonWidth = 30;
constexpr int kButtonHeight = 28;
constexpr int kFoldWidth = 760; ///< narrower: what is done to all of them is in a menu
constexpr QLatin1StringView kLine{}; ///< a separator

void fill(QMenu *menu, const ActionRegistry &actions, const QList<QLatin1StringView> &ids)
{
    for (const QLatin1StringView id : ids) {
        if (id.isEmpty())
            menu->addSeparator();
        else
            menu->addAction(actions.action(id));
    }
}

} // namespace

DownloadsPanel::DownloadsPanel(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_view(new DownloadTableView(services.model, services.theme, services.actions))
    , m_pages(new QStackedWidget)
    , m_empty(makeEmpty())
    , m_title(new QLabel(tr("Downloads")))
    , m_more(new QToolButton)
    , m_moreMenu(new QMenu(this))
    , m_menu(makeMenu())
{
    setObjectName(u"downloadsPanel"_s);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0); // the line above
    layout->setSpacing(0);
    layout->addLayout(makeBar());
    layout->addWidget(m_pages, 1);
    setMinimumHeight(kButtonHeight + 12 + 76);
    connect(m_view, &DownloadTableView::selectedChanged, this, &DownloadsPanel::selectionChanged);
    connect(m_view, &QAbstractItemView::activated, this, &DownloadsPanel::activated);
    connect(m_view, &DownloadTableView::escaped, this, &DownloadsPanel::closePressed);
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_menu->popup(m_view->viewport()->mapToGlobal(position));
    });
    connect(services.model, &QAbstractItemModel::rowsInserted, this, &DownloadsPanel::showPage);
    connect(services.model, &QAbstractItemModel::rowsRemoved, this, &DownloadsPanel::showPage);
    connect(services.model, &QAbstractItemModel::modelReset, this, &DownloadsPanel::showPage);
    connect(services.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    showPage();
    fold();
}

QHBoxLayout *DownloadsPanel::makeBar()
{
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kMargin, 6, measure::kGap, 6);
    bar->setSpacing(2);
    bar->addWidget(m_title);
    bar->addSpacing(measure::kMargin);
    bar->addWidget(makeIcon(kPause, tr("Pause download")));
    bar->addWidget(makeIcon(kResume, tr("Resume download")));
    bar->addWidget(makeIcon(kRetry, tr("Retry download")));
    bar->addWidget(makeIcon(kCancel, tr("Cancel download")));
    bar->addSpacing(measure::kMargin);
    bar->addWidget(makeIcon(kMoveUp, tr("Move up")));
    bar->addWidget(makeIcon(kMoveDown, tr("Move down")));
    bar->addWidget(makeIcon(kToTop, tr("Move to top")));
    bar->addSpacing(measure::kMargin);
    bar->addWidget(makeIcon(kShowInFolder, tr("Show download in folder")));
    bar->addStretch(1);
    m_all = {makeWords(kPauseAll, tr("Pause all"), tr("Pause all downloads")),
             makeWords(kResumeAll, tr("Resume all"), tr("Resume all downloads")),
             makeWords(kClearFinished, tr("Clear finished"), tr("Clear finished downloads"))};
    for (QPushButton *button : std::as_const(m_all))
        bar->addWidget(button);
    m_more->setObjectName(u"downloadsMore"_s);
    m_more->setAccessibleName(tr("More for downloads"));
    m_more->setToolTip(tr("More for downloads"));
    m_more->setText(u"⋯"_s);
    m_more->setFixedSize(kButtonWidth, kButtonHeight);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    fill(m_moreMenu, *m_services.actions, {kPauseAll, kResumeAll, kClearFinished});
    connect(m_more, &QToolButton::clicked, this, &DownloadsPanel::showMore);
    bar->addWidget(m_more);
    auto *close = new QToolButton; // as in the banner
    close->setObjectName(u"downloadsClose"_s);
    close->setAccessibleName(tr("Close downloads"));
    close->setToolTip(tr("Close (Esc)"));
    close->setText(u"×"_s);
    QFont large = close->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    close->setFont(large);
    close->setFixedSize(kButtonWidth, kButtonHeight);
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &DownloadsPanel::closePressed);
    bar->addWidget(close);
    return bar;
}

QWidget *DownloadsPanel::makeEmpty()
{
    auto *page = new QWidget;
    page->setObjectName(u"downloadsEmpty"_s);
    auto *title = new QLabel(tr("No downloads"));
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setAlignment(Qt::AlignCenter);
    auto *words = new QLabel(tr("Select tasks and press Download (Ctrl+D), or D for the work on the stage. "
                                "What is saved waits here until you clear it."));
    words->setObjectName(u"downloadsEmptyText"_s);
    words->setTextFormat(Qt::PlainText);
    words->setForegroundRole(QPalette::PlaceholderText);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(measure::kMargin, 0, measure::kMargin, measure::kGap);
    layout->setSpacing(measure::kGrid);
    layout->addStretch(1);
    layout->addWidget(title);
    layout->addWidget(words);
    layout->addStretch(1);
    return page;
}

QMenu *DownloadsPanel::makeMenu()
{
    auto *menu = new QMenu(tr("Downloads"), this);
    menu->setObjectName(u"downloadsMenu"_s);
    fill(menu, *m_services.actions,
         {kPause, kResume, kRetry, kCancel, kLine, kMoveUp, kMoveDown, kToTop, kLine, kShowInFolder, kLine,
          kPauseAll, kResumeAll, kClearFinished});
    return menu;
}

QToolButton *DownloadsPanel::makeIcon(QLatin1StringView id, const QString &name)
{
    const QAction *action = m_services.actions->action(id);
    const QList<QKeySequence> keys = m_services.actions->shortcutsOf(action);
    auto *button = new QToolButton;
    button->setIcon(action->icon());
    button->setIconSize({18, 18});
    button->setFixedSize(kButtonWidth, kButtonHeight);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(name);
    button->setToolTip(keys.isEmpty()
                               ? name
                               : u"%1 (%2)"_s.arg(name, keys.constFirst().toString(QKeySequence::NativeText)));
    follow(button, id);
    return button;
}

QPushButton *DownloadsPanel::makeWords(QLatin1StringView id, const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setFlat(true);
    button->setFixedHeight(kButtonHeight);
    button->setAutoDefault(false);
    button->setAccessibleName(name);
    follow(button, id);
    return button;
}

void DownloadsPanel::follow(QAbstractButton *button, QLatin1StringView id)
{
    QAction *action = m_services.actions->action(id);
    button->setObjectName(id);
    button->setEnabled(action->isEnabled());
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
}

void DownloadsPanel::showMore()
{
    const int left = m_more->width() - m_moreMenu->sizeHint().width();
    m_moreMenu->popup(m_more->mapToGlobal(QPoint(left, m_more->height())));
}

QList<AssetId> DownloadsPanel::selected() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<AssetId> assets;
    for (const QModelIndex &row : std::as_const(rows))
        assets.append(m_services.model->rowAt(row.row()).asset);
    return assets;
}

void DownloadsPanel::keepInSight()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid())
        m_view->scrollTo(current);
}

void DownloadsPanel::showPage()
{
    const bool empty = m_services.model->rowCount() == 0;
    m_pages->setCurrentWidget(empty ? m_empty : static_cast<QWidget *>(m_view));
}

void DownloadsPanel::fold()
{
    const bool narrow = width() < kFoldWidth;
    for (QPushButton *button : std::as_const(m_all))
        button->setVisible(!narrow);
    m_more->setVisible(narrow);
}

void DownloadsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void DownloadsPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, m_services.theme->color(ColorToken::Line));
}

} // namespace taskreel
