// SPDX-License-Identifier: MIT
#include "ui/desktop/filemime.h"

#include <QDir>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace taskreel {

std::unique_ptr<QMimeData> fileMime(const QStringList &paths)
{
    QList<QUrl> urls;
    QStringList native;
    QByteArray copied("copy");
    for (const QString &path : paths) {
        urls.append(QUrl::fromLocalFile(path));
        native.append(QDir::toNativeSeparators(path));
        copied += '\n' + urls.constLast().toEncoded();
    }
    auto mime = std::make_unique<QMimeData>();
    mime->setUrls(urls);
    mime->setText(native.join(u'\n'));
    mime->setData(u"x-special/gnome-copied-files"_s, copied);
    return mime;
}

} // namespace taskreel
