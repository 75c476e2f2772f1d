// SPDX-License-Identifier: MIT
#include "core/downloads/sidecar.h"

#include "core/formats/redaction.h"
#include "core/net/partfile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

QByteArray sidecarBytes(const StoredFile &saved, const QByteArray &answer)
{
    QJsonObject file{
        {u"file"_s, QFileInfo(saved.path).fileName()},
        {u"bytes"_s, saved.bytes},
        {u"sha256"_s, QString::fromLatin1(saved.sha256.toHex())},
        {u"task_id"_s, saved.asset.taskId},
        {u"medium"_s, saved.asset.mediaKey},
        {u"variant"_s, variantToken(saved.asset.variant)},
        {u"saved_at"_s, saved.at.toUTC().toString(Qt::ISODateWithMs)},
    };
    QJsonObject whole{{u"saved"_s, file}};
    const QJsonDocument document = QJsonDocument::fromJson(answer);
    if (document.isObject())
        whole.insert(u"answer"_s, redactedTask(document.object()));
    return QJsonDocument(whole).toJson(QJsonDocument::Indented);
}

/// Room for what precedes `.json` and follows it is kept by every planned name (formats/safename).
static QString sidecarPath(const QString &mediaPath)
{
    return mediaPath + u".json"_s;
}

static bool holds(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.size() == bytes.size() && file.open(QIODevice::ReadOnly) && file.readAll() == bytes;
}

static Result<QString> writePart(const QString &path, const QByteArray &bytes)
{
    QFile part(path);
    // What a killed run left behind; nobody else writes `.part` beside a saved file.
    part.remove();
    errno = 0;
    const bool written = part.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        && part.write(bytes) == bytes.size() && part.flush() && ::fsync(part.handle()) == 0;
    if (written)
        return path;
    const int error = errno != 0 ? errno : EIO;
    part.remove();
    return tl::unexpected<Error>(writeError(path, error));
}

Result<QString> writeSidecar(const QString &mediaPath, const QByteArray &bytes)
{
    const QString wanted = sidecarPath(mediaPath);
    if (holds(wanted, bytes))
        return wanted;
    const Result<QString> part = writePart(wanted + u".part"_s, bytes);
    if (!part)
        return part;
    Result<QString> placed = placeWithoutClobber(*part, wanted);
    if (!placed)
        QFile::remove(*part);
    return placed;
}

} // namespace taskreel
