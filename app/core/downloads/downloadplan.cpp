// SPDX-License-Identifier: MIT
#include "core/downloads/downloadplan.h"

#include "core/formats/filenaming.h"

#include <QFileInfo>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

QString usualExtension(MediaKind kind)
{
    switch (kind) {
    case MediaKind::Video:
        return u"mp4"_s;
    case MediaKind::Image:
        return u"png"_s;
    case MediaKind::Audio:
        return u"mp3"_s;
    case MediaKind::Model:
        return u"glb"_s;
    case MediaKind::Text:
        return u"txt"_s;
    case MediaKind::Unknown:
        break;
    }
    return u"bin"_s;
}

/// The address is only believed where it names a form that its kind can have.
static QString guessedExtension(MediaKind kind, const QByteArray &url)
{
    static const QHash<MediaKind, QStringList> known{
        {MediaKind::Video, {u"mp4"_s, u"webm"_s, u"gif"_s}},
        {MediaKind::Image, {u"png"_s, u"jpg"_s, u"webp"_s, u"gif"_s}},
        {MediaKind::Audio, {u"mp3"_s, u"wav"_s, u"flac"_s, u"ogg"_s, u"m4a"_s}},
    };
    const QString suffix = QFileInfo(QUrl::fromEncoded(url).path()).suffix().toLower();
    return known.value(kind).contains(suffix) ? suffix : usualExtension(kind);
}

namespace {

/// Plans the files of one task, each under a name of its own.
class Planner final
{
public:
    Planner(const Task &task, const DownloadWish &wish, const QString &nameTemplate,
            qsizetype pathRoom)
        : m_task(task), m_wish(wish), m_template(nameTemplate), m_room(pathRoom)
    {
    }

    void addWork(int index)
    {
        const Work &work = m_task.works.at(index);
        bool results = false;
        for (const Media &medium : work.media) {
            if (medium.role != MediaRole::Result)
                continue;
            const QList<Source> sources = chooseSources(medium, m_wish.variant);
            const QString form = sources.size() > 1 ? with(m_template, u"{variant}"_s) : m_template;
            for (const Source &source : sources)
                add(index, medium, source, form);
            results |= !sources.isEmpty();
        }
        const Media *cover = work.cover();
        if (!m_wish.covers || !results || !cover)
            return;
        // One is enough: covers are to know the results by.
        if (const Source *source = chooseSource(*cover, m_wish.variant != VariantWish::Watermarked))
            add(index, *cover, *source, templateWith(m_template, u"_cover"_s));
    }

    [[nodiscard]] const QList<PlannedFile> &plan() const { return m_plan; }

private:
    static QString with(const QString &form, const QString &placeholder)
    {
        return form.contains(placeholder) ? form : templateWith(form, u'_' + placeholder);
    }

    void add(int index, const Media &medium, const Source &source, const QString &form)
    {
        const NameFields fields = nameFields(m_task, index, medium, source.variant,
                                             guessedExtension(medium.kind, source.url));
        const QString path = freeName(form, fields);
        m_used.insert(pathKey(path));
        m_plan.append({{m_task.id, medium.key, source.variant}, source, medium.kind, path});
    }

    /// The plainest name that is free: words first, numbers last.
    [[nodiscard]] QString freeName(const QString &form, const NameFields &fields) const
    {
        for (const QString &tried : {form, with(form, u"{work}"_s)}) {
            const QString path = relativeFilePath(tried, fields, m_room);
            if (!m_used.contains(pathKey(path)))
                return path;
        }
        const QString path = relativeFilePath(form, fields, m_room);
        const qsizetype slash = path.lastIndexOf(u'/') + 1;
        for (int number = 2;; ++number) {
            const QString numbered = path.left(slash) + numberedFileName(path.mid(slash), number);
            if (!m_used.contains(pathKey(numbered)))
                return numbered;
        }
    }

    const Task &m_task;
    DownloadWish m_wish;
    QString m_template;
    qsizetype m_room;
    QSet<QString> m_used; ///< keys of paths
    QList<PlannedFile> m_plan;
};

} // namespace

QList<PlannedFile> planDownload(const Task &task, const std::optional<QString> &workKey,
                                const DownloadWish &wish, const QString &nameTemplate,
                                qsizetype pathRoom)
{
    Planner planner(task, wish, nameTemplate, pathRoom);
    for (int i = 0; i < task.works.size(); ++i) {
        if (!workKey || task.works.at(i).key == *workKey)
            planner.addWork(i);
    }
    return planner.plan();
}

QStringList unsavedWorks(const Task &task, const QSet<AssetId> &saved, VariantWish wish)
{
    QStringList works;
    for (const Work &work : task.works) {
        const auto lacks = [&](const Media &medium) {
            if (medium.role != MediaRole::Result)
                return false;
            const QList<Source> sources = chooseSources(medium, wish);
            return std::any_of(sources.cbegin(), sources.cend(), [&](const Source &source) {
                return !saved.contains({task.id, medium.key, source.variant});
            });
        };
        if (std::any_of(work.media.cbegin(), work.media.cend(), lacks))
            works.append(work.key);
    }
    return works;
}

} // namespace taskreel
