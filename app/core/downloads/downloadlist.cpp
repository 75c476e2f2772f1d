// SPDX-License-Identifier: MIT
#include "core/downloads/downloadlist.h"

#include "core/downloads/downloadjob.h"

#include <algorithm>
#include <utility>

namespace taskreel {

static constexpr int kTickMs = 250;

DownloadList::DownloadList(QObject *parent) : QObject(parent)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    m_tick.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    connect(&m_turn, &QTimer::timeout, this, &DownloadList::tellAppended);
    connect(&m_tick, &QTimer::timeout, this, &DownloadList::tellChanged);
}

DownloadList::~DownloadList() = default;

const DownloadItem *DownloadList::find(const AssetId &asset) const
{
    const auto it = m_items.constFind(asset);
    return it == m_items.cend() ? nullptr : it->get();
}

DownloadItem *DownloadList::item(const AssetId &asset)
{
    const auto it = m_items.constFind(asset);
    return it == m_items.cend() ? nullptr : it->get();
}

DownloadItem &DownloadList::append(const StoredDownload &record, const QString &taskId)
{
    auto item = std::make_shared<DownloadItem>();
    item->record = record;
    item->taskId = taskId;
    m_order.append(record.asset);
    m_items.insert(record.asset, item);
    m_new.append(record.asset);
    m_turn.start();
    return *item;
}

void DownloadList::remove(const QSet<AssetId> &assets)
{
    if (assets.isEmpty())
        return;
    tellAppended();
    m_order.removeIf([&assets](const AssetId &asset) { return assets.contains(asset); });
    for (const AssetId &asset : assets) {
        m_items.remove(asset);
        m_changed.remove(asset);
    }
    Q_EMIT removed(assets);
}

void DownloadList::moveTo(const QSet<AssetId> &assets, qsizetype place)
{
    tellAppended();
    QList<AssetId> moved;
    QList<AssetId> before;
    QList<AssetId> after;
    for (qsizetype i = 0; i < m_order.size(); ++i) {
        const AssetId &asset = m_order.at(i);
        (assets.contains(asset) ? moved : i < place ? before : after).append(asset);
    }
    const QList<AssetId> order = before + moved + after;
    if (order == m_order)
        return;
    m_order = order;
    Q_EMIT reordered();
}

void DownloadList::touch(const AssetId &asset)
{
    m_changed.insert(asset);
    if (!m_tick.isActive())
        m_tick.start();
}

void DownloadList::tellAppended()
{
    m_turn.stop();
    if (!m_new.isEmpty())
        Q_EMIT appended(std::exchange(m_new, {}));
}

void DownloadList::tellChanged()
{
    tellAppended();
    if (!m_changed.isEmpty())
        Q_EMIT changed(std::exchange(m_changed, {}));
}

} // namespace taskreel
