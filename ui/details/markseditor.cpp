// SPDX-License-Identifier: MIT
#include "ui/details/markseditor.h"

#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/details/detailpane.h"
#include "ui/details/tagfield.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kNoteLimit = 4000; ///< characters

template<typename Field>
Field *named(Field *field, const QString &name, const QString &objectName)
{
    field->setAccessibleName(name);
    field->setObjectName(objectName);
    field->setMinimumWidth(60);
    return field;
}

} // namespace

MarksEditor::MarksEditor(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_tags(named(new TagField(this), tr("Tags"), u"tagsField"_s))
    , m_note(named(new QLineEdit(this), tr("Note"), u"noteField"_s))
{
    setObjectName(u"marksEditor"_s);
    m_note->setMaxLength(kNoteLimit);
    m_buttons = {
        {paneaction::kStar, makeButton(tr("Star"), u"paneStar"_s)},
        {paneaction::kReject, makeButton(tr("Reject"), u"paneReject"_s)},
    };
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kMargin, measure::kGap, measure::kMargin, 0);
    row->setSpacing(measure::kGrid);
    for (const auto &[id, button] : std::as_const(m_buttons))
        row->addWidget(button);
    row->addSpacing(measure::kGrid);
    row->addWidget(m_tags, 2);
    row->addWidget(m_note, 3);
    m_tags->installEventFilter(this);
    m_note->installEventFilter(this);
    connect(m_tags, &QLineEdit::editingFinished, this, &MarksEditor::commitTags);
    connect(m_note, &QLineEdit::editingFinished, this, &MarksEditor::commitNote);
    connect(m_tags, &QLineEdit::returnPressed, this, &MarksEditor::left);
    connect(m_note, &QLineEdit::returnPressed, this, &MarksEditor::left);

    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &MarksEditor::takeSelection);
    const auto later = qOverload<>(&QTimer::start);
    connect(services.selection, &TaskSelection::selectedChanged, &m_later, later);
    connect(services.selection, &TaskSelection::currentChanged, &m_later, later);
    connect(services.repository, &TaskRepository::tasksChanged, &m_later, later);
    connect(services.repository, &TaskRepository::tasksAdded, &m_later, later);
    connect(services.repository, &TaskRepository::tasksRemoved, &m_later, later);
    connect(services.repository, &TaskRepository::loaded, &m_later, later);
    takeSelection();
}

QToolButton *MarksEditor::makeButton(const QString &name, const QString &objectName)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    button->setIconSize({measure::kIcon - 2, measure::kIcon - 2});
    button->setFixedSize(30, 28);
    button->setFocusPolicy(Qt::TabFocus);
    button->setVisible(false);
    return button;
}

void MarksEditor::findActions()
{
    for (const auto &[id, button] : std::as_const(m_buttons)) {
        if (button->defaultAction() || !m_services.actions->contains(id))
            continue;
        QAction *action = m_services.actions->action(id);
        const QString name = button->accessibleName();
        button->setDefaultAction(action);
        button->setAccessibleName(name);
        button->setVisible(true);
        QStringList keys;
        for (const QKeySequence &key : m_services.actions->shortcutsOf(action))
            keys.append(key.toString(QKeySequence::NativeText));
        // On the action, since the button takes it from there at each change.
        if (!keys.isEmpty())
            action->setToolTip(u"%1 (%2)"_s.arg(name, keys.join(u", "_s)));
    }
}

void MarksEditor::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    findActions();
}

void MarksEditor::hideEvent(QHideEvent *event)
{
    // The window may close on a line that is being edited.
    commitTags();
    commitNote();
    QWidget::hideEvent(event);
}

void MarksEditor::takeSelection()
{
    QStringList ids;
    for (const QString &id : m_services.selection->selected()) {
        if (m_services.repository->contains(id))
            ids.append(id);
    }
    if (ids.isEmpty() && m_services.repository->contains(m_services.selection->current()))
        ids.append(m_services.selection->current());
    std::sort(ids.begin(), ids.end());
    if (ids != m_ids) {
        // What was typed belongs to those that were selected then.
        commitTags();
        commitNote();
        m_ids = ids;
        m_tags->setModified(false);
        m_note->setModified(false);
    }
    showMarks();
}

void MarksEditor::showMarks()
{
    m_commonTags.clear();
    m_commonNote.clear();
    m_ownNotes = false;
    bool first = true;
    for (const QString &id : std::as_const(m_ids)) {
        const TaskMarks marks = m_services.repository->find(id)->marks;
        if (first) {
            m_commonTags = marks.tags;
            m_commonNote = marks.note;
        } else {
            m_commonTags.removeIf([&marks](const QString &tag) { return !marks.tags.contains(tag); });
            m_ownNotes = m_ownNotes || marks.note != m_commonNote;
        }
        first = false;
    }
    if (m_ownNotes)
        m_commonNote.clear();
    const bool several = m_ids.size() > 1;
    m_tags->setPlaceholderText(several ? tr("Tags of all selected") : tr("Tags"));
    m_note->setPlaceholderText(m_ownNotes ? tr("Different notes") : tr("Note"));
    setEnabled(!m_ids.isEmpty());
    // A line that is being edited stays as it was typed.
    if (!m_tags->isModified())
        revert(m_tags);
    if (!m_note->isModified())
        revert(m_note);
}

void MarksEditor::revert(QLineEdit *field)
{
    const QString text = field == m_note ? m_commonNote : m_commonTags.join(u", "_s);
    if (field->text() != text) {
        field->setText(text);
        field->setCursorPosition(0);
    }
    field->setModified(false);
}

void MarksEditor::commitTags()
{
    if (!m_tags->isModified())
        return;
    m_tags->setModified(false);
    const QStringList now = m_tags->tags();
    QStringList given = now;
    given.removeIf([this](const QString &tag) { return m_commonTags.contains(tag); });
    QStringList taken = m_commonTags;
    taken.removeIf([&now](const QString &tag) { return now.contains(tag); });
    if (!m_ids.isEmpty() && !(given.isEmpty() && taken.isEmpty()))
        Q_EMIT tagsEdited(m_ids, given, taken);
    m_later.start();
}

void MarksEditor::commitNote()
{
    if (!m_note->isModified())
        return;
    m_note->setModified(false);
    const QString note = m_note->text().trimmed();
    // Of different notes an empty line says nothing.
    const bool same = note == m_commonNote;
    if (!m_ids.isEmpty() && !same)
        Q_EMIT noteEdited(m_ids, note);
    m_later.start();
}

void MarksEditor::editTags()
{
    takeSelection(); // the key may come before its turn
    m_tags->setFocus(Qt::ShortcutFocusReason);
    m_tags->setKnownTags(tagsInUse());
    if (!m_tags->text().isEmpty())
        m_tags->setText(m_tags->text() + u", "_s); // ready for one more
    m_tags->setModified(true); // an answer that arrives meanwhile leaves it alone
    m_tags->end(false);
}

void MarksEditor::editNote()
{
    takeSelection();
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->end(false);
}

bool MarksEditor::eventFilter(QObject *watched, QEvent *event)
{
    auto *field = watched == m_tags ? static_cast<QLineEdit *>(m_tags) : m_note;
    if (event->type() == QEvent::FocusIn && field == m_tags) {
        m_tags->setKnownTags(tagsInUse());
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape) {
            revert(field);
            Q_EMIT left();
            return true;
        }
    } else if (event->type() == QEvent::FocusOut && !field->isModified()) {
        revert(field); // without the comma that waited for one more
    }
    return QWidget::eventFilter(watched, event);
}

QStringList MarksEditor::tagsInUse() const
{
    QStringList tags;
    QSet<QString> seen;
    const QStringList ids = m_services.repository->ids();
    for (const QString &id : ids) {
        const QStringList own = m_services.repository->find(id)->marks.tags;
        for (const QString &tag : own) {
            if (!seen.contains(tag)) {
                seen.insert(tag);
                tags.append(tag);
            }
        }
    }
    return tidyTags(tags);
}

} // namespace taskreel
