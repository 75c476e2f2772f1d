// SPDX-License-Identifier: MIT
// Ends the program with SIGKILL, over and over, while it saves twenty files: in the end all are
// there, byte for byte, and nothing else lies in the folder. The program is this one, started with
// --child.
#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/profile.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>
#include <QtEndian>
#include <QtTest>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

constexpr int kKills = 200;
constexpr int kFiles = 20;
constexpr int kLongestLifeMs = 150; ///< from the moment at which the library is open
constexpr qsizetype kFileBytes = 700'000;

/// A complete MP4, another one for each task.
QByteArray clipFor(const QByteArray &taskId)
{
    QByteArray clip = test::clipBytes();
    QByteArray box(kFileBytes - clip.size(), '\0');
    qToBigEndian(static_cast<quint32>(box.size()), box.data());
    box.replace(4, 4, "free");
    for (qsizetype i = 8; i < box.size(); ++i)
        box[i] = taskId.at(i % taskId.size());
    return clip + box;
}

void say(const char *line)
{
    if (::write(STDOUT_FILENO, line, std::strlen(line)) < 0)
        ::_exit(1); // nobody listens any more
}

/// The program that is killed: takes the tasks in, saves them, goes on where an earlier life ended.
class Child final : public QObject
{
    Q_OBJECT

public:
    Child(const QString &folder, const QUrl &service) : m_context(profileOf(folder, service))
    {
        connect(&m_context, &AppContext::ready, this, &Child::begin);
        connect(&m_context, &AppContext::openFailed, this, [] { say("refused\n"); });
        connect(m_context.repository(), &TaskRepository::tasksChanged, this, &Child::saveMissing);
        connect(m_context.downloads(), &DownloadQueue::saved, this, &Child::checkAll);
        m_context.open();
    }

private:
    static Profile profileOf(const QString &folder, const QUrl &service)
    {
        Profile profile = test::profileIn(folder);
        profile.serviceUrl = service;
        profile.fixedKey = u"kill-test"_s;
        return profile;
    }

    void begin()
    {
        m_context.downloads()->setNameTemplate(u"{id}"_s);
        m_ids = test::ServiceThread::taskIds(kFiles);
        say("ready\n");
        m_context.repository()->add(m_ids);
        m_context.downloads()->continueLeft();
        saveMissing();
        checkAll();
    }

    /// What a life asked for and did not get on record is asked for again.
    void saveMissing()
    {
        for (const QString &id : std::as_const(m_ids)) {
            const TaskSummary *row = m_context.repository()->find(id);
            if (row && row->status == TaskStatus::Completed && !m_asked.contains(id)
                && row->saveState == SaveState::NotSaved) {
                m_asked.insert(id);
                m_context.downloads()->saveTasks({id}, VariantWish::Unwatermarked);
            }
        }
    }

    void checkAll()
    {
        if (m_context.downloads()->savedAssets().size() == kFiles && !m_ids.isEmpty())
            m_context.repository()->whenWritten(this, [](bool) { say("all\n"); });
    }

    AppContext m_context;
    QStringList m_ids;
    QSet<QString> m_asked;
};

} // namespace

class DownloadKillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twentyFilesSurviveTwoHundredEnds();

private:
    /// One life. @param mayEnd it is killed at a random moment; else it lives until all is saved
    /// @return whether all is saved
    bool live(bool mayEnd);
    QStringList wrongFiles() const;
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->filePath(u"downloads"_s))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    QUrl m_service;
    QRandomGenerator m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_early = 0; ///< killed before the library was open
};

bool DownloadKillTest::live(bool mayEnd)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QTimer killer;
    killer.setSingleShot(true);
    connect(&killer, &QTimer::timeout, &process, &QProcess::kill);
    bool ready = false;
    bool all = false;
    const auto read = [&] {
        while (process.canReadLine()) {
            const QByteArray line = process.readLine().trimmed();
            all = all || line == "all";
            ready = ready || line == "ready";
            if (line == "ready" && mayEnd)
                killer.start(m_random.bounded(kLongestLifeMs));
            if ((line == "all" && !mayEnd) || line == "refused")
                process.kill();
        }
    };
    connect(&process, &QProcess::readyReadStandardOutput, this, read);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--child"_s, m_folder->path(), m_service.toString()});
    if (mayEnd && m_random.bounded(10) == 0)
        killer.start(m_random.bounded(80)); // while it starts
    const bool ended = QTest::qWaitFor([&] { return finished.count() == 1; }, 120'000);
    read();
    m_early += ready ? 0 : 1;
    if (!ended || process.exitStatus() != QProcess::CrashExit) {
        process.kill();
        process.waitForFinished();
        QTest::qFail("it ended by itself, or not at all", __FILE__, __LINE__);
    }
    return all;
}

QStringList DownloadKillTest::wrongFiles() const
{
    QStringList wrong;
    const QStringList ids = test::ServiceThread::taskIds(kFiles);
    QSet<QString> expected;
    for (const QString &id : ids) {
        const QString name = id + u".mp4"_s;
        expected.insert(name);
        QFile file(m_folder->filePath(u"downloads/"_s + name));
        if (!file.open(QIODevice::ReadOnly)) {
            wrong += name + u" is not there"_s;
            continue;
        }
        const auto hash = [](const QByteArray &bytes) {
            return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        };
        if (hash(file.readAll()) != hash(clipFor(id.toLatin1())))
            wrong += name + u" has other bytes"_s;
    }
    const QStringList there = names();
    for (const QString &name : there) {
        if (!expected.contains(name))
            wrong += name + u" has no business here"_s;
    }
    return wrong;
}

void DownloadKillTest::twentyFilesSurviveTwoHundredEnds()
{
    const QByteArray given = qgetenv("TASKREEL_KILL_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    qInfo().noquote() << u"TASKREEL_KILL_SEED="_s + QString::number(seed);
    m_random.seed(seed);
    test::ServiceThread service(0);
    m_service = service.baseUrl();
    service.service().handle("/api/v1/task/", [base = m_service](const demo::Request &request) {
        const QByteArray id = request.path.mid(request.path.lastIndexOf('/') + 1);
        demo::Response response;
        response.body = R"({"code":200,"data":{"task_id":")" + id
            + R"(","model":"kling","status":"completed","output":{"works":[{"video":{)"
              R"("resource_without_watermark":")"
            + base.toEncoded() + "/clip/" + id + R"("}}]}}})";
        return response;
    });
    service.service().handle("/clip/", [](const demo::Request &request) {
        const QByteArray id = request.path.mid(request.path.lastIndexOf('/') + 1);
        demo::Response response;
        response.body = clipFor(id);
        response.etag = '"' + id + '"';
        response.chunkBytes = 24'000;
        response.chunkDelayMs = 4;
        return response;
    });

    QElapsedTimer clock;
    clock.start();
    int sets = 0;
    bool all = true;
    for (int kills = 0; kills < kKills; ++kills) {
        if (all) { // the next twenty
            if (m_folder)
                QCOMPARE(wrongFiles(), QStringList());
            m_folder = std::make_unique<QTemporaryDir>();
            ++sets;
        }
        all = live(true);
        if (QTest::currentTestFailed())
            return;
    }
    live(false);
    QCOMPARE(wrongFiles(), QStringList());
    qInfo().noquote() << kKills << "kills," << m_early << "of them while it opened," << sets
                      << "times twenty files," << clock.elapsed() / 1000.0 << "s";
    QVERIFY(m_early < kKills / 2);
}

int main(int argc, char *argv[])
{
    taskreel::test::isolate();
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--child"_L1) {
        const Child child(arguments.at(2), QUrl(arguments.at(3)));
        return QCoreApplication::exec();
    }
    DownloadKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_downloadkill.moc"
