// SPDX-License-Identifier: MIT
#include "core/domain/assetid.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace taskreel {

QString AssetId::toString() const
{
    return taskId + u'/' + mediaKey + u'/' + variantToken(variant);
}

QString AssetId::fileKey() const
{
    const QByteArray digest =
        QCryptographicHash::hash(toString().toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(40));
}

size_t qHash(const AssetId &id, size_t seed) noexcept
{
    return qHashMulti(seed, id.taskId, id.mediaKey, static_cast<int>(id.variant));
}

QString variantToken(Variant variant)
{
    switch (variant) {
    case Variant::Watermarked:
        return u"watermarked"_s;
    case Variant::Unwatermarked:
        return u"unwatermarked"_s;
    case Variant::Unstated:
        break;
    }
    return u"unstated"_s;
}

Variant variantFromToken(const QString &token)
{
    if (token == "watermarked"_L1)
        return Variant::Watermarked;
    if (token == "unwatermarked"_L1)
        return Variant::Unwatermarked;
    return Variant::Unstated;
}

} // namespace taskreel
