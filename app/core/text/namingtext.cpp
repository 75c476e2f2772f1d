// SPDX-License-Identifier: MIT
#include "core/text/namingtext.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString say(const char *text)
{
    return QCoreApplication::translate("NamingText", text);
}

QString templateProblemText(const TemplateProblem &problem)
{
    using Fault = TemplateProblem::Fault;
    switch (problem.fault) {
    case Fault::None:
        return {};
    case Fault::Empty:
        return say(QT_TRANSLATE_NOOP(
            "NamingText", "There is no name for the file. Write one, such as {date}_{id8}."));
    case Fault::UnknownPlaceholder:
        return say(QT_TRANSLATE_NOOP("NamingText",
                                     "There is no placeholder %1. Insert offers those there are."))
            .arg(problem.part);
    case Fault::OpenBrace:
        return say(QT_TRANSLATE_NOOP("NamingText",
                                     "%1 has no closing brace. Write } after the placeholder."))
            .arg(problem.part);
    case Fault::StrayBrace:
        return say(QT_TRANSLATE_NOOP("NamingText", "There is a } without a { before it."));
    case Fault::OneNameForAll:
        return say(QT_TRANSLATE_NOOP(
            "NamingText",
            "All files would have this one name. Insert a placeholder, such as {id8}."));
    case Fault::Upwards:
        return say(QT_TRANSLATE_NOOP(
            "NamingText", "Files stay inside the download folder: leave out \u201c..\u201d."));
    case Fault::TooManyFolders:
        return say(
            QT_TRANSLATE_NOOP("NamingText", "Seven folders inside each other are the most."));
    }
    return {};
}

QString placeholderText(const QString &placeholder)
{
    static const QHash<QString, const char *> words{
        {u"model"_s, QT_TRANSLATE_NOOP("NamingText", "Model")},
        {u"type"_s, QT_TRANSLATE_NOOP("NamingText", "Type of the task")},
        {u"date"_s, QT_TRANSLATE_NOOP("NamingText", "Day it was created")},
        {u"time"_s, QT_TRANSLATE_NOOP("NamingText", "Time it was created")},
        {u"id"_s, QT_TRANSLATE_NOOP("NamingText", "Task ID")},
        {u"id8"_s, QT_TRANSLATE_NOOP("NamingText", "First 8 characters of the ID")},
        {u"work"_s, QT_TRANSLATE_NOOP("NamingText", "Number of the work")},
        {u"works"_s, QT_TRANSLATE_NOOP("NamingText", "How many works there are")},
        {u"variant"_s, QT_TRANSLATE_NOOP("NamingText", "With or without watermark")},
        {u"size"_s, QT_TRANSLATE_NOOP("NamingText", "Width x height")},
        {u"width"_s, QT_TRANSLATE_NOOP("NamingText", "Width")},
        {u"height"_s, QT_TRANSLATE_NOOP("NamingText", "Height")},
        {u"duration"_s, QT_TRANSLATE_NOOP("NamingText", "Duration in seconds")},
        {u"prompt"_s, QT_TRANSLATE_NOOP("NamingText", "Start of the prompt")},
        {u"seed"_s, QT_TRANSLATE_NOOP("NamingText", "Seed")},
        {u"ext"_s, QT_TRANSLATE_NOOP("NamingText", "Extension")},
    };
    const char *text = words.value(placeholder, nullptr);
    return text ? say(text) : QString();
}

} // namespace taskreel
