// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/downloaditem.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace taskreel {

/// The files of the queue in their order, for whoever shows them. GUI thread. Only the
/// DownloadQueue changes it. What changes within items is announced at most four times a second.
class DownloadList final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadList)

public:
    explicit DownloadList(QObject *parent = nullptr);
    ~DownloadList() override;

    [[nodiscard]] const QList<AssetId> &order() const { return m_order; }
    [[nodiscard]] qsizetype size() const { return m_order.size(); }
    [[nodiscard]] bool contains(const AssetId &asset) const { return m_items.contains(asset); }
    /// Null if unknown. Valid until it is removed.
    [[nodiscard]] const DownloadItem *find(const AssetId &asset) const;

    // For the queue
    [[nodiscard]] DownloadItem *item(const AssetId &asset); ///< null if unknown
    DownloadItem &append(const StoredDownload &record, const QString &taskId);
    void remove(const QSet<AssetId> &assets);
    /// Puts these, in their present order, before what is at `place` now.
    void moveTo(const QSet<AssetId> &assets, qsizetype place);
    void touch(const AssetId &asset); ///< it has changed

Q_SIGNALS:
    void appended(const QList<taskreel::AssetId> &assets); ///< at the end, once a turn
    void removed(const QSet<taskreel::AssetId> &assets); ///< at once
    void reordered();
    void changed(const QSet<taskreel::AssetId> &assets);

private:
    void tellAppended();
    void tellChanged();

    QList<AssetId> m_order;
    QHash<AssetId, std::shared_ptr<DownloadItem>> m_items;
    QList<AssetId> m_new; ///< not told yet
    QSet<AssetId> m_changed; ///< not told yet
    QTimer m_turn;
    QTimer m_tick;
};

} // namespace taskreel
