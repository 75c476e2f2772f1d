// SPDX-License-Identifier: MIT
#include "ui/details/facts.h"

#include "core/formats/httpdates.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"
#include "ui/details/stagewords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

class Tr
{
    Q_DECLARE_TR_FUNCTIONS(TaskFacts)
};

QString dotted(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString modelFact(const FactSources &s)
{
    if (!s.task)
        return s.row->model;
    QString model = s.task->model;
    if (!s.task->version.isEmpty())
        model += u' ' + s.task->version;
    return dotted({model, s.task->mode});
}

/// Measured from the file where it is here, else what the answer says.
QString mediumFact(const FactSources &s)
{
    Media medium = s.item->medium;
    QString form;
    if (s.file) {
        form = s.file->probe.extension.toUpper();
        if (s.file->probe.size.isValid())
            medium.size = s.file->probe.size;
        if (s.file->probe.durationMs > 0)
            medium.durationMs = s.file->probe.durationMs;
    }
    return dotted({measuresText(medium), form, s.file ? bytesText(s.file->bytes) : QString()});
}

QString timesFact(const FactSources &s)
{
    const TaskSummary &row = *s.row;
    if (!row.createdAt.isValid())
        return {};
    QString took;
    if (row.endedAt.isValid() && row.endedAt >= row.createdAt)
        took = Tr::tr("took %1").arg(spanText(row.createdAt.msecsTo(row.endedAt)));
    return dotted({exactTimeText(row.createdAt), took});
}

QString ageText(qint64 ms)
{
    const qint64 minutes = ms / 60'000;
    if (minutes < 1)
        return Tr::tr("finished just now");
    if (minutes < 60)
        return Tr::tr("finished %n minute(s) ago", nullptr, int(minutes));
    if (minutes < 48 * 60)
        return Tr::tr("finished %n hour(s) ago", nullptr, int(minutes / 60));
    return Tr::tr("finished %n day(s) ago", nullptr, int(minutes / 60 / 24));
}

QString lastTryFact(const FactSources &s)
{
    return s.row->lastError.kind == ErrorKind::None ? QString() : errorSentence(s.row->lastError);
}

} // namespace

QString linkFact(const FactSources &s)
{
    if (!s.source || s.source->url.isEmpty())
        return {};
    QString text;
    const QDateTime expiry = linkExpiry(s.source->url);
    if (s.item && s.item->medium.noLongerOffered) {
        text = Tr::tr("the newest answer no longer lists this file");
    } else if (expiry.isValid() && expiry <= s.now) {
        text = Tr::tr("ended %1; check the task again for a fresh one").arg(exactTimeText(expiry));
    } else if (expiry.isValid()) {
        text = Tr::tr("holds until %1").arg(exactTimeText(expiry));
    } else if (s.row && s.row->endedAt.isValid()) {
        text = Tr::tr("%1; links do not last, save soon")
                   .arg(ageText(std::max<qint64>(0, s.row->endedAt.msecsTo(s.now))));
    } else {
        text = Tr::tr("no end is stated; links do not last, save soon");
    }
    if (s.file)
        text += Tr::tr(" (the file is here)");
    return text;
}

QString watermarkFact(const Media &medium)
{
    if (medium.kind != MediaKind::Video && medium.kind != MediaKind::Image)
        return {};
    const bool marked = medium.source(Variant::Watermarked);
    const bool clean = medium.source(Variant::Unwatermarked);
    if (marked && clean)
        return Tr::tr("there are both versions");
    if (clean)
        return Tr::tr("there is only the version without it");
    if (marked)
        return Tr::tr("there is only the version with it");
    return Tr::tr("the service does not say whether there is one");
}

QList<Fact> taskFacts(const FactSources &s)
{
    if (!s.row)
        return {};
    QList<Fact> facts;
    const auto add = [&facts](const QString &label, const QString &value,
                              Fact::Tone tone = Fact::Tone::Plain) {
        if (!value.isEmpty())
            facts.append({label, value, tone});
    };
    const bool failed = s.row->status == TaskStatus::Failed;
    add(Tr::tr("Task"), s.row->id);
    // For a failure this is what one looks for; beside media it is a warning.
    add(failed ? Tr::tr("Error") : Tr::tr("Warning"), s.row->errorText, Fact::Tone::Failed);
    add(Tr::tr("Error details"), s.task ? s.task->errorDetails : QString());
    add(Tr::tr("Last try"), lastTryFact(s), Fact::Tone::Failed);
    add(Tr::tr("Status"), s.row->status == TaskStatus::Completed ? QString() : statusText(*s.row));
    add(Tr::tr("Model"), modelFact(s));
    add(Tr::tr("Type"), s.row->taskType);
    if (s.item) {
        const MediaKind kind = s.item->medium.kind;
        add(kind == MediaKind::Unknown ? Tr::tr("File") : kindText(kind), mediumFact(s));
    }
    add(Tr::tr("Created"), timesFact(s));
    add(Tr::tr("Cost"), s.row->cost ? costText(*s.row->cost) : QString());
    add(Tr::tr("Links"), linkFact(s));
    add(Tr::tr("Watermark"), s.item ? watermarkFact(s.item->medium) : QString());
    add(Tr::tr("Parent task"), s.task ? s.task->originTaskId : QString());
    if (s.row->saveState == SaveState::Gone) {
        add(Tr::tr("Saved as"), dotted({s.row->savedPath, s.row->saveError}), Fact::Tone::Failed);
    } else {
        add(Tr::tr("Saved as"), s.row->savedPath);
        add(Tr::tr("Not saved"), s.row->saveError, Fact::Tone::Failed);
    }
    return facts;
}

} // namespace taskreel
