// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QTabWidget>
#include <QTimer>

class QPlainTextEdit;

namespace taskreel {

class FactsView;
class MarksEditor;
class TaskLog;
class TaskRepository;
class Theme;
class WorkViewer;

/// Details, prompt, raw answer and log of the shown task. Follows the viewer by itself. GUI thread.
class DetailTabs final : public QTabWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailTabs)

public:
    /// Theme, repository and viewer are borrowed and outlive this.
    /// @param marks becomes a child, above the facts
    DetailTabs(Theme *theme, TaskRepository *repository, WorkViewer *viewer, MarksEditor *marks,
               QWidget *parent = nullptr);

private:
    [[nodiscard]] QPlainTextEdit *addText(const QString &title, const QString &name,
                                          const QString &objectName);
    void updateTexts();
    void updateFacts();
    void updateLog();
    void requestJson();
    void takeJson(const QString &id, const QByteArray &json);
    void showJson(const QString &text);
    void colour();

    Theme *m_theme;
    TaskRepository *m_repository;
    WorkViewer *m_viewer;
    TaskLog *m_log;
    FactsView *m_facts;
    QPlainTextEdit *m_prompt;
    QPlainTextEdit *m_json;
    QPlainTextEdit *m_logView;
    QTimer m_clock; ///< ages grow
    QString m_jsonTaskId; ///< whose JSON is shown or on its way
    QDateTime m_jsonAnsweredAt; ///< which answer of that task
    size_t m_jsonHash = qHash(QString()); ///< of the text in the view
    quint64 m_jsonGeneration = 0;
};

} // namespace taskreel
