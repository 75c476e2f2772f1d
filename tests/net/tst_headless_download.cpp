// SPDX-License-Identifier: MIT
#include "clipaccount.h"
#include "core/appcontext.h"
#include "programrun.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/servicethread.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtEndian>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;
using Offer = ClipAccount::Offer;

// `--no-window --download`: the real program against a service on loopback, and what lies in the
// folder afterwards.
class TestHeadlessDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filesEqualTheirSources();
    void jsonTellsEachFile();
    void variants_data();
    void variants();
    void secondRunSavesNothingTwice();
    void resultsAreSavedAsTasksEnd();
    void whatFailsIsSaid();
    void nothingToSaveIsSaid();
    void onceSavesWhatIsComplete();
    void onceTriesAFileOnce();
    void folderThatCannotBeIsFour();
    void fullDiskIsFour();
    void besideAWindowWithoutTheLibrary();
    void refusedKeyLetsTheOthersBeSaved();
    void demoIsSaved();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments, const RunOptions &options = {}) const;
    [[nodiscard]] QList<QByteArray> saved() const; ///< contents of all files in the folder, sorted
    [[nodiscard]] static QList<QByteArray> sorted(QList<QByteArray> list);
    [[nodiscard]] QString downloads() const { return m_folder->filePath(u"downloads"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ClipAccount> m_account;
};

QList<QByteArray> TestHeadlessDownload::sorted(QList<QByteArray> list)
{
    std::sort(list.begin(), list.end());
    return list;
}

void TestHeadlessDownload::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_account = std::make_unique<ClipAccount>();
}

void TestHeadlessDownload::cleanup()
{
    m_account.reset();
    m_folder.reset();
}

Outcome TestHeadlessDownload::run(const QStringList &arguments, const RunOptions &options) const
{
    return runProgram(QStringLiteral(TASKREEL_PROGRAM),
                      QStringList{u"--no-window"_s, u"--download"_s, u"--data-dir"_s,
                                  m_folder->filePath(u"data"_s), u"--download-dir"_s, downloads(),
                                  u"--api-url"_s, m_account->service().baseUrl().toString()}
                          + arguments,
                      options);
}

QList<QByteArray> TestHeadlessDownload::saved() const
{
    QList<QByteArray> contents;
    for (QDirIterator it(downloads(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        contents.append(file.open(QIODevice::ReadOnly) ? file.readAll() : "cannot be read");
    }
    return sorted(contents);
}

void TestHeadlessDownload::filesEqualTheirSources()
{
    const QStringList ids = ServiceThread::taskIds(12);
    const Outcome outcome = run(ids);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QList<QByteArray> wanted;
    for (const QString &id : ids)
        wanted.append(ClipAccount::content(ClipAccount::cleanPath(id)));
    QCOMPARE(saved(), sorted(wanted)); // and nothing else lies there
    const QList<QByteArray> lines = outcome.lines();
    QCOMPARE(lines.size(), 12);
    for (const QByteArray &line : lines) {
        const QList<QByteArray> parts = line.split('\t');
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts.at(1), QByteArray("saved"));
        QFile file(QString::fromUtf8(parts.at(2)));
        QVERIFY2(file.open(QIODevice::ReadOnly), line.constData());
        QCOMPARE(file.readAll(), ClipAccount::content("/media/" + parts.at(0) + "/clean.mp4"));
    }
}

void TestHeadlessDownload::jsonTellsEachFile()
{
    const QStringList ids = ServiceThread::taskIds(3);
    const Outcome outcome = run(QStringList{u"--json"_s, u"--variant"_s, u"both"_s} + ids);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QList<QJsonObject> objects = outcome.objects();
    QCOMPARE(objects.size(), 3);
    for (const QJsonObject &object : objects) {
        QCOMPARE(object[u"status"_s].toString(), u"completed"_s);
        const QJsonArray files = object[u"files"_s].toArray();
        QCOMPARE(files.size(), 2);
        for (const QJsonValue &value : files) {
            const QString variant = value[u"variant"_s].toString();
            QVERIFY(variant == u"watermarked"_s || variant == u"unwatermarked"_s);
            const QByteArray name = variant == u"watermarked"_s ? "/marked.mp4" : "/clean.mp4";
            const QByteArray bytes =
                ClipAccount::content("/media/" + object[u"id"_s].toString().toLatin1() + name);
            QFile file(value[u"path"_s].toString());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), bytes);
            QCOMPARE(value[u"bytes"_s].toInteger(), bytes.size());
            QCOMPARE(value[u"sha256"_s].toString().toLatin1(),
                     QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
            QVERIFY(value[u"error"_s].isUndefined());
        }
    }
}

void TestHeadlessDownload::variants_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("cleanToo");
    QTest::addColumn<QByteArrayList>("names");
    QTest::newRow("as usual") << QStringList{} << true << QByteArrayList{"clean"};
    QTest::newRow("unwatermarked")
        << QStringList{u"--variant=unwatermarked"_s} << true << QByteArrayList{"clean"};
    QTest::newRow("watermarked") << QStringList{u"--variant=watermarked"_s} << true
                                 << QByteArrayList{"marked"};
    QTest::newRow("both") << QStringList{u"--variant=both"_s} << true
                          << QByteArrayList{"clean", "marked"};
    QTest::newRow("fallback") << QStringList{u"--variant=unwatermarked"_s} << false
                              << QByteArrayList{"marked"};
}

void TestHeadlessDownload::variants()
{
    QFETCH(QStringList, options);
    QFETCH(bool, cleanToo);
    QFETCH(QByteArrayList, names);
    const QString id = ServiceThread::taskIds(1).at(0);
    m_account->offers[id.toLatin1()] = cleanToo ? Offer::Both : Offer::Marked;
    const Outcome outcome = run(options + QStringList{id});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QList<QByteArray> wanted;
    for (const QByteArray &name : names)
        wanted.append(ClipAccount::content("/media/" + id.toLatin1() + '/' + name + ".mp4"));
    QCOMPARE(saved(), sorted(wanted));
}

void TestHeadlessDownload::secondRunSavesNothingTwice()
{
    const QStringList ids = ServiceThread::taskIds(4);
    const Outcome first = run(ids);
    QVERIFY2(first.exitCode == 0, first.err.constData());
    const QList<QByteArray> before = saved();
    const qsizetype asked = m_account->service().requests().size();
    const Outcome second = run(ids);
    QVERIFY2(second.exitCode == 0, second.err.constData());
    QCOMPARE(sorted(second.lines()), sorted(first.lines()));
    QCOMPARE(saved(), before);
    QCOMPARE(m_account->service().requests().size(), asked); // neither tasks nor files
}

void TestHeadlessDownload::resultsAreSavedAsTasksEnd()
{
    const QStringList ids = ServiceThread::taskIds(2);
    m_account->offers[ids.at(1).toLatin1()] = Offer::Processing;
    // It ends only once the file of the other is there.
    m_account->service().handle("/api/v1/task/" + ids.at(1).toLatin1(),
                                [this, id = ids.at(1).toLatin1()](const demo::Request &) {
                                    demo::Response response;
                                    response.body = m_account->answer(
                                        id, saved().isEmpty() ? Offer::Processing : Offer::Both);
                                    return response;
                                });
    const Outcome outcome = run(ids);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QCOMPARE(saved().size(), 2);
    QVERIFY(outcome.lines().constFirst().startsWith(ids.at(0).toLatin1()));
}

void TestHeadlessDownload::whatFailsIsSaid()
{
    const QStringList ids = ServiceThread::taskIds(3);
    m_account->offers[ids.at(0).toLatin1()] = Offer::Gone;
    m_account->offers[ids.at(1).toLatin1()] = Offer::Failed;
    const Outcome outcome = run(QStringList{u"--json"_s} + ids);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(saved(), QList<QByteArray>{ClipAccount::content(ClipAccount::cleanPath(ids.at(2)))});
    const QList<QJsonObject> objects = outcome.objects();
    QCOMPARE(objects.size(), 3);
    for (const QJsonObject &object : objects) {
        const QString id = object[u"id"_s].toString();
        const QJsonArray files = object[u"files"_s].toArray();
        if (id == ids.at(1)) {
            QCOMPARE(object[u"status"_s].toString(), u"failed"_s);
            QVERIFY(files.isEmpty());
            continue;
        }
        QCOMPARE(files.size(), 1);
        QCOMPARE(files.at(0)[u"path"_s].isUndefined(), id == ids.at(0));
        QCOMPARE(files.at(0)[u"error"_s].toString().isEmpty(), id != ids.at(0));
    }
    // The same as text.
    const Outcome text = run(ids);
    QCOMPARE(text.exitCode, 1);
    const QByteArray lines = text.out;
    QVERIFY2(lines.contains(ids.at(0).toLatin1() + "\tnot saved\t"), lines.constData());
    QVERIFY2(lines.contains(ids.at(1).toLatin1() + "\tfailed\tcontent violation\n"),
             lines.constData());
    QVERIFY2(lines.contains(ids.at(2).toLatin1() + "\tsaved\t"), lines.constData());
}

void TestHeadlessDownload::nothingToSaveIsSaid()
{
    const QString id = ServiceThread::taskIds(1).at(0);
    m_account->offers[id.toLatin1()] = Offer::Nothing;
    const Outcome outcome = run({id});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.startsWith(id.toLatin1() + "\tcompleted\tThe task has no"),
             outcome.out.constData());
    QVERIFY(saved().isEmpty());
}

void TestHeadlessDownload::onceSavesWhatIsComplete()
{
    const QStringList ids = ServiceThread::taskIds(2);
    m_account->offers[ids.at(0).toLatin1()] = Offer::Processing;
    const Outcome outcome = run(QStringList{u"--once"_s} + ids);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(saved(), QList<QByteArray>{ClipAccount::content(ClipAccount::cleanPath(ids.at(1)))});
    QVERIFY2(outcome.out.contains(ids.at(0).toLatin1() + "\tprocessing"), outcome.out.constData());
    QVERIFY2(outcome.out.contains(ids.at(1).toLatin1() + "\tsaved\t"), outcome.out.constData());
}

void TestHeadlessDownload::onceTriesAFileOnce()
{
    const QString id = ServiceThread::taskIds(1).at(0);
    m_account->service().handle("/media/", [](const demo::Request &) {
        demo::Response response;
        response.status = 503;
        return response;
    });
    const Outcome outcome = run({u"--once"_s, id});
    QVERIFY2(outcome.exitCode == 1, outcome.err.constData());
    QVERIFY2(outcome.out.contains("\tnot saved\t"), outcome.out.constData());
    QVERIFY(saved().isEmpty());
}

void TestHeadlessDownload::folderThatCannotBeIsFour()
{
    QFile file(downloads()); // where the folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const Outcome outcome = run(QStringList{u"--json"_s} + ServiceThread::taskIds(2));
    QVERIFY2(outcome.exitCode == 4, outcome.err.constData());
    for (const QJsonObject &object : outcome.objects())
        QVERIFY(!object[u"files"_s][0][u"error"_s].toString().isEmpty());
    QCOMPARE(file.size(), 0);
}

void TestHeadlessDownload::fullDiskIsFour()
{
    // No file may grow over 8 MiB: the library fits, the clip does not.
    const QString id = ServiceThread::taskIds(1).at(0);
    m_account->service().handle("/media/", [](const demo::Request &request) {
        demo::Response response;
        const QByteArray clip = ClipAccount::content(request.path);
        const quint32 padding = 16 * 1024 * 1024;
        QByteArray head(4, '\0');
        qToBigEndian(padding, head.data());
        response.body = clip + head + "free" + QByteArray(padding - 8, 'x');
        return response;
    });
    RunOptions options;
    options.inChild = [] {
        ::signal(SIGXFSZ, SIG_IGN); // the call fails instead
        const rlimit limit{8 * 1024 * 1024, 8 * 1024 * 1024};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    };
    const Outcome outcome = run({id}, options);
    QVERIFY2(outcome.exitCode == 4, (outcome.out + outcome.err).constData());
    const QDir folder(downloads());
    QVERIFY(folder.entryList({u"*.mp4"_s}, QDir::Files).isEmpty());
}

void TestHeadlessDownload::besideAWindowWithoutTheLibrary()
{
    Profile profile;
    profile.dataFolder = m_folder->filePath(u"data"_s);
    profile.configFile = profile.dataFolder + u"/settings.ini"_s;
    profile.stateFolder = profile.dataFolder + u"/state"_s;
    profile.cacheFolder = profile.dataFolder + u"/cache"_s;
    profile.serviceUrl = m_account->service().baseUrl();
    profile.useKeyring = false;
    AppContext window(profile);
    QSignalSpy ready(&window, &AppContext::ready);
    window.open();
    SOON_COMPARE(ready.count(), 1);

    const QStringList ids = ServiceThread::taskIds(2);
    const Outcome outcome = run(ids);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QVERIFY2(outcome.err.contains("window is open"), outcome.err.constData());
    QCOMPARE(saved().size(), 2);
    // Nobody knows of them; all the same they are not there twice.
    const Outcome again = run(ids);
    QVERIFY2(again.exitCode == 0, again.err.constData());
    QCOMPARE(saved().size(), 2);
}

void TestHeadlessDownload::refusedKeyLetsTheOthersBeSaved()
{
    const QStringList ids = ServiceThread::taskIds(2);
    const QByteArray refused = ids.at(1).toLatin1();
    // The key ends while the first one's file is on its way.
    m_account->service().handle("/media/", [this](const demo::Request &request) {
        demo::Response response;
        response.body = ClipAccount::content(request.path);
        response.chunkBytes = static_cast<int>(response.body.size() / 8);
        response.chunkDelayMs = 50;
        m_account->offers[ServiceThread::taskIds(2).at(1).toLatin1()] = Offer::Refused;
        return response;
    });
    m_account->offers[refused] = Offer::Processing;
    const Outcome outcome = run(ids);
    QCOMPARE(outcome.exitCode, 3);
    QCOMPARE(saved(), QList<QByteArray>{ClipAccount::content(ClipAccount::cleanPath(ids.at(0)))});
    QVERIFY2(outcome.out.contains("\tsaved\t"), outcome.out.constData());
}

void TestHeadlessDownload::demoIsSaved()
{
    const Outcome outcome =
        runProgram(QStringLiteral(TASKREEL_PROGRAM),
                   {u"--no-window"_s, u"--download"_s, u"--demo"_s, u"--json"_s, u"--data-dir"_s,
                    m_folder->filePath(u"data"_s), u"--download-dir"_s, downloads()},
                   {.key = {}});
    QVERIFY2(outcome.exitCode == 1, outcome.err.constData()); // one of its tasks fails on purpose
    int files = 0;
    for (const QJsonObject &object : outcome.objects())
        files += static_cast<int>(object[u"files"_s].toArray().size());
    QVERIFY(files >= 10);
    QCOMPARE(saved().size(), files);
}

TASKREEL_TEST_MAIN(TestHeadlessDownload, QCoreApplication)
#include "tst_headless_download.moc"
