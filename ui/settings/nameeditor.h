// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/namecheck.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QMenu;

namespace taskreel {

class AppSettings;
class TaskRepository;
class Theme;

/// The template of file names: a field, a menu of placeholders, what the selected task's files would be
/// called, and how many results of the list would share a name. What cannot be used is said and not
/// applied. GUI thread; names of the whole list are made on the pool.
class NameEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NameEditor)

public:
    /// @param settings, theme borrowed, outlive this
    NameEditor(AppSettings *settings, Theme *theme, int width, QWidget *parent = nullptr);
    ~NameEditor() override;

    /// The list to check, and the task to show the names of: empty, an invented one.
    void setTasks(TaskRepository *repository, const QString &shownId);
    void apply(); ///< what is in the field, if it can be used

private:
    QMenu *makeMenu();
    QLabel *addNote(const QString &objectName);
    void insert(const QString &placeholder);
    void readTask();
    void refresh();
    void check();
    void take(quint64 order, const NameClashes &clashes);
    void showPreview(const QString &nameTemplate);
    void setNote(QLabel *note, const QString &text, bool isProblem);
    void colour();
    [[nodiscard]] VariantWish wish() const;

    AppSettings *m_settings;
    Theme *m_theme;
    QLineEdit *m_field;
    QLabel *m_preview;
    QLabel *m_clashes;
    QPointer<TaskRepository> m_repository;
    QString m_shownId;
    std::optional<Task> m_task; ///< the one shown; none: the invented one
    QTimer m_checkSoon; ///< when nobody types
    quint64 m_order = 0; ///< of checks: an older one's end is no news
    std::shared_ptr<std::atomic_bool> m_stop; ///< of the newest check; read on the pool
};

} // namespace taskreel
