// SPDX-License-Identifier: MIT
#include "ui/details/tagfield.h"

#include "core/domain/taskmarks.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

using namespace Qt::StringLiterals;

namespace taskreel {

TagField::TagField(QWidget *parent)
    : QLineEdit(parent)
    , m_offered(new QStringListModel(this))
    , m_completer(new QCompleter(m_offered, this))
{
    m_completer->setWidget(this); // not setCompleter(): that one completes the whole line
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchStartsWith);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(this, &QLineEdit::textEdited, this, &TagField::offer);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &TagField::take);
}

void TagField::setKnownTags(const QStringList &tags)
{
    m_known = tags;
}

QStringList TagField::tags() const
{
    return tidyTags({text()});
}

TagField::Span TagField::wordAtCursor() const
{
    const QString line = text();
    const qsizetype cursor = cursorPosition();
    const qsizetype comma = cursor > 0 ? line.lastIndexOf(u',', cursor - 1) : -1;
    const qsizetype next = line.indexOf(u',', cursor);
    return {comma + 1, next < 0 ? line.size() : next};
}

void TagField::offer()
{
    const Span span = wordAtCursor();
    const QString typed = text().mid(span.from, cursorPosition() - span.from).simplified();
    // What stands in the line already is not offered again.
    const QStringList others = tidyTags({text().left(span.from), text().mid(span.to)});
    QStringList offered;
    for (const QString &tag : std::as_const(m_known)) {
        if (!others.contains(tag, Qt::CaseInsensitive) && tag != typed)
            offered.append(tag);
    }
    m_offered->setStringList(offered);
    m_completer->setCompletionPrefix(typed);
    if (typed.isEmpty() || m_completer->completionCount() == 0)
        m_completer->popup()->hide();
    else
        m_completer->complete();
}

void TagField::take(const QString &tag)
{
    const Span span = wordAtCursor();
    const QString before = text().left(span.from);
    const QString after = text().mid(span.to);
    QString word = (before.isEmpty() ? QString() : u" "_s) + tag;
    if (after.isEmpty())
        word += u", "_s; // ready for the next one
    setText(before + word + after);
    setModified(true);
    setCursorPosition(int(before.size() + word.size()));
}

void TagField::keyPressEvent(QKeyEvent *event)
{
    QAbstractItemView *popup = m_completer->popup();
    if (popup->isVisible()) {
        const int key = event->key();
        const bool choosing = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab;
        if (key == Qt::Key_Escape || (choosing && popup->currentIndex().isValid())) {
            event->ignore(); // the completer's
            return;
        }
        if (choosing)
            popup->hide(); // nothing chosen there: the key is for what was typed
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace taskreel
