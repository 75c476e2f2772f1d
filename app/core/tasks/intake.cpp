// SPDX-License-Identifier: MIT
#include "core/tasks/intake.h"

#include "core/domain/onpool.h"
#include "core/tasks/taskrepository.h"

#include <utility>

namespace taskreel {

static constexpr qsizetype kPoolCharacters = 256 * 1024 / static_cast<qsizetype>(sizeof(QChar));
/// What one turn adds: well under a frame's time.
static constexpr qsizetype kAnswersATurn = 50;
static constexpr qsizetype kIdsATurn = 5000;

Intake::Intake(TaskRepository *repository, QObject *parent)
    : QObject(parent), m_repository(repository)
{
    for (QTimer *timer : {&m_slice, &m_reporter}) {
        timer->setSingleShot(true);
        timer->setInterval(0);
    }
    connect(&m_slice, &QTimer::timeout, this, &Intake::addSlice);
    connect(&m_reporter, &QTimer::timeout, this, &Intake::reportFinished);
    connect(m_repository, &TaskRepository::addCommitted, this, &Intake::settled);
    connect(m_repository, &TaskRepository::addNotWritten, this, &Intake::settled);
}

void Intake::hold()
{
    m_held = true;
}

void Intake::release()
{
    m_held = false;
    if (!m_busy)
        startNext();
}

void Intake::addText(const QString &text)
{
    enqueue({text, {}, {}, {}});
}

void Intake::addFiles(const QStringList &paths)
{
    enqueue({{}, paths, {}, {}});
}

void Intake::addArguments(const QStringList &arguments)
{
    enqueue({{}, {}, arguments, {}});
}

void Intake::addIds(const QStringList &ids)
{
    enqueue({{}, {}, {}, ids});
}

void Intake::enqueue(const IntakeRequest &request)
{
    m_requests.push_back(request);
    if (!m_busy)
        startNext();
}

void Intake::startNext()
{
    if (m_held || m_requests.empty())
        return;
    m_busy = true;
    const IntakeRequest request = std::exchange(m_requests.front(), {});
    m_requests.pop_front();
    const bool small = request.files.isEmpty() && request.arguments.isEmpty()
        && request.text.size() <= kPoolCharacters;
    if (small) {
        found(readIntake(request));
        return;
    }
    onPool(
        this, [request] { return readIntake(request); },
        [this](const IntakeFinds &finds) { found(finds); });
}

void Intake::found(const IntakeFinds &finds)
{
    m_finds = finds;
    m_nextId = 0;
    m_addedAt = m_repository->newAddedAt();
    m_answersOf.clear();
    for (qsizetype i = 0; i < finds.answers.size(); ++i)
        m_answersOf[finds.answers.at(i).task.id.toLower()].append(i);
    m_report = {};
    m_report.notUnderstood = finds.notUnderstood;
    m_report.unreadableFiles = finds.unreadableFiles;
    m_report.answers = static_cast<int>(m_answersOf.size());
    addSlice();
}

void Intake::addSlice()
{
    QStringList ids;
    QList<qsizetype> answers;
    while (m_nextId < m_finds.ids.size() && answers.size() < kAnswersATurn
           && ids.size() < kIdsATurn) {
        const QString &id = m_finds.ids.at(m_nextId++);
        ids.append(id);
        answers += m_answersOf.value(id.toLower());
    }
    const AddOutcome outcome = m_repository->add(ids, m_addedAt);
    m_report.added += outcome.added;
    m_uncommitted.unite(QSet<QString>(outcome.added.cbegin(), outcome.added.cend()));
    m_report.known += outcome.known;
    // In the same turn as the rows: nobody may ask for what is answered already.
    for (const qsizetype place : std::as_const(answers))
        m_repository->merge(m_finds.answers.at(place), false);
    if (m_nextId < m_finds.ids.size())
        m_slice.start();
    else
        addDone();
}

void Intake::addDone()
{
    for (const QString &id : std::as_const(m_finds.offered)) {
        if (!m_repository->contains(id))
            m_report.offered.append(id);
    }
    m_unfinished.push_back({m_report, std::exchange(m_uncommitted, {})});
    m_finds = {};
    m_report = {};
    m_answersOf.clear();
    m_busy = false;
    m_reporter.start();
    startNext();
}

void Intake::settled(const QStringList &ids)
{
    for (const QString &id : ids) {
        m_uncommitted.remove(id);
        for (Unfinished &call : m_unfinished)
            call.uncommitted.remove(id);
    }
    m_reporter.start();
}

void Intake::reportFinished()
{
    while (!m_unfinished.empty() && m_unfinished.front().uncommitted.isEmpty()) {
        const IntakeReport report = m_unfinished.front().report;
        m_unfinished.pop_front();
        Q_EMIT finished(report);
    }
}

} // namespace taskreel
