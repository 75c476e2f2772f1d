// SPDX-License-Identifier: MIT
#include "ui/window/topbar.h"

#include "core/models/taskfilter.h"
#include "core/settings/appsettings.h"
#include "ui/common/actionregistry.h"
#include "ui/common/toggleswitch.h"
#include "ui/list/filterbutton.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"
#include "ui/window/pastebox.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

TopBar::TopBar(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_pasteBox(new PasteBox)
    , m_add(new QPushButton(tr("Add")))
    , m_search(new QLineEdit)
    , m_filter(new FilterButton(services.filter, services.settings, services.theme))
    , m_withoutWatermark(new ToggleSwitch(tr("Without watermark"), services.theme))
    , m_download(new QPushButton(tr("Download")))
    , m_downloadMenu(new QPushButton)
    , m_menu(new QToolButton)
{
    makeIntake();
    makeSearch();
    makeDownload();
    m_withoutWatermark->setObjectName(u"withoutWatermark"_s);
    m_withoutWatermark->setAccessibleName(tr("Without watermark"));
    m_withoutWatermark->setToolTip(tr("Show and save the version without the watermark (T)"));
    m_withoutWatermark->setChecked(services.settings->withoutWatermark());
    connect(m_withoutWatermark, &QAbstractButton::toggled, services.settings,
            &AppSettings::setWithoutWatermark);
    connect(services.settings, &AppSettings::withoutWatermarkChanged, m_withoutWatermark,
            &QAbstractButton::setChecked);
    m_menu->setObjectName(u"menuButton"_s);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));
    m_menu->setIcon(services.theme->icon(u"application-menu"_s));
    m_menu->setIconSize({measure::kIcon, measure::kIcon});
    m_menu->setAutoRaise(true);
    m_menu->setFocusPolicy(Qt::TabFocus);
    m_menu->setPopupMode(QToolButton::InstantPopup);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kMargin, 10, measure::kMargin, 11);
    layout->setSpacing(measure::kGap);
    layout->addWidget(m_pasteBox, 3);
    layout->addWidget(m_add);
    layout->addSpacing(measure::kGap);
    auto *find = new QHBoxLayout;
    find->setSpacing(2);
    find->addWidget(m_search, 1);
    find->addWidget(m_filter);
    layout->addLayout(find, 2);
    layout->addSpacing(measure::kGap);
    layout->addWidget(m_withoutWatermark);
    layout->addSpacing(measure::kGap);
    auto *split = new QHBoxLayout;
    split->setSpacing(1);
    split->addWidget(m_download);
    split->addWidget(m_downloadMenu);
    layout->addLayout(split);
    layout->addWidget(m_menu);
}

void TopBar::makeIntake()
{
    m_pasteBox->setObjectName(u"taskIds"_s);
    m_pasteBox->setAccessibleName(tr("Task IDs"));
    m_pasteBox->setPlaceholderText(tr("Paste task IDs, or text that contains them…"));
    m_pasteBox->setMinimumWidth(110);
    m_add->setObjectName(u"addTasks"_s);
    m_add->setAccessibleName(tr("Add tasks"));
    connect(m_pasteBox, &PasteBox::pasted, this, &TopBar::pasted);
    connect(m_pasteBox, &QLineEdit::returnPressed, this, &TopBar::giveText);
    connect(m_add, &QPushButton::clicked, this, &TopBar::giveText);
}

void TopBar::makeSearch()
{
    m_search->setObjectName(u"searchTasks"_s);
    m_search->setAccessibleName(tr("Search tasks"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setToolTip(tr("ID, prompt, model, type, note, tags, error; Esc clears"));
    m_search->setClearButtonEnabled(true);
    QAction *clear = m_services.actions->action(actionid::kClearFilters);
    m_search->addAction(clear);
    connect(clear, &QAction::triggered, this, [this] {
        m_search->clear(); // also what was typed just now and is not looked for yet
        m_searchLater.stop();
    });
    m_search->setMinimumWidth(90);
    m_searchLater.setSingleShot(true);
    m_searchLater.setInterval(120ms);
    connect(m_search, &QLineEdit::textChanged, &m_searchLater, qOverload<>(&QTimer::start));
    connect(&m_searchLater, &QTimer::timeout, this,
            [this] { m_services.filter->setSearch(m_search->text()); });
    connect(m_services.filter, &TaskFilter::filterChanged, this, [this] {
        if (!m_searchLater.isActive() && m_services.filter->search() != m_search->text())
            m_search->setText(m_services.filter->search());
    });
}

void TopBar::makeDownload()
{
    QAction *action = m_services.actions->action(actionid::kDownloadSelected);
    m_download->setObjectName(u"downloadSelected"_s);
    m_download->setAccessibleName(tr("Download selected"));
    m_download->setProperty("joined", u"left"_s);
    m_download->setEnabled(action->isEnabled());
    makePrimary(m_download);
    connect(m_download, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, m_download,
            [this, action] { m_download->setEnabled(action->isEnabled()); });
    m_downloadMenu->setObjectName(u"downloadMenu"_s);
    m_downloadMenu->setAccessibleName(tr("More downloads"));
    m_downloadMenu->setToolTip(tr("More downloads"));
    m_downloadMenu->setProperty("joined", u"right"_s);
    m_downloadMenu->setFixedWidth(28);
    makePrimary(m_downloadMenu);
    showSelectedCount(0);
    const auto enableMenu = [this] {
        m_downloadMenu->setEnabled(m_services.filter->counts().all > 0);
    };
    connect(m_services.filter, &TaskFilter::countsChanged, m_downloadMenu, enableMenu);
    enableMenu();
}

void TopBar::setMenu(QMenu *menu)
{
    m_menu->setMenu(menu);
}

void TopBar::openMenu()
{
    // Not QToolButton::showMenu(): that waits in an event loop of its own.
    QMenu *menu = m_menu->menu();
    const int left = m_menu->width() - menu->sizeHint().width(); // its right edge is the button's
    menu->popup(m_menu->mapToGlobal(QPoint(left, m_menu->height())));
}

void TopBar::setDownloadMenu(QMenu *menu)
{
    m_downloadMenu->setMenu(menu);
}

void TopBar::showSelectedCount(qsizetype count)
{
    m_download->setText(count > 1 ? tr("Download %1").arg(QLocale().toString(count)) : tr("Download"));
    //: Tooltip of the download button; %n tasks are selected
    m_download->setToolTip(count > 0 ? tr("Download the results of %n selected task(s)", nullptr, int(count))
                                     : tr("Select tasks to download their results"));
}

void TopBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TopBar::focusPasteBox()
{
    m_pasteBox->setFocus(Qt::ShortcutFocusReason);
}

void TopBar::giveText()
{
    const QString text = m_pasteBox->text();
    m_pasteBox->clear();
    if (!text.trimmed().isEmpty())
        Q_EMIT textGiven(text);
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, m_services.theme->color(ColorToken::Line));
}

} // namespace taskreel
