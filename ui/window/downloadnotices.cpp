// SPDX-License-Identifier: MIT
#include "ui/window/downloadnotices.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/settings/appsettings.h"
#include "core/text/errortext.h"

#include <QFileInfo>

namespace taskreel {

using namespace Qt::StringLiterals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr qsizetype kNamesShown = 3;

} // namespace

DownloadNotices::DownloadNotices(AppContext *context, NoticeBoard *board, QObject *parent)
    : QObject(parent), m_context(context), m_board(board)
{
    const DownloadQueue *queue = context->downloads();
    connect(context, &AppContext::ready, this, &DownloadNotices::takeLeft);
    // Continued or called off one by one, in the panel.
    connect(queue->list(), &DownloadList::changed, this, &DownloadNotices::showLeft);
    connect(queue->list(), &DownloadList::removed, this, &DownloadNotices::showLeft);
    connect(queue, &DownloadQueue::stopChanged, this, &DownloadNotices::showStop);
    connect(queue, &DownloadQueue::conflictsFound, this, &DownloadNotices::showConflicts);
    showStop();
}

void DownloadNotices::takeLeft()
{
    if (m_context->settings()->unfinishedDownloads() == UnfinishedDownloads::Continue)
        m_context->downloads()->continueLeft();
    m_left = m_context->downloads()->leftCount();
    if (m_left == 0)
        return;
    m_board->post(Topic::Unfinished,
                  {.level = Notice::Level::Information,
                   .text = tr("%n download(s) were not finished.", nullptr, m_left),
                   .buttons = {{tr("Continue"),
                                [this] {
                                    m_context->downloads()->continueLeft();
                                    showLeft();
                                }},
                               {tr("Discard"), [this] { discardLeft(); }}}});
}

void DownloadNotices::showLeft()
{
    const int left = m_context->downloads()->leftCount();
    if (left == m_left)
        return;
    m_left = left;
    if (left == 0)
        m_board->withdraw(Topic::Unfinished);
    else
        m_board->reword(Topic::Unfinished, tr("%n download(s) were not finished.", nullptr, left));
}

void DownloadNotices::discardLeft()
{
    const DownloadList *list = m_context->downloads()->list();
    QList<AssetId> left = list->order();
    left.removeIf([list](const AssetId &asset) { return !list->find(asset)->left; });
    m_context->downloads()->cancel(left);
}

void DownloadNotices::showStop()
{
    const Error error = m_context->downloads()->stopError();
    if (error.kind == ErrorKind::None)
        return m_board->withdraw(Topic::Disk);
    m_board->post(
        Topic::Disk,
        {.level = Notice::Level::Error,
         //: %1: a sentence that says what happened and what to do
         .text = tr("%1 The downloads wait; what has come is kept.").arg(errorSentence(error)),
         .buttons = {{tr("Try again"), [this] { m_context->downloads()->clearStop(); }}},
         .closable = false});
}

void DownloadNotices::showConflicts(const QStringList &paths)
{
    if (paths.isEmpty())
        return m_board->withdraw(Topic::Conflicts);
    QStringList names;
    for (const QString &path : paths.mid(0, kNamesShown))
        names.append(QFileInfo(path).fileName());
    const int more = int(paths.size() - names.size());
    QString which = names.join(u", "_s);
    if (more > 0) {
        //: %1: some names of files, then how many others
        which = tr("%1 and %n more", nullptr, more).arg(which);
    }
    const QString text = tr("The folder has files of these names already: %1").arg(which);
    if (m_board->has(Topic::Conflicts))
        return m_board->reword(Topic::Conflicts, text);
    m_board->post(
        Topic::Conflicts,
        {.level = Notice::Level::Warning,
         .text = text,
         .buttons = {{tr("Replace"), [this] { decide(ConflictPolicy::Overwrite); }},
                     {tr("Keep both"), [this] { decide(ConflictPolicy::KeepBoth); }},
                     {tr("Skip identical"), [this] { decide(ConflictPolicy::SkipIdentical); }}},
         .closable = false});
}

void DownloadNotices::decide(ConflictPolicy policy)
{
    m_board->withdraw(Topic::Conflicts);
    m_context->downloads()->decideConflicts(policy);
}

} // namespace taskreel
