// SPDX-License-Identifier: MIT
#include "ui/details/cliploader.h"

#include "core/domain/variantchoice.h"
#include "ui/details/showitem.h"

namespace taskreel {

ClipLoader::ClipLoader(MediaLibrary *library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    connect(library, &MediaLibrary::obtained, this, &ClipLoader::takeFile);
    connect(library, &MediaLibrary::failed, this, &ClipLoader::takeError);
    connect(library, &MediaLibrary::progress, this, &ClipLoader::takeProgress);
}

ClipLoader::~ClipLoader()
{
    clear();
}

void ClipLoader::setMedium(const QString &taskId, const Media &medium, bool withoutWatermark)
{
    m_kind = medium.kind;
    const Source *marked = medium.source(Variant::Watermarked);
    const Source *clean = medium.source(Variant::Unwatermarked);
    if (!clean)
        clean = medium.source(Variant::Unstated);
    for (const auto &[slot, source] : {std::pair(ClipSlot::Watermarked, marked),
                                       std::pair(ClipSlot::Unwatermarked, clean)}) {
        if (source)
            setEntry(slot, {taskId, medium.key, source->variant}, *source);
        else
            setEntry(slot, {}, {});
    }
    setWithoutWatermark(withoutWatermark);
}

void ClipLoader::setEntry(ClipSlot slot, const AssetId &asset, const Source &source)
{
    Entry &entry = m_entries[indexOf(slot)];
    if (entry.asset == asset && !asset.isNull()) {
        // A fresh address may work where the old one did not.
        if (entry.source.url != source.url && entry.error.kind != ErrorKind::CannotDecode)
            entry.error = {};
        entry.source = source;
        return;
    }
    release(entry);
    entry = {};
    entry.asset = asset;
    entry.source = source;
}

void ClipLoader::clear()
{
    for (Entry &entry : m_entries) {
        release(entry);
        entry = {};
    }
    m_begun = false;
}

void ClipLoader::setWithoutWatermark(bool on)
{
    m_wanted = on ? ClipSlot::Unwatermarked : ClipSlot::Watermarked;
    if (m_begun)
        begin();
}

ClipSlot ClipLoader::shownSlot() const
{
    const auto works = [this](ClipSlot slot) {
        return !entry(slot).asset.isNull() && entry(slot).error.kind == ErrorKind::None;
    };
    const ClipSlot other = m_wanted == ClipSlot::Watermarked ? ClipSlot::Unwatermarked
                                                             : ClipSlot::Watermarked;
    if (works(m_wanted) || entry(other).asset.isNull())
        return m_wanted;
    return works(other) || entry(m_wanted).asset.isNull() ? other : m_wanted;
}

void ClipLoader::begin()
{
    m_begun = true;
    const ClipSlot first = shownSlot();
    const ClipSlot second = first == ClipSlot::Watermarked ? ClipSlot::Unwatermarked
                                                           : ClipSlot::Watermarked;
    obtain(m_entries[indexOf(first)], ObtainPriority::Shown);
    obtain(m_entries[indexOf(second)], ObtainPriority::Prefetch);
}

void ClipLoader::obtain(Entry &entry, ObtainPriority priority)
{
    if (entry.asset.isNull() || entry.file || entry.error.kind != ErrorKind::None)
        return;
    // Asked twice at most: the second call lifts the priority.
    if (entry.uses > 1 || (entry.uses == 1 && priority != ObtainPriority::Shown))
        return;
    ++entry.uses;
    m_library->obtain(entry.asset, entry.source, m_kind, priority);
}

void ClipLoader::release(Entry &entry)
{
    for (; entry.uses > 0; --entry.uses)
        m_library->release(entry.asset);
}

void ClipLoader::tryAgain()
{
    for (Entry &entry : m_entries)
        entry.error = {};
    begin();
}

void ClipLoader::reportError(ClipSlot slot, const Error &error)
{
    m_entries[indexOf(slot)].error = error;
}

void ClipLoader::takeFile(const AssetId &asset, const LocalMedia &file)
{
    for (const ClipSlot slot : {ClipSlot::Watermarked, ClipSlot::Unwatermarked}) {
        Entry &entry = m_entries[indexOf(slot)];
        if (entry.asset != asset || asset.isNull() || entry.uses == 0)
            continue;
        entry.uses = 0;
        entry.file = file;
        entry.received = -1;
        Q_EMIT fileReady(slot);
        return;
    }
}

void ClipLoader::takeError(const AssetId &asset, const Error &error)
{
    for (const ClipSlot slot : {ClipSlot::Watermarked, ClipSlot::Unwatermarked}) {
        Entry &entry = m_entries[indexOf(slot)];
        if (entry.asset != asset || asset.isNull() || entry.uses == 0)
            continue;
        entry.uses = 0;
        entry.error = error;
        entry.received = -1;
        begin(); // the other variant is now the one to show
        Q_EMIT failed(slot);
        return;
    }
}

void ClipLoader::takeProgress(const AssetId &asset, qint64 received, qint64 total)
{
    for (Entry &entry : m_entries) {
        if (entry.asset != asset || asset.isNull() || entry.uses == 0)
            continue;
        entry.received = received;
        entry.total = total;
        if (&entry == &shown())
            Q_EMIT progressChanged();
    }
}

} // namespace taskreel
