// SPDX-License-Identifier: MIT
#include "core/formats/jsonread.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace taskreel {

QString jsonText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().trimmed();
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        const double number = value.toDouble();
        if (std::abs(number) < 9e15 && number == std::floor(number))
            return QString::number(value.toInteger());
        return QString::number(number);
    }
    case QJsonValue::Array:
        if (value.toArray().isEmpty())
            return {};
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        if (value.toObject().isEmpty())
            return {};
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

std::optional<double> jsonNumber(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    if (!value.isString())
        return std::nullopt;
    QString text = value.toString().trimmed();
    if (text.endsWith(u'%'))
        text = text.chopped(1).trimmed();
    bool ok = false;
    const double number = text.toDouble(&ok);
    if (!ok || !std::isfinite(number))
        return std::nullopt;
    return number;
}

qint64 jsonInteger(const QJsonValue &value)
{
    constexpr double kLimit = 9e18;
    const double number = jsonNumber(value).value_or(0.0);
    return static_cast<qint64>(std::clamp(number, -kLimit, kLimit));
}

QJsonObject jsonObject(const QJsonValue &value)
{
    if (value.isString() && looksLikeJson(value.toString()))
        return QJsonDocument::fromJson(value.toString().toUtf8()).object();
    return value.toObject();
}

QSize jsonSize(const QJsonObject &object)
{
    constexpr double kLargest = 100'000;
    const double width = jsonNumber(object.value("width"_L1)).value_or(0);
    const double height = jsonNumber(object.value("height"_L1)).value_or(0);
    if (width < 1 || height < 1 || width > kLargest || height > kLargest)
        return {};
    return {static_cast<int>(width), static_cast<int>(height)};
}

bool looksLikeJson(const QString &text)
{
    const QStringView view = QStringView(text).trimmed();
    return (view.startsWith(u'{') && view.endsWith(u'}'))
        || (view.startsWith(u'[') && view.endsWith(u']'));
}

bool isWebAddress(const QString &text)
{
    qsizetype scheme = 0;
    if (text.startsWith("https://"_L1, Qt::CaseInsensitive))
        scheme = 8;
    else if (text.startsWith("http://"_L1, Qt::CaseInsensitive))
        scheme = 7;
    if (scheme == 0 || text.size() == scheme)
        return false;
    const QStringView rest = QStringView(text).mid(scheme);
    if (rest.front() == u'/' || rest.front() == u'?' || rest.front() == u'#')
        return false;
    return std::none_of(rest.cbegin(), rest.cend(), [](QChar c) {
        return c.isSpace() || c.unicode() < 0x20 || c == u'"' || c == u'<' || c == u'>';
    });
}

} // namespace taskreel
