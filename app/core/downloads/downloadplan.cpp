// SPDX-License-Identifier: MIT
#include "core/downloads/downloadplan.h"

#include "core/formats/filenaming.h"

#include <QFileInfo>
#include <QSet>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString usualExtension(MediaKind kind)
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

static QString withPlaceholder(const QString &nameTemplate, const QString &placeholder)
{
    return nameTemplate.contains(placeholder) ? nameTemplate : nameTemplate + u'_' + placeholder;
}

static QString freeName(const QString &nameTemplate, const NameFields &fields,
                        const QSet<QString> &used)
{
    // The plainest name that is free: words first, numbers last.
    for (const QString &form : {nameTemplate, withPlaceholder(nameTemplate, u"{work}"_s)}) {
        const QString path = relativeFilePath(form, fields);
        if (!used.contains(path.toCaseFolded()))
            return path;
    }
    const QString path = relativeFilePath(nameTemplate, fields);
    const qsizetype slash = path.lastIndexOf(u'/') + 1;
    for (int number = 2;; ++number) {
        const QString numbered = path.left(slash) + numberedFileName(path.mid(slash), number);
        if (!used.contains(numbered.toCaseFolded()))
            return numbered;
    }
}

static void planMedium(QList<PlannedFile> &plan, QSet<QString> &used, const Task &task,
                       int workIndex, const Media &medium, VariantWish wish,
                       const QString &nameTemplate)
{
    const QList<Source> sources = chooseSources(medium, wish);
    const QString form =
        sources.size() > 1 ? withPlaceholder(nameTemplate, u"{variant}"_s) : nameTemplate;
    for (const Source &source : sources) {
        const NameFields fields = nameFields(task, workIndex, medium, source.variant,
                                             guessedExtension(medium.kind, source.url));
        const QString path = freeName(form, fields, used);
        used.insert(path.toCaseFolded());
        plan.append({{task.id, medium.key, source.variant}, source, medium.kind, path});
    }
}

QList<PlannedFile> planDownload(const Task &task, const std::optional<QString> &workKey,
                                VariantWish wish, const QString &nameTemplate)
{
    QList<PlannedFile> plan;
    QSet<QString> used;
    for (int i = 0; i < task.works.size(); ++i) {
        const Work &work = task.works.at(i);
        if (workKey && work.key != *workKey)
            continue;
        for (const Media &medium : work.media) {
            if (medium.role == MediaRole::Result)
                planMedium(plan, used, task, i, medium, wish, nameTemplate);
        }
    }
    return plan;
}

} // namespace taskreel
