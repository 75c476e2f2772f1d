// SPDX-License-Identifier: MIT
#include "core/text/downloadtext.h"

#include "core/text/errortext.h"
#include "core/text/quantities.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString say(const char *text)
{
    return QCoreApplication::translate("DownloadText", text);
}

static QString waitingText(const DownloadStanding &standing)
{
    const bool troubled = standing.error.kind != ErrorKind::None;
    if (!standing.nextTryAt.isValid()) {
        if (!troubled)
            return say(QT_TRANSLATE_NOOP("DownloadText", "Waiting"));
        //: %1: a few words, as in "disk full"
        return say(QT_TRANSLATE_NOOP("DownloadText", "Waiting: %1"))
            .arg(errorPhrase(standing.error));
    }
    const QString time = standing.nextTryAt.toLocalTime().toString(u"HH:mm"_s);
    if (!troubled) {
        //: %1: a time of day, as in "14:03"
        return say(QT_TRANSLATE_NOOP("DownloadText", "Next try at %1")).arg(time);
    }
    //: %1: a time of day, as in "14:03", %2: a few words, as in "connection lost"
    return say(QT_TRANSLATE_NOOP("DownloadText", "Next try at %1: %2"))
        .arg(time, errorPhrase(standing.error));
}

QString downloadStateText(const DownloadStanding &standing)
{
    switch (standing.state) {
    case DownloadState::Waiting:
        if (standing.left)
            return say(QT_TRANSLATE_NOOP("DownloadText", "Not finished last time"));
        return waitingText(standing);
    case DownloadState::Running:
        return say(QT_TRANSLATE_NOOP("DownloadText", "Downloading"));
    case DownloadState::Verifying:
        return say(QT_TRANSLATE_NOOP("DownloadText", "Checking"));
    case DownloadState::Paused:
        return say(QT_TRANSLATE_NOOP("DownloadText", "Paused"));
    case DownloadState::Done:
        return say(QT_TRANSLATE_NOOP("DownloadText", "Saved"));
    case DownloadState::Failed:
        break;
    }
    if (standing.error.kind == ErrorKind::None)
        return say(QT_TRANSLATE_NOOP("DownloadText", "Failed"));
    //: %1: a few words, as in "link ended"
    return say(QT_TRANSLATE_NOOP("DownloadText", "Failed: %1")).arg(errorPhrase(standing.error));
}

QString downloadStateSentence(const DownloadStanding &standing)
{
    const bool troubled = standing.error.kind != ErrorKind::None;
    if (standing.state == DownloadState::Failed && troubled)
        return errorSentence(standing.error, Retry::ByHand);
    if (standing.state == DownloadState::Waiting && troubled && !standing.left) {
        //: %1: as in "Next try at 14:03: connection lost", %2: a sentence that says what happened
        return say(QT_TRANSLATE_NOOP("DownloadText", "%1. %2"))
            .arg(downloadStateText(standing), errorSentence(standing.error));
    }
    return downloadStateText(standing);
}

QString speedText(qint64 bytesPerSecond)
{
    if (bytesPerSecond <= 0)
        return {};
    //: speed; %1: a number of bytes, as in "2.1 MB"
    return say(QT_TRANSLATE_NOOP("DownloadText", "%1/s")).arg(bytesText(bytesPerSecond));
}

} // namespace taskreel
