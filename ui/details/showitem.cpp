// SPDX-License-Identifier: MIT
#include "ui/details/showitem.h"

using namespace Qt::StringLiterals;

namespace taskreel {

static std::optional<Media> coverOf(const Work &work)
{
    const Media *cover = work.cover();
    return cover && !cover->sources.isEmpty() ? std::optional(*cover) : std::nullopt;
}

QList<ShowItem> showItems(const Task &task)
{
    QList<ShowItem> items;
    for (const Work &work : task.works) {
        const qsizetype before = items.size();
        const std::optional<Media> cover = coverOf(work);
        for (const Media &medium : work.media) {
            if (medium.role == MediaRole::Result && medium.kind != MediaKind::Text
                && !medium.sources.isEmpty())
                items.append({work.key, work.label, medium, cover});
        }
        const Media *main = work.mainMedia();
        if (items.size() == before && main && main->kind != MediaKind::Text
            && !main->sources.isEmpty())
            items.append({work.key, work.label, *main, cover});
    }
    return items;
}

QString textResults(const Task &task)
{
    QStringList texts;
    for (const Work &work : task.works) {
        for (const Media &medium : work.media) {
            if (medium.kind != MediaKind::Text || medium.text.isEmpty())
                continue;
            const QString label = medium.label.isEmpty() ? work.label : medium.label;
            texts.append(label.isEmpty() ? medium.text : label + u"\n\n"_s + medium.text);
        }
    }
    return texts.join(u"\n\n\n"_s);
}

ClipSlot slotOf(Variant variant)
{
    return variant == Variant::Watermarked ? ClipSlot::Watermarked : ClipSlot::Unwatermarked;
}

} // namespace taskreel
