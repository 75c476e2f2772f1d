// SPDX-License-Identifier: MIT
#include "ui/details/jsontext.h"

#include "core/text/quantities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

QString more(qsizetype characters)
{
    //: What was cut off a long text: … 10.7 MB more
    return JsonText::tr("… %1 more").arg(bytesText(characters));
}

QJsonValue shortened(const QJsonValue &value)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (text.size() <= JsonText::kLongestString)
            return value;
        return QString(text.left(JsonText::kLongestString)
                       + more(text.size() - JsonText::kLongestString));
    }
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            result.append(shortened(item));
        return result;
    }
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it)
            result.insert(it.key(), shortened(it.value()));
        return result;
    }
    return value;
}

} // namespace

QString JsonText::readable(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonDocument brief = document.isArray()
        ? QJsonDocument(shortened(document.array()).toArray())
        : QJsonDocument(shortened(document.object()).toObject());
    const QString text = QString::fromUtf8(brief.toJson(QJsonDocument::Indented));
    if (text.size() <= kLongestText)
        return text;
    return text.left(kLongestText) + u'\n' + more(text.size() - kLongestText);
}

} // namespace taskreel
