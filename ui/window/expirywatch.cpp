// SPDX-License-Identifier: MIT
#include "ui/window/expirywatch.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/downloads/expiring.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"
#include "ui/common/actionregistry.h"
#include "ui/window/actionids.h"
#include "ui/window/noticeboard.h"

#include <algorithm>
#include <limits>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr qint64 kDayMs = 24LL * 60 * 60 * 1000;

} // namespace

ExpiryWatch::ExpiryWatch(AppContext *context, ActionRegistry *actions, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
{
    m_actions->add({.id = actionid::kSaveExpiring,
                    .text = tr("Save &before it goes"),
                    .iconName = u"clock"_s},
                   this, [this] { save(std::numeric_limits<qint64>::max()); });
    m_later.setSingleShot(true);
    m_later.setInterval(500ms);
    m_clock.setInterval(5min);
    m_clock.start();
    connect(&m_later, &QTimer::timeout, this, &ExpiryWatch::look);
    connect(&m_clock, &QTimer::timeout, this, &ExpiryWatch::look);
    const auto later = [this] {
        // Not put off by each of many changes.
        if (!m_later.isActive())
            m_later.start();
    };
    const TaskRepository *repository = context->repository();
    connect(repository, &TaskRepository::loaded, this, later);
    connect(repository, &TaskRepository::tasksAdded, this, later);
    connect(repository, &TaskRepository::tasksChanged, this, later);
    connect(repository, &TaskRepository::tasksRemoved, this, later);
    look();
}

void ExpiryWatch::attach(NoticeBoard *board)
{
    m_board = board;
    look();
}

void ExpiryWatch::save(qint64 withinMs)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList ids = expiringResults(*m_context->repository(), now).ids;
    ids.removeIf([&](const QString &id) {
        return now.msecsTo(m_context->repository()->find(id)->expiresAt) > withinMs;
    });
    m_context->downloads()->saveTasks(ids, m_context->settings()->withoutWatermark()
                                                   ? VariantWish::Unwatermarked
                                                   : VariantWish::Watermarked);
}

void ExpiryWatch::look()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const TaskRepository &repository = *m_context->repository();
    const Expiring all = expiringResults(repository, now);
    m_actions->action(actionid::kSaveExpiring)->setEnabled(!all.ids.isEmpty());
    if (!m_board)
        return;
    const auto later = std::find_if(all.ids.cbegin(), all.ids.cend(), [&](const QString &id) {
        return now.msecsTo(repository.find(id)->expiresAt) > kDayMs;
    });
    const QStringList soon = all.ids.first(later - all.ids.cbegin());
    if (soon.isEmpty()) {
        m_board->withdraw(Topic::Expiry);
        return;
    }
    const QString text = tr("Links of %n unsaved result(s) end within a day", nullptr,
                            int(soon.size()))
        + tr(", the first in %1.").arg(countdownText(now.msecsTo(all.first)));
    const bool news = std::any_of(soon.cbegin(), soon.cend(),
                                  [this](const QString &id) { return !m_told.contains(id); });
    m_told.unite(QSet<QString>(soon.cbegin(), soon.cend()));
    if (news) {
        m_board->post(Topic::Expiry, {.text = text,
                                      .buttons = {{tr("Save before it goes"), [this] {
                                                       save(kDayMs);
                                                       m_board->withdraw(Topic::Expiry);
                                                   }}}});
    } else {
        m_board->reword(Topic::Expiry, text);
    }
}

} // namespace taskreel
