// SPDX-License-Identifier: MIT
#include "core/text/exchangetext.h"

#include "core/text/errortext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

QString exchangeErrorSentence(const Error &error)
{
    QString text;
    if (error.kind == ErrorKind::NotMedia) {
        text = QCoreApplication::translate(
            "ExchangeText",
            "This file is not an exported library, so nothing was imported. Choose one that Export "
            "library wrote.");
    } else if (error.kind == ErrorKind::LibraryBroken) {
        text = QCoreApplication::translate(
            "ExchangeText",
            "The exported library is damaged, so it was not imported to the end. Copy the file "
            "again, or export it anew.");
    } else {
        return errorSentence(error);
    }
    return error.detail.isEmpty() ? text : text + u" ("_s + error.detail.simplified() + u')';
}

} // namespace taskreel
