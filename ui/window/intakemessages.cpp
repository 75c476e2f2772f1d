// SPDX-License-Identifier: MIT
#include "ui/window/intakemessages.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text, qsizetype count = -1)
{
    return QCoreApplication::translate("taskreel::IntakeMessages", text, nullptr, int(count));
}

QString section(const QString &title, const QStringList &lines)
{
    return lines.isEmpty() ? QString() : title + u'\n' + lines.join(u'\n') + u"\n\n"_s;
}

} // namespace

QString intakeSentence(const IntakeReport &report)
{
    QStringList parts;
    if (!report.added.isEmpty())
        parts.append(words(QT_TRANSLATE_N_NOOP("taskreel::IntakeMessages", "%n added"),
                           report.added.size()));
    if (!report.known.isEmpty())
        parts.append(words(QT_TRANSLATE_N_NOOP("taskreel::IntakeMessages", "%n already here"),
                           report.known.size()));
    if (!report.notUnderstood.isEmpty())
        parts.append(words(QT_TRANSLATE_N_NOOP("taskreel::IntakeMessages", "%n not understood"),
                           report.notUnderstood.size()));
    if (!report.unreadableFiles.isEmpty())
        parts.append(words(QT_TRANSLATE_N_NOOP("taskreel::IntakeMessages", "%n file(s) not readable"),
                           report.unreadableFiles.size()));
    if (parts.isEmpty())
        return words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages",
                                       "There is no task ID in that text. An ID looks like "
                                       "b3efc0ab-3fdb-4b88-b20a-94eef777e125."));
    return parts.join(u", "_s);
}

bool hasMoreToShow(const IntakeReport &report)
{
    return !report.notUnderstood.isEmpty() || !report.unreadableFiles.isEmpty()
            || !report.offered.isEmpty();
}

void showIntakeDetails(const IntakeReport &report, Intake *intake, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"intakeDetails"_s);
    dialog->setWindowTitle(words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages", "What was pasted")));
    auto *text = new QPlainTextEdit;
    text->setObjectName(u"intakeText"_s);
    text->setAccessibleName(dialog->windowTitle());
    text->setReadOnly(true);
    text->setPlainText(
            (section(words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages",
                                             "Looks like a task ID, but is too long or too short:")),
                     report.notUnderstood)
             + section(words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages", "Files that could not be read:")),
                       report.unreadableFiles)
             + section(words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages",
                                               "Parent tasks that are not in the list:")),
                       report.offered))
                    .trimmed());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *close = buttons->button(QDialogButtonBox::Close);
    close->setObjectName(u"intakeClose"_s);
    close->setAccessibleName(words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages", "Close")));
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    if (!report.offered.isEmpty()) {
        auto *add = buttons->addButton(
                words(QT_TRANSLATE_NOOP("taskreel::IntakeMessages", "Add parents")),
                QDialogButtonBox::ActionRole);
        add->setObjectName(u"intakeAddParents"_s);
        add->setAccessibleName(add->text());
        QObject::connect(add, &QPushButton::clicked, intake, [intake, dialog, ids = report.offered] {
            intake->addText(ids.join(u'\n'));
            dialog->close();
        });
    }
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->resize(480, 320);
    dialog->show();
}

} // namespace taskreel
