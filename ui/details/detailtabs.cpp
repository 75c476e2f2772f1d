// SPDX-License-Identifier: MIT
#include "ui/details/detailtabs.h"

#include "core/domain/onpool.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/textkeys.h"
#include "ui/details/factsview.h"
#include "ui/details/jsontext.h"
#include "ui/details/markseditor.h"
#include "ui/details/tasklog.h"
#include "ui/details/workviewer.h"
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QVBoxLayout>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace taskreel {

/// Setting the same text again would lose selection and scroll position.
static void setTextIfNew(QPlainTextEdit *view, const QString &text)
{
    if (view->toPlainText() != text)
        view->setPlainText(text);
}

DetailTabs::DetailTabs(Theme *theme, TaskRepository *repository, WorkViewer *viewer, MarksEditor *marks,
                       QWidget *parent)
    : QTabWidget(parent)
    , m_theme(theme)
    , m_repository(repository)
    , m_viewer(viewer)
    , m_log(new TaskLog(repository, this))
    , m_facts(new FactsView(theme))
{
    setObjectName(u"detailTabs"_s);
    setDocumentMode(true);
    auto *details = new QWidget;
    auto *column = new QVBoxLayout(details);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(marks);
    column->addWidget(m_facts, 1);
    addTab(details, tr("Details"));
    m_prompt = addText(tr("Prompt"), tr("Prompt"), u"promptView"_s);
    m_json = addText(tr("JSON"), tr("Raw answer"), u"jsonView"_s);
    m_logView = addText(tr("Log"), tr("What happened"), u"logView"_s);
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_clock.setInterval(30s);
    connect(&m_clock, &QTimer::timeout, this, &DetailTabs::updateFacts);
    m_clock.start();
    connect(this, &QTabWidget::currentChanged, this, &DetailTabs::requestJson);
    connect(viewer, &WorkViewer::taskChanged, this, &DetailTabs::updateTexts);
    connect(viewer, &WorkViewer::itemsChanged, this, &DetailTabs::updateFacts);
    connect(viewer, &WorkViewer::itemChanged, this, &DetailTabs::updateFacts);
    connect(repository, &TaskRepository::answerReady, this, &DetailTabs::takeJson);
    connect(m_log, &TaskLog::changed, this, [this](const QStringList &ids) {
        if (ids.contains(m_viewer->taskId()))
            updateLog();
    });
    connect(theme, &Theme::changed, this, &DetailTabs::colour);
    colour();
    updateTexts();
}

QPlainTextEdit *DetailTabs::addText(const QString &title, const QString &name,
                                    const QString &objectName)
{
    auto *view = new QPlainTextEdit;
    view->setObjectName(objectName);
    view->setAccessibleName(name);
    view->setReadOnly(true);
    keepTextKeys(view);
    view->setFrameShape(QFrame::NoFrame);
    view->setTabChangesFocus(true);
    view->document()->setDocumentMargin(measure::kMargin);
    addTab(view, title);
    return view;
}

void DetailTabs::colour()
{
    // Text to read, not a field to fill: it stands on the pane itself.
    for (QPlainTextEdit *view : {m_prompt, m_json, m_logView}) {
        QPalette onPane = palette();
        onPane.setColor(QPalette::Base, m_theme->color(ColorToken::Window));
        view->setPalette(onPane);
    }
}

void DetailTabs::updateTexts()
{
    const std::optional<Task> &task = m_viewer->task();
    QStringList parts;
    if (task) {
        parts.append(task->prompt);
        if (!task->negativePrompt.isEmpty())
            parts.append(tr("Negative prompt: %1").arg(task->negativePrompt));
        parts.append(textResults(*task));
        parts.removeAll(QString());
    }
    setTextIfNew(m_prompt, parts.join(u"\n\n"_s));
    m_prompt->setPlaceholderText(task ? tr("The answer holds no prompt.") : QString());
    updateFacts();
    updateLog();
    if (m_viewer->taskId() != m_jsonTaskId) {
        m_jsonTaskId.clear();
        showJson({}); // never the answer of another task
    }
    const QDateTime answeredAt = m_viewer->row() ? m_viewer->row()->answeredAt : QDateTime();
    if (answeredAt != m_jsonAnsweredAt)
        m_jsonTaskId.clear(); // what is shown is old
    requestJson();
}

void DetailTabs::updateFacts()
{
    const ClipLoader::Entry *shown = m_viewer->shown();
    FactSources sources;
    sources.row = m_viewer->row();
    sources.task = m_viewer->task() ? &*m_viewer->task() : nullptr;
    sources.item = m_viewer->item();
    sources.source = shown ? &shown->source : nullptr;
    sources.file = shown && shown->file ? &*shown->file : nullptr;
    sources.now = QDateTime::currentDateTimeUtc();
    m_facts->setFacts(taskFacts(sources));
}

void DetailTabs::updateLog()
{
    setTextIfNew(m_logView, m_log->lines(m_viewer->taskId()).join(u'\n'));
}

void DetailTabs::requestJson()
{
    const QString id = m_viewer->taskId();
    // Read only when somebody looks: an answer may be large.
    if (id.isEmpty() || currentWidget() != m_json || m_jsonTaskId == id)
        return;
    m_jsonTaskId = id;
    m_jsonAnsweredAt = m_viewer->row() ? m_viewer->row()->answeredAt : QDateTime();
    m_repository->requestAnswer(id);
}

void DetailTabs::takeJson(const QString &id, const QByteArray &json)
{
    if (id != m_viewer->taskId() || id != m_jsonTaskId)
        return;
    const quint64 generation = ++m_jsonGeneration;
    if (json.isEmpty()) {
        showJson(tr("Nothing was answered yet."));
        return;
    }
    onPool(
        this,
        [json] { return JsonText::readable(json); },
        [this, id, generation](const QString &text) {
            if (generation == m_jsonGeneration && id == m_viewer->taskId())
                showJson(text);
        });
}

void DetailTabs::showJson(const QString &text)
{
    // The whole text is not asked back from the view: it is long.
    const size_t hash = qHash(text);
    if (hash == m_jsonHash)
        return;
    m_jsonHash = hash;
    m_json->setPlainText(text);
}

} // namespace taskreel
