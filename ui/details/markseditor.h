// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace taskreel {

class ActionRegistry;
class TagField;
class TaskRepository;
class TaskSelection;
class Theme;

/// One line with what the user says of the selected tasks: star and rejection (the registry's actions),
/// tags, note. Says what was edited and changes nothing itself: whoever listens makes it a step that can
/// be undone. Leaving a field ends its edit, Escape takes it back. GUI thread.
class MarksEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MarksEditor)

public:
    /// All borrowed, all outlive this.
    struct Services
    {
        Theme *theme = nullptr;
        TaskRepository *repository = nullptr;
        TaskSelection *selection = nullptr;
        ActionRegistry *actions = nullptr;
    };
    explicit MarksEditor(const Services &services, QWidget *parent = nullptr);

    void editTags();
    void editNote();

Q_SIGNALS:
    /// @param given, taken tags that all of them get or lose
    void tagsEdited(const QStringList &ids, const QStringList &given, const QStringList &taken);
    void noteEdited(const QStringList &ids, const QString &note);
    void left(); ///< by Return or Escape: the keys go back to the list

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &objectName);
    void findActions();
    void takeSelection();
    void showMarks();
    void commitTags();
    void commitNote();
    void revert(QLineEdit *field);
    [[nodiscard]] QStringList tagsInUse() const;

    Services m_services;
    QList<std::pair<QString, QToolButton *>> m_buttons; ///< by their action's id
    TagField *m_tags;
    QLineEdit *m_note;
    QTimer m_later; ///< selections and changes of a turn
    QStringList m_ids; ///< whose marks are shown
    QStringList m_commonTags;
    QString m_commonNote;
    bool m_ownNotes = false; ///< the notes of several tasks differ
};

} // namespace taskreel
