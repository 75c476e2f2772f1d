// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace taskreel {

/// Shows a file selected in the desktop's file manager (org.freedesktop.FileManager1), or opens its
/// folder. Returns at once. False: the file is not there any more.
bool showInFolder(const QString &path);
/// Opens a result's address in the browser: http and https only, without credentials. False: refused.
bool openInBrowser(const QByteArray &url);

} // namespace taskreel
