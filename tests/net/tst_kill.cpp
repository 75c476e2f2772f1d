// SPDX-License-Identifier: MIT
// Ends a working program with SIGKILL, over and over: what it acknowledged must be in its library.
// The program is this one, started with --child; see killchild.h.
#include "core/store/store.h"
#include "killchild.h"
#include "support/isolation.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

constexpr int kKills = 200;
constexpr int kLanes = 2; ///< at a time, each with libraries of its own
constexpr int kLivesALibrary = 20;
constexpr int kLongestMs = 120;

/// What a library was told to be, and what it may be.
class Expectations
{
public:
    void hear(const QString &line);
    /// Everything that is wrong; empty: all that was acknowledged is there.
    [[nodiscard]] QStringList check(const QString &databasePath);
    [[nodiscard]] int acknowledged() const { return m_acknowledged; }

private:
    struct Edit
    {
        qint64 number = -1; ///< of the last acknowledged one
        qint64 lastTried = -1;
    };
    struct Presence
    {
        bool removed = false;
        qint64 number = -1;
        QList<std::pair<qint64, bool>> tried; ///< later than `number`
    };
    void hearPresence(bool done, bool removed, const QString &id, qint64 number);
    void checkRow(const QSqlQuery &row, QStringList &wrong);

    QSet<QString> m_added;
    QSet<QString> m_answered;
    QHash<QString, QSet<QString>> m_saved;
    QHash<QString, Edit> m_marks;
    QHash<QString, Presence> m_presence;
    QStringList m_refusals;
    int m_acknowledged = 0;
};

void Expectations::hear(const QString &line)
{
    const QStringList words = line.split(u' ');
    const bool done = words.at(0) == "done"_L1;
    m_acknowledged += done ? 1 : 0;
    if (words.at(0) == "refused"_L1) {
        m_refusals += line;
    } else if (words.size() >= 3) {
        const QString &what = words.at(1);
        const QString &id = words.at(2);
        const qint64 number = words.value(3).toLongLong();
        if (what == "add"_L1)
            m_added.insert(id);
        else if (what == "answer"_L1)
            m_answered.insert(id);
        else if (what == "save"_L1)
            m_saved[id].insert(words.at(3));
        else if (what == "mark"_L1)
            (done ? m_marks[id].number : m_marks[id].lastTried) = number;
        else
            hearPresence(done, what == "remove"_L1, id, number);
    }
}

void Expectations::hearPresence(bool done, bool removed, const QString &id, qint64 number)
{
    Presence &presence = m_presence[id];
    if (!done) {
        presence.tried.append({number, removed});
        return;
    }
    presence.removed = removed;
    presence.number = number;
    presence.tried.removeIf([number](const auto &later) { return later.first <= number; });
}

void Expectations::checkRow(const QSqlQuery &row, QStringList &wrong)
{
    const QString id = row.value(0).toString();
    const bool removed = !row.value(1).isNull();
    m_added.remove(id);
    if (m_answered.remove(id) && (row.value(2) != "completed"_L1 || row.value(5).isNull()))
        wrong += id + u": its answer is lost"_s;
    if (const auto edit = m_marks.find(id); edit != m_marks.end()) {
        const qint64 note = row.value(3).toString().isEmpty() ? -1 : row.value(3).toLongLong();
        if (note < edit->number || note > std::max(edit->number, edit->lastTried))
            wrong += u"%1: note %2, acknowledged was %3"_s.arg(id).arg(note).arg(edit->number);
        edit->number = note; // on disk is on disk
    }
    if (const auto presence = m_presence.find(id); presence != m_presence.end()) {
        bool fits = removed == presence->removed;
        for (const auto &[number, state] : std::as_const(presence->tried))
            fits = fits || state == removed;
        if (!fits)
            wrong += u"%1: removed is %2"_s.arg(id).arg(removed);
        *presence = {removed, presence->number, {}};
    }
    if (const auto saved = m_saved.constFind(id); saved != m_saved.cend() && !saved->isEmpty()
        && row.value(4) != "saved"_L1 && row.value(4) != "partly"_L1)
        wrong += id + u": its row does not say saved"_s;
}

QStringList Expectations::check(const QString &databasePath)
{
    QStringList wrong = m_refusals;
    const QString name = u"check"_s + databasePath;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(databasePath);
        QSqlQuery query(database);
        const auto begin = [&](const QString &sql) {
            query.setForwardOnly(true);
            const bool good = query.exec(sql);
            if (!good)
                wrong += query.lastError().text();
            return good;
        };
        if (!database.open())
            wrong += database.lastError().text();
        if (begin(u"PRAGMA integrity_check"_s) && (!query.next() || query.value(0) != "ok"_L1))
            wrong += u"integrity_check: "_s + query.value(0).toString();
        const QSet<QString> answered = m_answered;
        const QSet<QString> added = m_added;
        if (begin(u"SELECT id, removed_at, status, note, save_state, answers.task_id FROM tasks "
                  "LEFT JOIN answers ON answers.task_id = tasks.id"_s)) {
            while (query.next())
                checkRow(query, wrong);
        }
        for (const QString &id : m_added + m_answered)
            wrong += id + u": it was acknowledged and is not there"_s;
        m_answered = answered;
        m_added = added;
        QHash<QString, QSet<QString>> missing = m_saved;
        if (begin(u"SELECT task_id, path FROM saved_files"_s)) {
            while (query.next())
                missing[query.value(0).toString()].remove(query.value(1).toString());
        }
        for (auto it = missing.cbegin(); it != missing.cend(); ++it) {
            if (!it->isEmpty())
                wrong += it.key() + u": the record of a saved file is lost"_s;
        }
    }
    QSqlDatabase::removeDatabase(name);
    return wrong;
}

/// One life after the other, each ended at a random moment.
class Lane : public QObject
{
public:
    Lane(const QUrl &service, quint32 seed, int kills)
        : m_service(service), m_random(seed), m_left(kills)
    {
        m_killer.setSingleShot(true);
        connect(&m_killer, &QTimer::timeout, this, [this] { m_process->kill(); });
        live();
    }

    [[nodiscard]] bool isDone() const { return m_done; }
    [[nodiscard]] int kills() const { return m_kills; }
    [[nodiscard]] int early() const { return m_early; }
    [[nodiscard]] int acknowledged() const { return m_acknowledged; }
    [[nodiscard]] const QStringList &wrong() const { return m_wrong; }

private:
    void live()
    {
        if (m_left == 0 || !m_wrong.isEmpty()) {
            m_done = true;
            return;
        }
        if (m_lives++ % kLivesALibrary == 0) {
            m_acknowledged += m_expectations.acknowledged();
            m_expectations = {};
            m_wasOpen = false;
            m_folder = std::make_unique<QTemporaryDir>();
        }
        m_isReady = false;
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &Lane::read);
        connect(m_process.get(), &QProcess::finished, this, &Lane::check);
        // Some die while they start, open and migrate.
        m_waits = m_random.bounded(8) != 0;
        m_process->start(QCoreApplication::applicationFilePath(),
                         {u"--child"_s, m_folder->path(), m_service.toString(),
                          QString::number(m_random.generate()),
                          QString::number(m_lives * 1'000'000LL)});
        m_process->closeWriteChannel();
        if (!m_waits)
            m_killer.start(m_random.bounded(80));
    }

    void read()
    {
        while (m_process->canReadLine()) {
            const QString line = QString::fromUtf8(m_process->readLine()).trimmed();
            if (line == "ready"_L1) {
                m_isReady = true;
                m_wasOpen = true;
                if (m_waits)
                    m_killer.start(m_random.bounded(kLongestMs));
            } else {
                if (line.startsWith("refused"_L1) && !m_isReady)
                    m_killer.start(0); // it would wait for ever: the refusal is what counts
                m_expectations.hear(line);
            }
        }
    }

    void check()
    {
        m_killer.stop();
        read();
        if (m_process->exitStatus() != QProcess::CrashExit || m_process->exitCode() != SIGKILL)
            m_wrong += u"it ended by itself: %1"_s.arg(m_process->exitCode());
        m_process.release()->deleteLater();
        --m_left;
        ++m_kills;
        m_early += m_isReady ? 0 : 1;
        // A copy, so that the next life finds just what this one left.
        const QDir data(m_folder->filePath(u"data"_s));
        const QString copy = m_folder->filePath(u"copy.sqlite"_s);
        for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s}) {
            QFile::remove(copy + ending);
            if (ending != "-shm"_L1)
                QFile::copy(data.filePath(u"library.sqlite"_s) + ending, copy + ending);
        }
        // Killed before the first one was made, a file may have no tables yet: the next life makes
        // them.
        if (QFileInfo(copy).size() > 0 && (m_wasOpen || m_expectations.acknowledged() > 0))
            m_wrong += m_expectations.check(copy);
        else if (m_wasOpen || m_expectations.acknowledged() > 0)
            m_wrong += u"the library is gone"_s;
        if (m_left == 0)
            m_acknowledged += m_expectations.acknowledged();
        live();
    }

    QUrl m_service;
    QRandomGenerator m_random;
    int m_left;
    int m_lives = 0;
    int m_kills = 0;
    int m_early = 0; ///< killed before the library was open
    int m_acknowledged = 0;
    bool m_done = false;
    bool m_waits = true;
    bool m_isReady = false;
    bool m_wasOpen = false; ///< this library, in any life
    QStringList m_wrong;
    Expectations m_expectations;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
    QTimer m_killer;
};

} // namespace

class TestKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedSurvives();
    void theCheckFindsWhatIsMissing();
};

void TestKill::whatWasAcknowledgedSurvives()
{
    const QByteArray given = qgetenv("TASKREEL_KILL_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    qInfo().noquote() << u"TASKREEL_KILL_SEED="_s + QString::number(seed);
    test::ServiceThread service(3);
    std::vector<std::unique_ptr<Lane>> lanes;
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < kLanes; ++i)
        lanes.push_back(
            std::make_unique<Lane>(service.baseUrl(), seed + quint32(i), kKills / kLanes));
    const auto done = [&lanes] {
        return std::all_of(lanes.cbegin(), lanes.cend(),
                           [](const auto &lane) { return lane->isDone(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(done(), 280'000);
    int kills = 0;
    int early = 0;
    int acknowledged = 0;
    for (const auto &lane : lanes) {
        QVERIFY2(lane->wrong().isEmpty(), qPrintable(lane->wrong().join(u'\n')));
        kills += lane->kills();
        early += lane->early();
        acknowledged += lane->acknowledged();
    }
    qInfo().noquote() << kills << "kills," << early << "of them while it opened," << acknowledged
                      << "acknowledgements," << clock.elapsed() / 1000.0 << "s";
    QCOMPARE(kills, kKills);
    QVERIFY(early < kKills / 2);
    QVERIFY(acknowledged > kKills);
}

void TestKill::theCheckFindsWhatIsMissing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"library.sqlite"_s);
    {
        Store store(path);
        QSignalSpy opened(&store, &Store::opened);
        store.open();
        QVERIFY(opened.wait());
        TaskSummary row;
        row.id = u"there"_s;
        row.marks.note = u"5"_s;
        StoreBatch batch;
        batch.upserts = {row};
        store.apply(batch);
    }
    const auto wrong = [&path](const QStringList &lines) {
        Expectations expectations;
        for (const QString &line : lines)
            expectations.hear(line);
        return expectations.check(path).size();
    };
    QCOMPARE(wrong({u"done add there"_s, u"try mark there 5"_s}), 0);
    QCOMPARE(wrong({u"done add lost"_s}), 1);
    QCOMPARE(wrong({u"try mark there 6"_s, u"done mark there 6"_s}), 1);
    QCOMPARE(wrong({u"try remove there 1"_s}), 0);
    QCOMPARE(wrong({u"try remove there 1"_s, u"done remove there 1"_s}), 1);
    QCOMPARE(wrong({u"done remove there 1"_s, u"try restore there 2"_s}), 0);
    QCOMPARE(wrong({u"done save there file"_s}), 2);
    QCOMPARE(wrong({u"done answer there"_s}), 1);
}

int main(int argc, char *argv[])
{
    taskreel::test::isolate();
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--child"_L1) {
        const KillChild child(arguments.at(2), QUrl(arguments.at(3)), arguments.at(4).toUInt(),
                              arguments.at(5).toLongLong());
        return QCoreApplication::exec();
    }
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kill.moc"
