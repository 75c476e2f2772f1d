// SPDX-License-Identifier: MIT
#include "core/text/requesttext.h"

#include "core/text/errortext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString say(const char *text)
{
    return QCoreApplication::translate("RequestText", text);
}

/// With the words of the service behind it, on one line and not without end.
static QString withWords(const QString &sentence, const QString &message)
{
    constexpr qsizetype kLongest = 300;
    const QString words = message.simplified();
    if (words.isEmpty())
        return sentence;
    const QString shown = words.size() > kLongest ? words.left(kLongest) + u'\u2026' : words;
    //: %1: what happened and what to do, %2: the words of the service
    return say(QT_TRANSLATE_NOOP("RequestText", "%1 (%2)")).arg(sentence, shown);
}

QString historyErrorSentence(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::KeyRefused:
        return withWords(say(QT_TRANSLATE_NOOP(
                             "RequestText",
                             "The service does not show the history to this API key. Enter a key of "
                             "the account whose tasks you look for.")),
                         error.message);
    case ErrorKind::Forbidden:
        return withWords(
            say(QT_TRANSLATE_NOOP("RequestText",
                                  "The service does not allow this account to list its history. "
                                  "Add the tasks by their IDs instead.")),
            error.message);
    case ErrorKind::NotFound:
        return withWords(
            say(QT_TRANSLATE_NOOP("RequestText",
                                  "There is no history at this service address. Check the address in "
                                  "Settings, or add the tasks by their IDs.")),
            error.message);
    case ErrorKind::BadAnswer:
        return say(QT_TRANSLATE_NOOP("RequestText",
                                     "The service answered with something other than a history. Try "
                                     "again later, or add the tasks by their IDs."));
    case ErrorKind::ServerFault:
        // A page for people where data was asked for, whatever status it came with.
        if (error.httpStatus < 500) {
            return withWords(
                say(QT_TRANSLATE_NOOP("RequestText",
                                      "A web page came instead of the history. Check the service "
                                      "address in Settings, or try again later.")),
                error.message);
        }
        return withWords(say(QT_TRANSLATE_NOOP("RequestText",
                                               "The service has a fault and gives no history just "
                                               "now. Try again later.")),
                         error.message);
    case ErrorKind::Unreachable:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Timeout:
        return say(QT_TRANSLATE_NOOP("RequestText",
                                     "The service cannot be reached. Check the network, then go on."));
    default:
        return errorSentence(error);
    }
}

QString cancelErrorSentence(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NotFound: // what it says of ids that it knows, too
    case ErrorKind::Forbidden:
    case ErrorKind::BadAnswer:
    case ErrorKind::ServerFault:
    case ErrorKind::Other:
        return withWords(say(QT_TRANSLATE_NOOP("RequestText", "The service did not cancel it.")),
                         error.message);
    case ErrorKind::RateLimited:
        return say(QT_TRANSLATE_NOOP("RequestText",
                                     "The service wants fewer requests just now. Cancel again when "
                                     "the pause is over."));
    case ErrorKind::Unreachable:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Timeout:
        return say(QT_TRANSLATE_NOOP(
            "RequestText",
            "The service could not be reached, so perhaps nothing was cancelled. Try again."));
    default:
        return errorSentence(error);
    }
}

} // namespace taskreel
