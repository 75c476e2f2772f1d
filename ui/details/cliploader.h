// SPDX-License-Identifier: MIT
#pragma once

#include "core/media/medialibrary.h"
#include "ui/stage/playbackcontroller.h"

#include <QObject>

namespace taskreel {

/// Obtains the two variants of one medium: the wanted one first, the other beside it, so that a switch
/// costs no download. Owned by WorkViewer; GUI thread. Answers for anything else are dropped by their
/// asset; what is no longer wanted is released.
class ClipLoader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClipLoader)

public:
    struct Entry
    {
        AssetId asset; ///< null: this variant does not exist
        Source source;
        std::optional<LocalMedia> file;
        Error error; ///< of fetching or decoding
        qint64 received = -1;
        qint64 total = -1;
        int uses = 0; ///< obtain() calls that have not ended
    };

    /// @param library borrowed, outlives this
    explicit ClipLoader(MediaLibrary *library, QObject *parent = nullptr);
    ~ClipLoader() override;

    /// What belongs to the same asset is kept: a newer answer of a shown task disturbs nothing.
    void setMedium(const QString &taskId, const Media &medium, bool withoutWatermark);
    void clear();
    void setWithoutWatermark(bool on);
    void begin(); ///< obtains; nothing is asked before
    void tryAgain(); ///< what failed
    void reportError(ClipSlot slot, const Error &error); ///< it cannot be decoded

    [[nodiscard]] const Entry &entry(ClipSlot slot) const { return m_entries[indexOf(slot)]; }
    /// The slot to show: the wanted one, or the other when that is missing or broken.
    [[nodiscard]] ClipSlot shownSlot() const;
    [[nodiscard]] const Entry &shown() const { return entry(shownSlot()); }
    [[nodiscard]] bool hasBegun() const { return m_begun; }

Q_SIGNALS:
    void fileReady(taskreel::ClipSlot slot); ///< never inside a call from outside
    void failed(taskreel::ClipSlot slot);
    void progressChanged();

private:
    [[nodiscard]] static std::size_t indexOf(ClipSlot slot) { return slot == ClipSlot::Watermarked ? 0 : 1; }
    void setEntry(ClipSlot slot, const AssetId &asset, const Source &source);
    void release(Entry &entry);
    void obtain(Entry &entry, ObtainPriority priority);
    void takeFile(const AssetId &asset, const LocalMedia &file);
    void takeError(const AssetId &asset, const Error &error);
    void takeProgress(const AssetId &asset, qint64 received, qint64 total);

    MediaLibrary *m_library;
    std::array<Entry, 2> m_entries;
    MediaKind m_kind = MediaKind::Unknown;
    ClipSlot m_wanted = ClipSlot::Unwatermarked;
    bool m_begun = false;
};

} // namespace taskreel
