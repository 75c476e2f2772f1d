// SPDX-License-Identifier: MIT
#include "core/formats/jsonread.h"
#include "core/formats/outputrules.h"

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kMaxDepth = 64;
static constexpr int kMaxLinks = 500;

/// Parts of an answer that hold addresses which are no outputs.
static bool isForeign(const QString &field)
{
    return field == "input"_L1 || field == "config"_L1 || field == "meta"_L1 || field == "logs"_L1;
}

namespace {

class LinkWalk final
{
public:
    explicit LinkWalk(OutputBuilder &builder) : m_builder(builder) { }

    void visit(const QString &key, const QString &field, const QJsonValue &value, int depth)
    {
        if (depth > kMaxDepth || m_found >= kMaxLinks)
            return;
        if (value.isString()) {
            take(key, field, value.toString().trimmed());
        } else if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i)
                visit(indexKey(key, i), field, array.at(i), depth + 1);
        } else if (value.isObject()) {
            const QJsonObject object = value.toObject();
            for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
                if (!isForeign(it.key()))
                    visit(joinKey(key, it.key()), it.key(), it.value(), depth + 1);
            }
        }
    }

private:
    void take(const QString &key, const QString &field, const QString &text)
    {
        if (!isWebAddress(text) || m_builder.isKnown(text.toUtf8()))
            return;
        m_builder.remember(text.toUtf8());
        ++m_found;
        Media medium;
        medium.key = key;
        medium.kind = kindOf(field, text);
        medium.role = MediaRole::Link;
        medium.label = keyInWords(key);
        medium.sources.append({Variant::Unstated, text.toUtf8(), {}, {}});
        m_builder.addWork({key, medium.label, {}, {medium}});
    }

    OutputBuilder &m_builder;
    int m_found = 0;
};

} // namespace

void readLeftLinks(const QJsonValue &output, OutputBuilder &builder)
{
    LinkWalk(builder).visit({}, {}, output, 0);
}

} // namespace taskreel
