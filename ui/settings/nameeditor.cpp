// SPDX-License-Identifier: MIT
#include "ui/settings/nameeditor.h"

#include "core/domain/onpool.h"
#include "core/downloads/downloadplan.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "core/text/namingtext.h"
#include "core/text/tooltips.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr char kProblem[] = "problem";

/// An invented result that shows what a template makes of one.
NameFields sampleFields()
{
    NameFields fields;
    fields.model = u"kling"_s;
    fields.type = u"video_generation"_s;
    fields.created = QDateTime(QDate(2026, 11, 24), QTime(9, 58), Qt::UTC);
    fields.taskId = u"b3efc0ab-3fdb-4b88-b20a-94eef777e125"_s;
    fields.work = 1;
    fields.works = 3;
    fields.variant = Variant::Unwatermarked;
    fields.size = {1440, 1440};
    fields.durationMs = 5100;
    fields.prompt = NameEditor::tr("Paper boats drift down a river");
    fields.seed = u"4711"_s;
    fields.extension = u"mp4"_s;
    return fields;
}

} // namespace

NameEditor::NameEditor(AppSettings *settings, Theme *theme, int width, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_field(new QLineEdit(settings->nameTemplate()))
    , m_preview(nullptr)
    , m_clashes(nullptr)
{
    setFixedWidth(width);
    m_field->setObjectName(u"settingsNameTemplate"_s);
    m_field->setAccessibleName(tr("File names"));
    auto *button = new QPushButton(tr("Insert"));
    button->setObjectName(u"settingsInsertPlaceholder"_s);
    button->setAccessibleName(tr("Insert placeholder"));
    button->setAutoDefault(false);
    button->setMenu(makeMenu());
    auto *line = new QHBoxLayout;
    line->setSpacing(measure::kGap);
    line->addWidget(m_field, 1);
    line->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGrid);
    column->addLayout(line);
    m_preview = addNote(u"settingsNamePreview"_s);
    m_clashes = addNote(u"settingsNameClashes"_s);
    setFocusProxy(m_field);
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(150ms);
    connect(&m_checkSoon, &QTimer::timeout, this, &NameEditor::check);
    connect(m_field, &QLineEdit::textChanged, this, &NameEditor::refresh);
    connect(m_field, &QLineEdit::editingFinished, this, &NameEditor::apply);
    connect(theme, &Theme::changed, this, &NameEditor::colour);
    refresh();
}

NameEditor::~NameEditor()
{
    m_field->disconnect(this); // it loses the focus after this has ceased to be an editor
    if (m_stop)
        *m_stop = true;
}

QMenu *NameEditor::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"placeholderMenu"_s);
    menu->setAccessibleName(tr("Placeholders"));
    const QStringList names = namePlaceholders();
    for (const QString &name : names) {
        const QString placeholder = u'{' + name + u'}';
        QAction *action = menu->addAction(placeholderText(name) + u'\t' + placeholder);
        action->setObjectName(placeholder);
        connect(action, &QAction::triggered, this, [this, placeholder] { insert(placeholder); });
    }
    return menu;
}

QLabel *NameEditor::addNote(const QString &objectName)
{
    auto *note = new QLabel(this);
    note->setObjectName(objectName);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setFont(m_theme->smallFont(font()));
    // Room for two lines at all times: what stands below does not move while one types.
    note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    note->setMinimumHeight(2 * QFontMetrics(note->font()).lineSpacing());
    layout()->addWidget(note);
    return note;
}

void NameEditor::insert(const QString &placeholder)
{
    // At the cursor, in place of what is selected; the focus goes back to where one types on.
    m_field->insert(placeholder);
    m_field->setFocus();
}

VariantWish NameEditor::wish() const
{
    return m_settings->withoutWatermark() ? VariantWish::Unwatermarked : VariantWish::Watermarked;
}

void NameEditor::setTasks(TaskRepository *repository, const QString &shownId)
{
    m_repository = repository;
    m_shownId = shownId;
    connect(repository, &TaskRepository::taskReady, this, [this](const Task &task) {
        if (task.id != m_shownId)
            return;
        m_task = task;
        refresh();
    });
    readTask();
    refresh();
}

void NameEditor::readTask()
{
    if (m_repository && !m_shownId.isEmpty())
        m_task = m_repository->task(m_shownId); // else taskReady() follows
}

void NameEditor::refresh()
{
    const QString nameTemplate = m_field->text();
    const QString problem = templateProblemText(nameTemplateProblem(nameTemplate));
    setNote(m_clashes, QString(), false);
    ++m_order;
    if (!problem.isEmpty()) {
        m_checkSoon.stop();
        setNote(m_preview, problem, true);
        return;
    }
    showPreview(nameTemplate);
    m_checkSoon.start();
}

void NameEditor::showPreview(const QString &nameTemplate)
{
    QStringList paths;
    if (m_task) {
        const QList<PlannedFile> plan =
            planDownload(*m_task, std::nullopt, {wish(), m_settings->saveCovers()}, nameTemplate,
                         pathRoomIn(m_settings->downloadFolder()));
        for (const PlannedFile &file : plan)
            paths.append(file.relativePath);
    }
    if (paths.isEmpty())
        paths.append(relativeFilePath(nameTemplate, sampleFields()));
    constexpr int kMostShown = 1;
    const int more = int(paths.size()) - kMostShown;
    QString text = paths.mid(0, kMostShown).join(u'\n');
    if (more > 0)
        text += u'\n' + tr("and %n more", nullptr, more);
    setNote(m_preview, text, false);
}

void NameEditor::check()
{
    if (!m_repository)
        return;
    if (m_stop)
        *m_stop = true;
    m_stop = std::make_shared<std::atomic_bool>(false);
    // Rows are values that share their texts: copying ten thousand is quick, naming them is not.
    QList<TaskSummary> rows;
    const QStringList ids = m_repository->ids();
    rows.reserve(ids.size());
    for (const QString &id : ids) {
        const TaskSummary *row = m_repository->find(id);
        if (row->resultCount > 0)
            rows.append(*row);
    }
    onPool(
        this,
        [rows, nameTemplate = m_field->text(), wanted = wish(), stop = m_stop] {
            QList<NameFields> results;
            for (const TaskSummary &row : rows)
                results += resultNameFields(row, wanted);
            return nameClashes(nameTemplate, results, *stop);
        },
        [this, order = m_order](const NameClashes &clashes) { take(order, clashes); });
}

void NameEditor::take(quint64 order, const NameClashes &clashes)
{
    if (order != m_order)
        return;
    if (clashes.clashing == 0)
        return setNote(m_clashes, clashes.results > 1 ? tr("All results in the list get names of their own.") : QString(),
                       false);
    QStringList names;
    for (const QString &name : clashes.helps)
        names.append(u'{' + name + u'}');
    QString text = tr("%n result(s) would get the same name as another", nullptr, clashes.clashing);
    if (names.size() == 1)
        //: continues "… the same name as another"; %1: a placeholder
        text += tr("; %1 tells them apart.").arg(names.constFirst());
    else if (names.size() > 1)
        //: continues "… the same name as another"; %1: placeholders
        text += tr("; %1 together tell them apart.").arg(names.join(u", "_s));
    else
        //: continues "… the same name as another"
        text += tr("; they get numbers.");
    setNote(m_clashes, text, true);
}

void NameEditor::apply()
{
    if (nameTemplateProblem(m_field->text()).isNone())
        m_settings->setNameTemplate(m_field->text());
}

void NameEditor::setNote(QLabel *note, const QString &text, bool isProblem)
{
    note->setText(text);
    note->setToolTip(toolTipText(text)); // a long name has no place to break
    note->setProperty(kProblem, isProblem);
    colour();
}

void NameEditor::colour()
{
    for (QLabel *note : {m_preview, m_clashes}) {
        if (!note)
            continue;
        // A name in use gets a number: worth a word, no fault.
        const bool isProblem = note->property(kProblem).toBool();
        const ColorToken token = note == m_clashes ? ColorToken::Pending : ColorToken::Failed;
        QPalette quiet = palette();
        quiet.setColor(QPalette::WindowText, m_theme->color(isProblem ? token : ColorToken::Dim));
        note->setPalette(quiet);
    }
}

} // namespace taskreel
