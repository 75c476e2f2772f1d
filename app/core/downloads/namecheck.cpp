// SPDX-License-Identifier: MIT
#include "core/downloads/namecheck.h"

#include "core/downloads/downloadplan.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static QList<Variant> variantsFor(const TaskSummary &row, VariantWish wish)
{
    QList<Variant> variants;
    if (row.hasUnwatermarked && (wish != VariantWish::Watermarked || !row.hasWatermarked))
        variants.append(Variant::Unwatermarked);
    if (row.hasWatermarked && (wish != VariantWish::Unwatermarked || !row.hasUnwatermarked))
        variants.append(Variant::Watermarked);
    if (variants.isEmpty())
        variants.append(Variant::Unstated);
    return variants;
}

QList<NameFields> resultNameFields(const TaskSummary &row, VariantWish wish)
{
    QList<NameFields> results;
    NameFields fields;
    fields.model = row.model;
    fields.type = row.taskType;
    fields.created = row.createdAt;
    fields.taskId = row.id;
    fields.works = row.resultCount;
    fields.size = row.size;
    fields.durationMs = row.durationMs;
    fields.prompt = row.prompt;
    fields.extension = usualExtension(row.kind);
    const QList<Variant> variants = variantsFor(row, wish);
    for (int work = 1; work <= row.resultCount; ++work) {
        for (const Variant variant : variants) {
            fields.work = work;
            fields.variant = variant;
            results.append(fields);
        }
    }
    return results;
}

/// The results that share a name with another, by the template.
static QList<NameFields> clashing(const QString &nameTemplate, const QList<NameFields> &results,
                                  const std::atomic_bool &stop, QString *example = nullptr)
{
    QHash<QString, int> uses;
    QStringList keys;
    keys.reserve(results.size());
    for (const NameFields &fields : results) {
        if (stop)
            return {};
        const QString path = relativeFilePath(nameTemplate, fields);
        keys.append(pathKey(path));
        if (++uses[keys.constLast()] == 2 && example && example->isEmpty())
            *example = path;
    }
    QList<NameFields> found;
    for (qsizetype i = 0; i < results.size(); ++i) {
        if (uses.value(keys.at(i)) > 1)
            found.append(results.at(i));
    }
    return found;
}

NameClashes nameClashes(const QString &nameTemplate, const QList<NameFields> &results,
                        const std::atomic_bool &stop)
{
    static const QList<QStringList> kHelps{{u"work"_s},
                                           {u"variant"_s},
                                           {u"id8"_s},
                                           {u"id"_s},
                                           {u"id8"_s, u"work"_s},
                                           {u"work"_s, u"variant"_s},
                                           {u"id"_s, u"work"_s},
                                           {u"id"_s, u"work"_s, u"variant"_s}};
    NameClashes clashes;
    clashes.results = static_cast<int>(results.size());
    const QList<NameFields> met = clashing(nameTemplate, results, stop, &clashes.example);
    clashes.clashing = static_cast<int>(met.size());
    if (met.isEmpty())
        return clashes;
    for (const QStringList &names : kHelps) {
        QString better = nameTemplate;
        for (const QString &name : names)
            better = templateWith(better, u"_{%1}"_s.arg(name));
        if (clashing(better, met, stop).isEmpty() && !stop) {
            clashes.helps = names;
            break;
        }
    }
    return clashes;
}

} // namespace taskreel
