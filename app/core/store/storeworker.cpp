// SPDX-License-Identifier: MIT
#include "core/store/storeworker.h"

#include "core/store/downloadrow.h"
#include "core/store/libraryfile.h"
#include "core/store/migrations.h"
#include "core/store/storestatements.h"
#include "core/store/taskrow.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <chrono>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel {

static Q_LOGGING_CATEGORY(lcStore, "taskreel.store", QtInfoMsg)

    static constexpr auto kRetryAfter = 5s;
/// Some screens full, there at once; then as many as cost the list a part of a frame.
static constexpr qsizetype kFirstSlice = 500;
static constexpr qsizetype kSlice = 1000;
static constexpr qint64 kKeepRemovedDays = 30;
/// Up to this size the whole file is checked at start; above it, the tables that are read anyway.
static constexpr qint64 kFullCheckLimit = 32LL * 1024 * 1024;

StoreWorker::StoreWorker(const QString &databasePath)
    : m_path(databasePath),
      m_connection(u"library-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)),
      m_retry(new QTimer(this))
{
    m_retry->setSingleShot(true);
    m_retry->setInterval(kRetryAfter);
    connect(m_retry, &QTimer::timeout, this, &StoreWorker::drain);
}

StoreWorker::~StoreWorker() = default;

void StoreWorker::open(Store::Rows rows)
{
    Result<StoredLibrary> library = openAndLoad(rows);
    if (!library && library.error().kind == ErrorKind::LibraryBroken) {
        qCWarning(lcStore) << "The library is damaged:" << library.error().detail;
        close();
        if (const Result<QString> aside = setLibraryAside(m_path)) {
            Q_EMIT setAside(*aside);
            library = openAndLoad(rows);
        } else {
            library = tl::unexpected(aside.error());
        }
    }
    if (library) {
        Q_EMIT opened(*library);
        return;
    }
    close();
    m_openError = library.error();
    qCWarning(lcStore) << "The library cannot be opened:" << m_openError.detail;
    Q_EMIT openFailed(m_openError);
}

Result<StoredLibrary> StoreWorker::openAndLoad(Store::Rows rows)
{
    using Step = Result<void> (StoreWorker::*)();
    for (const Step step : {&StoreWorker::connectToFile, &StoreWorker::check,
                            &StoreWorker::configure, &StoreWorker::purge}) {
        if (const Result<void> done = (this->*step)(); !done)
            return tl::unexpected(done.error());
    }
    Result<StoredLibrary> library = load(rows);
    if (!library)
        return library;
    auto statements = std::make_unique<StoreStatements>(m_database);
    if (const Result<void> done = statements->prepare(); !done)
        return tl::unexpected(done.error());
    m_statements = std::move(statements);
    return library;
}

Result<void> StoreWorker::connectToFile()
{
    const QFileInfo file(m_path);
    if (!QDir().mkpath(file.absolutePath()))
        return failure(ErrorKind::CannotWrite, {}, file.absolutePath());
    if (file.exists() && file.size() > 0) {
        if (!QFile(m_path).open(QIODevice::ReadOnly))
            return failure(ErrorKind::CannotRead, {}, m_path);
        const std::optional<int> version = libraryVersionOf(m_path);
        if (!version)
            return failure(ErrorKind::LibraryBroken, {}, m_path + u": not a database"_s);
        if (*version > libraryVersion())
            return failure(ErrorKind::LibraryTooNew, {}, m_path);
    }
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=500"_s);
    if (!m_database.open())
        return tl::unexpected(databaseError(m_database, QSqlQuery(m_database)));
    return {};
}

Result<void> StoreWorker::check()
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return tl::unexpected(databaseError(m_database, query));
    // The header may be older than what a killed program left in the -wal.
    if (query.value(0).toInt() > libraryVersion())
        return failure(ErrorKind::LibraryTooNew, {}, m_path);
    query.finish();
    const bool small = QFileInfo(m_path).size() <= kFullCheckLimit;
    const QStringList checks = small
        ? QStringList{u"PRAGMA quick_check(1)"_s}
        : QStringList{u"PRAGMA quick_check(tasks)"_s, u"PRAGMA quick_check(kept_files)"_s,
                      u"PRAGMA quick_check(saved_files)"_s};
    for (const QString &statement : checks) {
        if (!query.exec(statement) || !query.next())
            return tl::unexpected(databaseError(m_database, query));
        const QString verdict = query.value(0).toString();
        query.finish();
        if (verdict != "ok"_L1)
            return failure(ErrorKind::LibraryBroken, verdict, m_path + u": "_s + verdict);
    }
    return {};
}

Result<void> StoreWorker::configure()
{
    for (const QString &statement : {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=NORMAL"_s,
                                     u"PRAGMA foreign_keys=ON"_s}) {
        if (const Result<void> done = exec(statement); !done)
            return done;
    }
    return migrateLibrary(m_database);
}

Result<void> StoreWorker::purge()
{
    // Answers go with their row. Saved files, and what is known of files, stay.
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDays(-kKeepRemovedDays);
    return exec(u"DELETE FROM tasks WHERE removed_at < %1"_s.arg(limit.toMSecsSinceEpoch()));
}

Result<StoredLibrary> StoreWorker::load(Store::Rows rows)
{
    StoredLibrary library;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    // next() is false at a read error, too: half a list would look like a whole one.
    const auto each = [this, &query](const QString &sql, const auto &take) -> Result<void> {
        if (!query.exec(sql))
            return tl::unexpected(databaseError(m_database, query));
        while (query.next())
            take();
        if (query.lastError().isValid())
            return tl::unexpected(databaseError(m_database, query));
        return {};
    };
    const bool sliced = rows == Store::Rows::InSlices;
    qsizetype room = sliced ? kFirstSlice : std::numeric_limits<qsizetype>::max();
    const auto takeTask = [&] {
        if (room == 0) {
            Q_EMIT sliceRead(library);
            library = StoredLibrary{{}, {}, {}, {}, library.lastSequence};
            room = kSlice;
        }
        (isRemoved(query) ? library.removed : library.tasks).append(readTask(query));
        --room;
    };
    // What is kept first: a row that is shown at once wants its cover.
    Result<void> done =
        each(selectLastSequenceSql(), [&] { library.lastSequence = query.value(0).toLongLong(); });
    if (done)
        done = each(selectKeptSql(), [&] { library.kept.append(readFile(query)); });
    if (done)
        done = each(selectSavedSql(), [&] { library.saved.append(readFile(query)); });
    if (done) {
        done = each(selectDownloadsSql(), [&] { library.downloads.append(readDownload(query)); });
    }
    if (done)
        done = each(sliced ? selectNewestTasksSql() : selectTasksSql(), takeTask);
    if (!done)
        return tl::unexpected<Error>(done.error());
    return library;
}

Result<void> StoreWorker::exec(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return tl::unexpected(databaseError(m_database, query));
    return {};
}

void StoreWorker::close()
{
    m_statements.reset();
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

void StoreWorker::apply(quint64 number, const StoreBatch &batch)
{
    if (!m_statements) {
        const bool refused = m_openError.kind != ErrorKind::None;
        Q_EMIT writeFailed(
            number, refused ? m_openError : Error{ErrorKind::CannotWrite, 0, {}, m_path, -1});
        return;
    }
    m_waiting.push_back({number, batch, false});
    drain();
}

void StoreWorker::drain()
{
    m_retry->stop();
    while (!m_waiting.empty()) {
        const Result<void> done = commit(m_waiting.front().batch);
        const quint64 number = m_waiting.front().number;
        if (!done) {
            qCWarning(lcStore) << "Writing failed:" << done.error().detail;
            const ErrorKind kind = done.error().kind;
            reportWaiting(done.error());
            if (kind == ErrorKind::DiskFull || kind == ErrorKind::CannotWrite) {
                m_retry->start();
                return;
            }
            // Trying again cannot help, and nothing behind it may starve.
            m_waiting.pop_front();
            continue;
        }
        m_waiting.pop_front();
        Q_EMIT committed(number);
    }
}

void StoreWorker::reportWaiting(const Error &error)
{
    Waiting &first = m_waiting.front();
    if (!first.reported)
        Q_EMIT writeFailed(first.number, error);
    first.reported = true;
    if (error.kind != ErrorKind::DiskFull && error.kind != ErrorKind::CannotWrite)
        return;
    for (Waiting &waiting : m_waiting) {
        if (!waiting.reported)
            Q_EMIT writeFailed(waiting.number, error);
        waiting.reported = true;
    }
}

Result<void> StoreWorker::commit(const StoreBatch &batch)
{
    if (const Result<void> begun = exec(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Result<void> done = m_statements->write(batch);
    if (done)
        done = exec(u"COMMIT"_s);
    if (!done) {
        // It may have been rolled back already (disk full): then this fails, and that is fine.
        (void)exec(u"ROLLBACK"_s);
    }
    return done;
}

void StoreWorker::readAnswer(const QString &taskId)
{
    if (!m_statements) {
        Q_EMIT answerReadFailed(taskId, m_openError);
        return;
    }
    if (const auto answer = m_statements->readAnswer(taskId)) {
        Q_EMIT answerRead(taskId, answer->json, answer->earlier);
    } else {
        qCWarning(lcStore) << "Reading an answer failed:" << answer.error().detail;
        Q_EMIT answerReadFailed(taskId, answer.error());
    }
}

void StoreWorker::copyTo(const QString &path)
{
    if (!m_statements) {
        Q_EMIT copyFailed(path, m_openError);
        return;
    }
    // One consistent moment, defragmented, and without a -wal beside it.
    QSqlQuery query(m_database);
    query.prepare(u"VACUUM INTO ?"_s);
    query.addBindValue(path);
    if (query.exec()) {
        Q_EMIT copied(path);
        return;
    }
    Error error = databaseError(m_database, query);
    if (error.kind != ErrorKind::DiskFull)
        error.kind = ErrorKind::CannotWrite; // the library itself is fine: it is open
    error.detail = path + u": "_s + error.message;
    error.message.clear();
    qCWarning(lcStore) << "Copying the library failed:" << error.detail;
    Q_EMIT copyFailed(path, error);
}

void StoreWorker::shutDown()
{
    if (m_statements)
        drain();
    m_retry->stop();
    close();
    thread()->quit();
}

} // namespace taskreel
