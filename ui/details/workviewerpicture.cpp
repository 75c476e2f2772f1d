// SPDX-License-Identifier: MIT
// The part of WorkViewer that brings pictures: the list's small one, the cover, an image result.
#include "core/domain/variantchoice.h"
#include "ui/common/imagedecode.h"
#include "ui/common/thumbnailcache.h"
#include "ui/details/workviewer.h"

#include <algorithm>

namespace taskreel {

namespace {
constexpr QSize kPictureBound{2560, 1600};
} // namespace

void WorkViewer::obtainCover()
{
    const std::optional<Media> &cover = m_items[m_index].cover;
    const Source *source = cover ? chooseSource(*cover, true) : nullptr;
    if (source) {
        const AssetId asset{m_id, cover->key, source->variant};
        if (const std::optional<LocalMedia> file = m_services.media->local(asset)) {
            decode(*file, {});
            return;
        }
        m_coverAsset = asset;
        m_services.media->obtain(asset, *source, MediaKind::Image, ObtainPriority::Shown);
    }
    if (!m_hasPicture && standsForTask())
        showStandIn();
}

/// Whether the list's picture of the task is one of the shown work.
bool WorkViewer::standsForTask() const
{
    const auto hasCover = [](const ShowItem &one) { return one.cover.has_value(); };
    const auto first = std::find_if(m_items.cbegin(), m_items.cend(), hasCover);
    return m_index == (first == m_items.cend() ? 0 : int(first - m_items.cbegin()));
}

/// Without a network the small picture may be all there is; with one it is there a moment earlier.
void WorkViewer::showStandIn()
{
    const quint64 generation = m_generation;
    m_services.thumbnails->readSmall(m_id, this, [this, generation](const QImage &small) {
        if (generation != m_generation || m_hasPicture || small.isNull())
            return;
        m_hasPicture = true;
        m_standsIn = true;
        Q_EMIT pictureReady(small);
        updateWords();
    });
}

void WorkViewer::releaseCover()
{
    if (!m_coverAsset.isNull())
        m_services.media->release(m_coverAsset);
    m_coverAsset = {};
}

void WorkViewer::takeCover(const AssetId &asset, const LocalMedia &file)
{
    if (asset.isNull() || asset != m_coverAsset)
        return;
    m_coverAsset = {};
    decode(file, {});
}

/// It may be asked again, and is no longer ours to release.
void WorkViewer::missCover(const AssetId &asset)
{
    if (asset == m_coverAsset)
        m_coverAsset = {};
}

void WorkViewer::decode(const LocalMedia &file, std::optional<ClipSlot> slot)
{
    const quint64 generation = m_generation;
    decodeImage(file.path, kPictureBound, this,
                [this, generation, slot, pin = file.pin](const Result<QImage> &image) {
                    if (generation == m_generation)
                        takePicture(image, slot);
                });
}

void WorkViewer::takePicture(const Result<QImage> &picture, std::optional<ClipSlot> slot)
{
    if (!picture) {
        // A broken cover is no loss: the clip comes.
        if (slot)
            takeDecodeFailure(*slot, picture.error());
        return;
    }
    if (!slot && m_imageSlot)
        return;
    if (slot && *slot != m_loader.shownSlot())
        return; // switched back meanwhile
    if (slot) {
        m_imageSlot = slot;
        m_pictureSlot = *slot;
        if (!m_loader.shown().asset.isNull())
            m_services.media->markShown(m_loader.shown().asset);
    }
    m_hasPicture = true;
    m_standsIn = false;
    Q_EMIT pictureReady(*picture);
    updateWords();
}

} // namespace taskreel
