// SPDX-License-Identifier: MIT
#include "core/text/errortext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString say(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

/// What happened and what to do.
static QString sentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::None:
        return {};
    case ErrorKind::NoKey:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "No API key is known. Enter your PiAPI key to ask for tasks."));
    case ErrorKind::KeyRefused:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The service refused the API key. Enter another key, or try again."));
    case ErrorKind::Forbidden:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The service does not allow this account to see the task. "
                                     "Check the plan and the key."));
    case ErrorKind::OutOfCredit:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The account is out of credit. Add credit at PiAPI, then check again."));
    case ErrorKind::NotFound:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The service does not know this task. Check the ID; old tasks are removed there."));
    case ErrorKind::RateLimited:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The service asks for fewer requests. Taskreel waits and goes on by itself."));
    case ErrorKind::ServerFault:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The service has a fault. Taskreel tries again by itself."));
    case ErrorKind::BadAnswer:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The service sent an answer that cannot be read. Taskreel tries again by itself."));
    case ErrorKind::Unreachable:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The server cannot be reached. Check the network; Taskreel tries again by itself."));
    case ErrorKind::ConnectionLost:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The connection was lost. Taskreel tries again by itself."));
    case ErrorKind::Timeout:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The server did not answer in time. Taskreel tries again by itself."));
    case ErrorKind::TlsFailed:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The secure connection failed, so nothing was sent. Check the "
                                     "clock, the network and the service address."));
    case ErrorKind::Redirected:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The service points to another address, and the key is not "
                                     "sent there. Check the service address in Settings."));
    case ErrorKind::RefusedAddress:
        return say(
            QT_TRANSLATE_NOOP("ErrorText",
                              "This address is not opened: only public http and https links "
                              "without a password are. Check it before you open it elsewhere."));
    case ErrorKind::TooLarge:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The answer is larger than Taskreel accepts, so it was "
                                     "stopped. Open the link in a browser if you trust it."));
    case ErrorKind::LinkDead:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The link has ended. Check the task again for a fresh one; "
                                     "the service may have removed the file."));
    case ErrorKind::LinkGone:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The service no longer has this file: its link has ended, and "
                                     "asked again the service offers no other."));
    case ErrorKind::NotMedia:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The link gave something other than the media file, so "
                                     "nothing was saved. Check the task again for a fresh link."));
    case ErrorKind::Incomplete:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The file arrived cut short, so it was not saved. Download it again."));
    case ErrorKind::CannotDecode:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "This file cannot be played here. Download it and open it in another player."));
    case ErrorKind::NoMedia:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The task has no such result. Choose another result or another version."));
    case ErrorKind::DiskFull:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The disk is full. Free some space, or choose another folder in Settings."));
    case ErrorKind::CannotWrite:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The file cannot be written. Check the folder and its "
                                     "permissions, or choose another folder in Settings."));
    case ErrorKind::NameTaken:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "Another program is writing a file of this name. Try again for another name."));
    case ErrorKind::CannotRead:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText",
            "The file cannot be read. Check that it is there and that you may open it."));
    case ErrorKind::AnswerBroken:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The kept answer is damaged. Check the task again to get a new one."));
    case ErrorKind::LibraryBroken:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The library is damaged. Start Taskreel again: it then sets "
                                     "the file aside and begins a new one."));
    case ErrorKind::LibraryTooNew:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "A newer Taskreel made this library, so it was left alone. "
                                     "Update Taskreel to open it."));
    case ErrorKind::Cancelled:
        return say(
            QT_TRANSLATE_NOOP("ErrorText", "It was cancelled. Start it again when you want it."));
    case ErrorKind::Other:
        break;
    }
    return say(QT_TRANSLATE_NOOP(
        "ErrorText", "Something unexpected went wrong. Try again; the details may help."));
}

/// For a file whose tries are over: nothing goes on by itself. Empty: as sentence() says.
static QString sentenceByHand(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::RateLimited:
        return say(QT_TRANSLATE_NOOP("ErrorText",
                                     "The server asks for fewer requests. Try again in a while."));
    case ErrorKind::ServerFault:
        return say(QT_TRANSLATE_NOOP("ErrorText", "The server has a fault. Try again later."));
    case ErrorKind::BadAnswer:
        return say(
            QT_TRANSLATE_NOOP("ErrorText", "The server's answer cannot be read. Try again later."));
    case ErrorKind::Unreachable:
        return say(QT_TRANSLATE_NOOP(
            "ErrorText", "The server cannot be reached. Check the network, then try again."));
    case ErrorKind::ConnectionLost:
        return say(QT_TRANSLATE_NOOP("ErrorText", "The connection was lost. Try again."));
    case ErrorKind::Timeout:
        return say(QT_TRANSLATE_NOOP("ErrorText", "The server did not answer in time. Try again."));
    default:
        return {};
    }
}

/// Plain text on one line, of a length that a banner can hold.
static QString serverWords(const QString &message)
{
    constexpr qsizetype kLongest = 300;
    const QString plain = message.simplified();
    return plain.size() > kLongest ? plain.left(kLongest) + u'\u2026' : plain;
}

static bool hasUsefulDetail(ErrorKind kind)
{
    return kind == ErrorKind::Redirected || kind == ErrorKind::CannotWrite
        || kind == ErrorKind::CannotRead || kind == ErrorKind::DiskFull
        || kind == ErrorKind::LibraryBroken || kind == ErrorKind::LibraryTooNew;
}

QString errorSentence(const Error &error, Retry retry)
{
    QString text = retry == Retry::ByHand ? sentenceByHand(error.kind) : QString();
    if (text.isEmpty())
        text = sentence(error.kind);
    if (text.isEmpty())
        return text;
    QStringList more;
    if (const QString words = serverWords(error.message); !words.isEmpty())
        more.append(words);
    if (const QString detail = serverWords(error.detail);
        hasUsefulDetail(error.kind) && !detail.isEmpty() && detail != error.message)
        more.append(detail);
    if (error.httpStatus > 0 && isPassing(error.kind))
        more.append(u"HTTP %1"_s.arg(error.httpStatus));
    if (more.isEmpty())
        return text;
    //: %1: what happened and what to do, %2: the words of the server or the system
    return QCoreApplication::translate("ErrorText", "%1 (%2)").arg(text, more.join(u" \u00b7 "_s));
}

static QString phrase(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::None:
        return {};
    case ErrorKind::NoKey:
        return say(QT_TRANSLATE_NOOP("ErrorText", "no key"));
    case ErrorKind::KeyRefused:
        return say(QT_TRANSLATE_NOOP("ErrorText", "key refused"));
    case ErrorKind::Forbidden:
        return say(QT_TRANSLATE_NOOP("ErrorText", "not allowed"));
    case ErrorKind::OutOfCredit:
        return say(QT_TRANSLATE_NOOP("ErrorText", "out of credit"));
    case ErrorKind::NotFound:
        return say(QT_TRANSLATE_NOOP("ErrorText", "not found"));
    case ErrorKind::RateLimited:
        return say(QT_TRANSLATE_NOOP("ErrorText", "too many requests"));
    case ErrorKind::ServerFault:
        return say(QT_TRANSLATE_NOOP("ErrorText", "service fault"));
    case ErrorKind::BadAnswer:
        return say(QT_TRANSLATE_NOOP("ErrorText", "unreadable answer"));
    case ErrorKind::Unreachable:
        return say(QT_TRANSLATE_NOOP("ErrorText", "unreachable"));
    case ErrorKind::ConnectionLost:
        return say(QT_TRANSLATE_NOOP("ErrorText", "connection lost"));
    case ErrorKind::Timeout:
        return say(QT_TRANSLATE_NOOP("ErrorText", "no answer in time"));
    case ErrorKind::TlsFailed:
        return say(QT_TRANSLATE_NOOP("ErrorText", "secure connection failed"));
    case ErrorKind::Redirected:
        return say(QT_TRANSLATE_NOOP("ErrorText", "service moved"));
    case ErrorKind::RefusedAddress:
        return say(QT_TRANSLATE_NOOP("ErrorText", "address refused"));
    case ErrorKind::TooLarge:
        return say(QT_TRANSLATE_NOOP("ErrorText", "too large"));
    case ErrorKind::LinkDead:
        return say(QT_TRANSLATE_NOOP("ErrorText", "link ended"));
    case ErrorKind::LinkGone:
        return say(QT_TRANSLATE_NOOP("ErrorText", "no longer there"));
    case ErrorKind::NotMedia:
        return say(QT_TRANSLATE_NOOP("ErrorText", "not a media file"));
    case ErrorKind::Incomplete:
        return say(QT_TRANSLATE_NOOP("ErrorText", "cut short"));
    case ErrorKind::CannotDecode:
        return say(QT_TRANSLATE_NOOP("ErrorText", "cannot be played"));
    case ErrorKind::NoMedia:
        return say(QT_TRANSLATE_NOOP("ErrorText", "no result"));
    case ErrorKind::DiskFull:
        return say(QT_TRANSLATE_NOOP("ErrorText", "disk full"));
    case ErrorKind::CannotWrite:
        return say(QT_TRANSLATE_NOOP("ErrorText", "cannot be written"));
    case ErrorKind::NameTaken:
        return say(QT_TRANSLATE_NOOP("ErrorText", "name in use"));
    case ErrorKind::CannotRead:
        return say(QT_TRANSLATE_NOOP("ErrorText", "cannot be read"));
    case ErrorKind::AnswerBroken:
        return say(QT_TRANSLATE_NOOP("ErrorText", "kept answer damaged"));
    case ErrorKind::LibraryBroken:
        return say(QT_TRANSLATE_NOOP("ErrorText", "library damaged"));
    case ErrorKind::LibraryTooNew:
        return say(QT_TRANSLATE_NOOP("ErrorText", "library too new"));
    case ErrorKind::Cancelled:
        return say(QT_TRANSLATE_NOOP("ErrorText", "cancelled"));
    case ErrorKind::Other:
        break;
    }
    return say(QT_TRANSLATE_NOOP("ErrorText", "unexpected error"));
}

QString errorPhrase(const Error &error)
{
    const bool withStatus = error.httpStatus > 0
        && (error.kind == ErrorKind::ServerFault || error.kind == ErrorKind::Other
            || error.kind == ErrorKind::LinkDead);
    if (!withStatus)
        return phrase(error.kind);
    //: %1: a few words, %2: the number of an HTTP status, as in "service fault (502)"
    return QCoreApplication::translate("ErrorText", "%1 (%2)", "status")
        .arg(phrase(error.kind), QString::number(error.httpStatus));
}

} // namespace taskreel
