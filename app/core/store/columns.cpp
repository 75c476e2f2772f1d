// SPDX-License-Identifier: MIT
#include "core/store/columns.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace taskreel {

QVariant fromTime(const QDateTime &utc)
{
    return utc.isValid() ? QVariant(utc.toMSecsSinceEpoch()) : QVariant();
}

QDateTime toTime(const QVariant &value)
{
    return value.isNull() ? QDateTime()
                          : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

QVariant fromNumber(const std::optional<double> &value)
{
    return value ? QVariant(*value) : QVariant();
}

std::optional<double> toNumber(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional<double>(value.toDouble());
}

QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QString placeholders(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u',');
}

} // namespace taskreel
