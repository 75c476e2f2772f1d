// SPDX-License-Identifier: MIT
#include "core/formats/redaction.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

// What lies deeper than any real answer is dropped rather than passed on unread.
static constexpr int kMaxDepth = 100;
// A shorter secret may be a part of ordinary words: it goes only where it is the whole value.
static constexpr qsizetype kMinSecretInside = 6;
// In an address any short word may be part of the path, and a changed link is a dead one.
static constexpr qsizetype kMinSecretInAddress = 12;
static constexpr qsizetype kMinInlineLength = 512;
static constexpr QLatin1StringView kRedacted{"redacted"};

static bool isSecretField(const QString &name)
{
    static const QSet<QString> names{
        u"secret"_s,        u"token"_s,    u"apikey"_s,       u"x_api_key"_s,
        u"authorization"_s, u"password"_s, u"access_token"_s, u"refresh_token"_s,
        u"bearer"_s,        u"auth"_s,     u"credentials"_s,
    };
    const QString plain = QString(name).toLower().replace(u'-', u'_');
    return names.contains(plain) || plain.endsWith("api_key"_L1) || plain.endsWith("_secret"_L1)
        || plain.endsWith("secret_key"_L1) || plain.endsWith("webhooksecret"_L1);
}

static bool isEmpty(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty())
        || (value.isObject() && value.toObject().isEmpty());
}

static void collectSecrets(const QJsonValue &value, bool secret, int depth, QStringList &secrets)
{
    if (depth > kMaxDepth)
        return;
    if (value.isString() && secret && !value.toString().isEmpty())
        secrets.append(value.toString());
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            collectSecrets(item, secret, depth + 1, secrets);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it)
            collectSecrets(it.value(), secret || isSecretField(it.key()), depth + 1, secrets);
    }
}

static QString textWithoutSecrets(QString text, const QStringList &secrets)
{
    const bool address = text.startsWith("http"_L1, Qt::CaseInsensitive) && !text.contains(u' ');
    const qsizetype shortest = address ? kMinSecretInAddress : kMinSecretInside;
    for (const QString &secret : secrets) {
        if (text == secret)
            return kRedacted;
        if (secret.size() >= shortest)
            text.replace(secret, kRedacted);
    }
    return text;
}

/// People put tokens into the address of their own webhook.
static QString endpointForKeeping(const QString &endpoint)
{
    const auto options = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
    return QUrl(endpoint).toString(options);
}

static QJsonValue redacted(const QString &name, const QJsonValue &value, int depth,
                           const QStringList &secrets)
{
    if (depth > kMaxDepth)
        return QJsonValue::Null;
    if (isSecretField(name))
        return isEmpty(value) ? value : QJsonValue(kRedacted);
    if (value.isString()) {
        // Settings that came as text cannot be looked through field by field.
        const bool settings = name == "config"_L1 || name == "webhook_config"_L1;
        if (settings && !value.toString().isEmpty())
            return kRedacted;
        return textWithoutSecrets(value.toString(), secrets);
    }
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            result.append(redacted(name, item, depth + 1, secrets));
        return result;
    }
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            const QString key = textWithoutSecrets(it.key(), secrets);
            QJsonValue kept = redacted(it.key(), it.value(), depth + 1, secrets);
            if (name == "webhook_config"_L1 && it.key() == "endpoint"_L1)
                kept = endpointForKeeping(kept.toString());
            result.insert(key, kept);
        }
        return result;
    }
    return value;
}

static QJsonValue markedInline(const QString &name, const QJsonValue &value, int depth)
{
    if (depth > kMaxDepth)
        return QJsonValue::Null;
    if (value.isString()) {
        const std::optional<QByteArray> bytes =
            inlineData(value.toString(), isInlineDataField(name));
        if (!bytes)
            return value;
        const QByteArray hash =
            QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex();
        return u"sha256:%1 (%2 bytes)"_s.arg(QString::fromLatin1(hash),
                                             QString::number(bytes->size()));
    }
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            result.append(markedInline(name, item, depth + 1));
        return result;
    }
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it)
            result.insert(it.key(), markedInline(it.key(), it.value(), depth + 1));
        return result;
    }
    return value;
}

QJsonObject redactedTask(const QJsonObject &task)
{
    return withoutInlineData(withoutSecrets(task));
}

QJsonObject withoutSecrets(const QJsonObject &object)
{
    QStringList secrets;
    collectSecrets(object, false, 0, secrets);
    // A secret that contains another one goes first, or its rest would stay.
    std::sort(secrets.begin(), secrets.end(),
              [](const QString &a, const QString &b) { return a.size() > b.size(); });
    return redacted({}, object, 0, secrets).toObject();
}

QJsonObject withoutInlineData(const QJsonObject &object)
{
    return markedInline({}, object, 0).toObject();
}

std::optional<QByteArray> inlineData(const QString &text, bool fieldSaysSo)
{
    const bool dataUrl = text.startsWith("data:"_L1, Qt::CaseInsensitive);
    if (!dataUrl && !fieldSaysSo && text.size() < kMinInlineLength)
        return std::nullopt;
    qsizetype start = 0;
    if (dataUrl) {
        constexpr qsizetype kMaxDataUrlHead = 200;
        const qsizetype mark =
            QStringView(text).left(kMaxDataUrlHead).indexOf(";base64,"_L1, 0, Qt::CaseInsensitive);
        if (mark < 0)
            return std::nullopt;
        start = mark + 8;
    }
    const bool announced = dataUrl || fieldSaysSo;
    if (!announced && text.contains(u' '))
        return std::nullopt; // words: a long prompt is made of the same letters
    QByteArray base64 = QStringView(text).mid(start).toLatin1();
    base64.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' '; });
    if (base64.isEmpty() || (!announced && base64.size() % 4 != 0))
        return std::nullopt;
    const bool urlForm = base64.contains('-') || base64.contains('_');
    const auto options = QByteArray::AbortOnBase64DecodingErrors
        | (urlForm ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
    const auto decoded = QByteArray::fromBase64Encoding(base64, options);
    if (!decoded || decoded.decoded.isEmpty())
        return std::nullopt;
    return decoded.decoded;
}

bool isInlineDataField(const QString &name)
{
    return name.endsWith("base64"_L1, Qt::CaseInsensitive)
        || name.endsWith("b64"_L1, Qt::CaseInsensitive) || name == "b64_json"_L1;
}

bool isInlineDataMarker(const QString &text)
{
    static const QRegularExpression marker(u"\\Asha256:[0-9a-f]{64} \\([0-9]+ bytes\\)\\z"_s);
    return marker.match(text).hasMatch();
}

QString urlForLog(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace taskreel
