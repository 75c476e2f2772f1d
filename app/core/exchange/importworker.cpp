// SPDX-License-Identifier: MIT
#include "core/exchange/importworker.h"

#include "core/exchange/exportfile.h"
#include "core/net/diskspace.h"
#include "core/net/partfile.h"
#include "core/store/migrations.h"
#include "core/store/taskrow.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QVariant>
#include <QtEndian>

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qint64 kTickMs = 100;
/// One slice: well under a frame's time for those who take it.
static constexpr qsizetype kTasksASlice = 50;
static constexpr qsizetype kSliceBytes = 1024 * 1024;
static constexpr quint32 kLargestAnswer = 64 * 1024 * 1024;
static constexpr qsizetype kLongestId = 200;

static tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled);
}

static QString copyName()
{
    return u"import-"_s;
}

ImportWorker::ImportWorker(std::shared_ptr<std::atomic_bool> stop) : m_stop(std::move(stop)) { }

ImportWorker::~ImportWorker()
{
    close();
}

void ImportWorker::begin(const Request &request)
{
    m_request = request;
    m_done = 0;
    m_clips = 0;
    m_damaged = 0;
    m_lastTick.start();
    const Result<int> version = exportVersionOf(request.path);
    if (!version)
        return fail(version.error());
    Result<void> done = openCopy(*version);
    if (done)
        done = prepareQueries();
    if (!done)
        return fail(done.error());
    m_stage = Stage::Tasks;
    next();
}

/// What can be done about it (see core/text/exchangetext) and which file it is.
Error ImportWorker::asExport(Error error, const QString &path)
{
    if (error.kind == ErrorKind::Other)
        error.kind = ErrorKind::LibraryBroken;
    error.detail = path + u": "_s + error.message;
    error.message.clear();
    return error;
}

Result<void> ImportWorker::openCopy(int version)
{
    // What a killed program left of an earlier import.
    QDir work(m_request.workFolder);
    work.mkpath(u"."_s);
    const QStringList old = work.entryList({copyName() + u'*'}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : old)
        QDir(work.filePath(name)).removeRecursively();
    m_folder = std::make_unique<QTemporaryDir>(work.filePath(copyName()));
    if (!m_folder->isValid())
        return failure(ErrorKind::CannotWrite, m_folder->errorString(), m_request.workFolder);
    m_file = std::make_unique<SqliteFile>(m_folder->filePath(u"tables.sqlite"_s));
    if (const Result<void> done = m_file->open(); !done)
        return done;
    if (const Result<void> done = m_file->exec(QStringList{
            u"PRAGMA journal_mode=MEMORY"_s, u"PRAGMA synchronous=OFF"_s,
            u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA cell_size_check=ON"_s});
        !done)
        return done;
    if (const Result<void> done = migrateLibrary(m_file->database(), version); !done)
        return done;
    QSqlQuery attach(m_file->database());
    attach.prepare(u"ATTACH DATABASE ? AS export"_s);
    attach.addBindValue(
        QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(m_request.path).absoluteFilePath())
                                .toEncoded(QUrl::FullyEncoded))
        + u"?mode=ro&immutable=1"_s);
    if (!attach.exec())
        return tl::unexpected<Error>(asExport(m_file->errorOf(attach), m_request.path));
    attach.finish();
    Result<void> done = checkTables();
    const QStringList tables = exportedTables();
    for (const QString &table : tables) {
        if (done)
            done = *m_stop ? Result<void>(cancelled()) : copyTable(table);
    }
    if (!done)
        return done;
    return migrateLibrary(m_file->database());
}

Result<void> ImportWorker::checkTables()
{
    QSqlQuery query(m_file->database());
    const auto damaged = [this, &query] {
        return tl::unexpected<Error>(asExport(m_file->errorOf(query), m_request.path));
    };
    if (!query.exec(u"SELECT value FROM export.exchange_info WHERE key='version'"_s)
        || !query.next())
        return failure(ErrorKind::LibraryBroken, {}, m_request.path);
    if (query.value(0).toInt() > kExportVersion)
        return failure(ErrorKind::LibraryTooNew, {}, m_request.path);
    query.finish();
    // Clips are left out: their parts are many, and each clip is checked by its hash.
    const QStringList tables = exportedTables() + QStringList{u"clips"_s};
    for (const QString &table : tables) {
        if (*m_stop)
            return cancelled();
        if (!query.exec(u"PRAGMA export.quick_check(%1)"_s.arg(table)) || !query.next())
            return damaged();
        const QString verdict = query.value(0).toString();
        query.finish();
        if (verdict != "ok"_L1)
            return failure(ErrorKind::LibraryBroken, verdict, m_request.path);
    }
    return {};
}

Result<void> ImportWorker::copyTable(const QString &table)
{
    QSqlQuery query(m_file->database());
    QStringList columns;
    if (!query.exec(u"PRAGMA main.table_info(%1)"_s.arg(table)))
        return tl::unexpected<Error>(m_file->errorOf(query));
    while (query.next())
        columns.append(query.value(1).toString());
    query.finish();
    const QString list = columns.join(u',');
    if (!query.exec(
            u"INSERT INTO main.%1 (%2) SELECT %2 FROM export.%1"_s.arg(table, list)))
        return tl::unexpected<Error>(asExport(m_file->errorOf(query), m_request.path));
    return {};
}

Result<void> ImportWorker::prepareQueries()
{
    const auto make = [this](const QString &sql) {
        auto query = std::make_unique<QSqlQuery>(m_file->database());
        query->setForwardOnly(true);
        query->prepare(sql);
        return query;
    };
    m_tasks = make(u"SELECT COUNT(*) FROM main.tasks"_s);
    if (!m_tasks->exec() || !m_tasks->next())
        return tl::unexpected<Error>(asExport(m_file->errorOf(*m_tasks), m_request.path));
    m_total = m_tasks->value(0).toLongLong();
    m_tasks = make(selectTasksSql());
    m_answer = make(u"SELECT json FROM main.answers WHERE task_id=?"_s);
    m_earlier = make(u"SELECT json FROM main.earlier_answers WHERE task_id=? ORDER BY position"_s);
    if (!m_tasks->exec())
        return tl::unexpected<Error>(asExport(m_file->errorOf(*m_tasks), m_request.path));
    return {};
}

void ImportWorker::next()
{
    if (m_stage == Stage::Idle)
        return;
    if (*m_stop)
        return fail({ErrorKind::Cancelled, 0, {}, {}, -1});
    if (m_stage == Stage::Tasks) {
        const Result<QList<ForeignTask>> slice = readSlice();
        if (!slice)
            return fail(slice.error());
        tick(false, slice->isEmpty());
        if (!slice->isEmpty()) {
            Q_EMIT tasksRead(*slice);
            return;
        }
        m_stage = Stage::Files;
    }
    if (m_stage == Stage::Files) {
        const Result<QList<StoredFile>> saved = readSaved();
        if (!saved)
            return fail(saved.error());
        m_stage = Stage::Clips;
        Q_EMIT filesRead(*saved);
        return;
    }
    if (const Result<void> done = takeClips(); !done)
        return fail(done.error());
    close();
    Q_EMIT finished(m_clips, m_damaged);
}

static QByteArray uncompressed(const QByteArray &packed)
{
    // The size that it claims is taken at once.
    if (packed.size() < 4 || qFromBigEndian<quint32>(packed.constData()) > kLargestAnswer)
        return {};
    return qUncompress(packed);
}

Result<QList<ForeignTask>> ImportWorker::readSlice()
{
    QList<ForeignTask> slice;
    qsizetype bytes = 0;
    while (slice.size() < kTasksASlice && bytes < kSliceBytes && m_tasks->next()) {
        ++m_done;
        const Result<ForeignTask> task = readTaskHere();
        if (!task)
            return tl::unexpected<Error>(task.error());
        const QString &id = task->summary.id;
        if (id.isEmpty() || id.size() > kLongestId || id.simplified() != id)
            continue;
        for (const ReadAnswer &answer : task->answers)
            bytes += answer.json.size();
        slice.append(*task);
    }
    if (slice.isEmpty() && m_tasks->lastError().isValid())
        return tl::unexpected<Error>(asExport(m_file->errorOf(*m_tasks), m_request.path));
    return slice;
}

Result<ForeignTask> ImportWorker::readTaskHere()
{
    ForeignTask task;
    task.summary = readTask(*m_tasks);
    task.removed = isRemoved(*m_tasks);
    for (QSqlQuery *query : {m_answer.get(), m_earlier.get()}) {
        query->bindValue(0, task.summary.id);
        if (!query->exec())
            return tl::unexpected<Error>(asExport(m_file->errorOf(*query), m_request.path));
        while (query->next()) {
            const QByteArray json = uncompressed(query->value(0).toByteArray());
            // One that cannot be read is asked for again.
            if (const Result<Task> read = taskFromKeptAnswer(json))
                task.answers.append({*read, json});
        }
        query->finish();
    }
    return task;
}

void ImportWorker::fail(const Error &error)
{
    close();
    Q_EMIT failed(error);
}

void ImportWorker::close()
{
    m_stage = Stage::Idle;
    m_earlier.reset();
    m_answer.reset();
    m_tasks.reset();
    m_file.reset();
    m_folder.reset();
}

void ImportWorker::tick(bool clips, bool last)
{
    if (!last && m_lastTick.elapsed() < kTickMs)
        return;
    m_lastTick.restart();
    Q_EMIT progress(clips, m_done, m_total);
}

} // namespace taskreel
