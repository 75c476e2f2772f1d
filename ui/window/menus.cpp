// SPDX-License-Identifier: MIT
#include "ui/window/menus.h"

#include "ui/common/actionregistry.h"
#include "ui/details/detailpane.h"
#include "ui/downloads/downloadaction.h"
#include "ui/window/actionids.h"

#include <QMenu>
#include <QMenuBar>

namespace taskreel {

using namespace actionid;

namespace {

constexpr QLatin1StringView kLine{}; ///< a separator

} // namespace

Menus::Menus(const ActionRegistry *actions, bool isDemo, QWidget *window)
    : QObject(window)
    , m_actions(actions)
    , m_window(window)
{
    const QLatin1StringView demo = isDemo ? kLeaveDemo : kTryDemo;
    m_menus = {
        make(tr("&File"), {kPaste, kAddFiles, kImportHistory, kLine, kExportList, kExportSelected, kLine,
                           kExportLibrary, kImportLibrary, kVerifyLibrary, kFreeSpace, kLine, kEnterKey, kSettings, demo,
                           kLine, kQuit}),
        make(tr("&Edit"), {kUndo, kRedo, kLine, kSelectAll, kSearch, kClearFilters, kLine,
                           paneaction::kCopyId, paneaction::kCopyLink, kCopyFile}),
        make(tr("&Task"), {paneaction::kCheckNow, kCheckAll, kCancelOnServer, kLine, paneaction::kDownload,
                           kDownloadSelected, kDownloadAll, kDownloadUnsaved, kSaveExpiring, kCancelDownloads, kLine,
                           paneaction::kStar, paneaction::kReject, kTags, kNote, kLine,
                           paneaction::kShowInFolder, paneaction::kOpenInBrowser, kLine, kNextTask,
                           kPreviousTask, kLine, kRemove, kRemoveFinished, kRemoveFailed}),
        make(tr("&View"), {kTable, kGrid, downloadaction::kShowPanel, kLine, kWithoutWatermark, kLine, kOpenMenu, kMenuBar,
                           kFullScreen}),
        make(tr("&Playback"), {kPlay, kStepBack, kStepForward, kSecondBack, kSecondForward, kToStart,
                               kToEnd, kLine, kSlower, kFaster, kLoop, kMute, kLine, kPreviousWork,
                               kNextWork, kLine, kStageFullScreen}),
        make(tr("&Help"), {kShortcuts, kAbout}),
    };
    m_downloads = make(tr("Download"), {paneaction::kDownload, kDownloadSelected, kDownloadAll, kDownloadUnsaved, kLine,
                                        kDownloadWorkBoth, kDownloadSelectedBoth, kDownloadAllBoth});
    m_context = make(tr("Task"), {paneaction::kCheckNow, kCancelOnServer, kLine, paneaction::kCopyId,
                                  paneaction::kCopyLink, kCopyFile, paneaction::kOpenInBrowser, kLine,
                                  kDownloadSelected, kDownloadSelectedBoth, paneaction::kShowInFolder,
                                  kLine, paneaction::kStar, paneaction::kReject, kTags, kNote, kLine,
                                  kRemove});
    m_queue = make(tr("Download &queue"),
                   {downloadaction::kPause, downloadaction::kResume, downloadaction::kPauseOrResume,
                    downloadaction::kRetry, downloadaction::kCancel, kLine, downloadaction::kMoveUp,
                    downloadaction::kMoveDown, downloadaction::kToTop, kLine, downloadaction::kShowInFolder,
                    kLine, downloadaction::kPauseAll, downloadaction::kResumeAll,
                    downloadaction::kClearFinished});
    m_menus.at(2)->insertMenu(actions->action(kCancelDownloads), m_queue); // Task
    QMenu *copies = make(tr("Copy &as"), {kCopyLinks, kCopyMarkdown, kCopyCsv, kCopyJson});
    copies->setObjectName(QStringLiteral("copyMenu"));
    m_menus.at(1)->addMenu(copies); // Edit
    m_context->insertMenu(actions->action(paneaction::kOpenInBrowser), copies);
    m_all = new QMenu(tr("Menu"), window);
    m_all->setObjectName(QStringLiteral("allMenu"));
    for (QMenu *menu : std::as_const(m_menus))
        m_all->addMenu(menu);
}

QMenu *Menus::make(const QString &title, const QList<QLatin1StringView> &ids)
{
    auto *menu = new QMenu(title, m_window);
    for (const QLatin1StringView id : ids) {
        if (id.isEmpty())
            menu->addSeparator();
        else
            menu->addAction(m_actions->action(id));
    }
    return menu;
}

void Menus::addColumns(QMenu *columns)
{
    constexpr int kView = 3;
    m_menus.at(kView)->insertMenu(m_actions->action(kWithoutWatermark), columns);
    m_menus.at(kView)->insertSeparator(m_actions->action(kWithoutWatermark));
}

void Menus::fill(QMenuBar *bar) const
{
    for (QMenu *menu : m_menus)
        bar->addMenu(menu);
}

} // namespace taskreel
