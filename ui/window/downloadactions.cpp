// SPDX-License-Identifier: MIT
#include "ui/window/downloadactions.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/models/downloadtablemodel.h"
#include "ui/common/actionregistry.h"
#include "ui/desktop/openexternally.h"
#include "ui/downloads/downloadaction.h"
#include "ui/downloads/downloadspanel.h"

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace downloadaction;

namespace {

bool canPause(const DownloadRow &row)
{
    return row.canPause();
}

bool canResume(const DownloadRow &row)
{
    return row.canResume() && row.standing.state != DownloadState::Failed;
}

bool hasFailed(const DownloadRow &row)
{
    return row.standing.state == DownloadState::Failed;
}

bool hasFile(const DownloadRow &row)
{
    return !row.path.isEmpty();
}

} // namespace

DownloadActions::DownloadActions(AppContext *context, ActionRegistry *actions, QObject *parent)
    : QObject(parent), m_context(context), m_actions(actions)
{
    addOfSelection();
    addOfAll();
    const DownloadTableModel *model = context->downloadModel();
    connect(model, &QAbstractItemModel::dataChanged, this, &DownloadActions::update);
    connect(model, &QAbstractItemModel::rowsInserted, this, &DownloadActions::update);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &DownloadActions::update);
    connect(model, &QAbstractItemModel::layoutChanged, this, &DownloadActions::update);
    connect(context->downloads(), &DownloadQueue::stopChanged, this, &DownloadActions::update);
    update();
}

void DownloadActions::attach(DownloadsPanel *panel)
{
    m_panel = panel;
    connect(panel, &DownloadsPanel::selectionChanged, this, &DownloadActions::update);
    connect(panel, &DownloadsPanel::activated, this, &DownloadActions::showFile);
    update();
}

/// The keys are the panel's while it has the focus: it asks for them, so none is the window's.
void DownloadActions::addOfSelection()
{
    DownloadQueue *queue = m_context->downloads();
    const auto add = [this](QLatin1StringView id, const QString &text, const QString &icon,
                            const QList<QKeySequence> &keys, std::function<void()> act) {
        m_actions->add({.id = id,
                        .text = text,
                        .iconName = icon,
                        .shortcuts = keys,
                        .context = Qt::WidgetShortcut},
                       this, std::move(act));
    };
    add(kPause, tr("&Pause"), u"media-playback-pause"_s, {},
        [this, queue] { queue->pause(selectedThat(canPause)); });
    add(kResume, tr("&Resume"), u"media-playback-start"_s, {},
        [this, queue] { queue->resume(selectedThat(canResume)); });
    add(kPauseOrResume, tr("Pause or resume"), {}, {Qt::Key_Space}, [this] { pauseOrResume(); });
    add(kRetry, tr("Re&try"), u"view-refresh"_s, {},
        [this, queue] { queue->resume(selectedThat(hasFailed)); });
    add(kCancel, tr("&Cancel"), u"dialog-cancel"_s, {Qt::Key_Delete},
        [this, queue] { queue->cancel(selected()); });
    add(kMoveUp, tr("Move &up"), u"go-up"_s, {QKeySequence(Qt::CTRL | Qt::Key_Up)},
        [this] { move(-1); });
    add(kMoveDown, tr("Move &down"), u"go-down"_s, {QKeySequence(Qt::CTRL | Qt::Key_Down)},
        [this] { move(1); });
    add(kToTop, tr("To &top"), u"go-top"_s, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up)},
        [this] { moveToTop(); });
    add(kShowInFolder, tr("Show in &folder"), u"folder"_s,
        {QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { showFile(); });
}

void DownloadActions::addOfAll()
{
    DownloadQueue *queue = m_context->downloads();
    m_actions->add({.id = kPauseAll, .text = tr("Pause &all downloads")}, this,
                   [queue] { queue->pauseAll(); });
    m_actions->add({.id = kResumeAll, .text = tr("R&esume all downloads")}, this,
                   [queue] { queue->resumeAll(); });
    m_actions->add({.id = kClearFinished, .text = tr("C&lear finished downloads")}, this,
                   [queue] { queue->clearDone(); });
    m_actions->add({.id = kShowPanel,
                    .text = tr("Show do&wnloads"),
                    .iconName = u"download"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_J)},
                    .checkable = true},
                   this, nullptr);
}

QList<AssetId> DownloadActions::selected() const
{
    return m_panel ? m_panel->selected() : QList<AssetId>();
}

QList<AssetId> DownloadActions::selectedThat(bool (*holds)(const DownloadRow &)) const
{
    const DownloadTableModel *model = m_context->downloadModel();
    QList<AssetId> assets = selected();
    assets.removeIf([model, holds](const AssetId &asset) {
        const int row = model->rowOf(asset);
        return row < 0 || !holds(model->rowAt(row));
    });
    return assets;
}

void DownloadActions::pauseOrResume()
{
    const QList<AssetId> moving = selectedThat(canPause);
    if (moving.isEmpty())
        m_context->downloads()->resume(selectedThat(canResume));
    else
        m_context->downloads()->pause(moving);
}

/// One place, as a block: several that are apart come together.
void DownloadActions::move(int by)
{
    const QList<AssetId> assets = selected();
    if (assets.isEmpty())
        return;
    const DownloadTableModel *model = m_context->downloadModel();
    const int place =
        by < 0 ? model->rowOf(assets.constFirst()) - 1 : model->rowOf(assets.constLast()) + 2;
    m_context->downloads()->moveTo(assets, std::clamp(place, 0, model->rowCount()));
    m_panel->keepInSight();
}

void DownloadActions::moveToTop()
{
    m_context->downloads()->moveTo(selected(), 0);
    m_panel->keepInSight();
}

void DownloadActions::showFile()
{
    const QList<AssetId> assets = selectedThat(hasFile);
    if (assets.isEmpty())
        return;
    const DownloadTableModel *model = m_context->downloadModel();
    const DownloadRow &row = model->rowAt(model->rowOf(assets.constFirst()));
    if (showInFolder(row.path))
        return;
    Q_EMIT said(row.standing.state == DownloadState::Done
                    ? tr("The saved file is no longer there. Download it again.")
                    : tr("Nothing of this file is in the folder yet."));
}

void DownloadActions::update()
{
    const DownloadTableModel *model = m_context->downloadModel();
    const QList<AssetId> assets = selected();
    const auto enable = [this](QLatin1StringView id, bool on) {
        m_actions->action(id)->setEnabled(on);
    };
    bool pausable = false;
    bool resumable = false;
    bool failed = false;
    bool file = false;
    for (const AssetId &asset : assets) {
        const int place = model->rowOf(asset);
        if (place < 0)
            continue;
        const DownloadRow &row = model->rowAt(place);
        pausable = pausable || canPause(row);
        resumable = resumable || canResume(row);
        failed = failed || hasFailed(row);
        file = file || hasFile(row);
    }
    enable(kPause, pausable);
    enable(kResume, resumable);
    enable(kPauseOrResume, pausable || resumable);
    enable(kRetry, failed);
    enable(kCancel, !assets.isEmpty());
    enable(kShowInFolder, file);
    const bool some = !assets.isEmpty();
    const int first = some ? model->rowOf(assets.constFirst()) : 0;
    const int last = some ? model->rowOf(assets.constLast()) : 0;
    const bool together = last - first + 1 == assets.size();
    const bool up = some && (first > 0 || !together);
    enable(kMoveUp, up);
    enable(kToTop, up);
    enable(kMoveDown, some && (last < model->rowCount() - 1 || !together));
    const DownloadTotals totals = m_context->downloads()->totals();
    const bool stopped = m_context->downloads()->stopError().kind != ErrorKind::None;
    bool done = false;
    for (int row = 0; row < model->rowCount() && !done; ++row)
        done = model->rowAt(row).standing.state == DownloadState::Done;
    enable(kPauseAll, totals.waiting + totals.running > 0);
    enable(kResumeAll, totals.paused > 0 || stopped);
    enable(kClearFinished, done);
}

} // namespace taskreel
