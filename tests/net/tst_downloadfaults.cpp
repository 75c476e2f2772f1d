// SPDX-License-Identifier: MIT
// Longer than other files: one table of faults, all of them against the one world of service, library and folder.
// Everything that may go wrong with a download over the wire and on the disk, one row each, with
// the whole program behind it: never a final name with wrong bytes, never a byte asked for twice
// that was already safe, a sentence that says what happened, and a next state that loses nothing.
#include "core/text/errortext.h"
#include "downloadworld.h"
#include "support/isolation.h"

#include <QCoreApplication>

#include <csignal>
#include <functional>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;
using demo::Response;

namespace {

constexpr qsizetype kSize = 600'000;
constexpr qint64 kCut = 250'000;
const auto kId = u"7f3c1d8e-0000-4000-8000-000000000001"_s;

QByteArray whole()
{
    static const QByteArray clip = DownloadWorld::clip(kSize);
    return clip;
}

QByteArray other()
{
    static const QByteArray clip = DownloadWorld::clip(kSize, 'o');
    return clip;
}

Response good(const QByteArray &body = whole(), const QByteArray &etag = "\"one\"")
{
    Response response;
    response.body = body;
    response.etag = etag;
    return response;
}

Response status(int number, const QByteArray &body = "no")
{
    Response response;
    response.status = number;
    response.body = body;
    return response;
}

Response with(Response response, const std::function<void(Response &)> &change)
{
    change(response);
    return response;
}

Response cut(qint64 after = kCut)
{
    return with(good(), [after](Response &r) { r.cutAfter = after; });
}

QByteArray httpDateIn(int seconds)
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc().addSecs(seconds),
                  u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
        .toLatin1();
}

/// What is to come of it.
struct Outcome
{
    DownloadState state = DownloadState::Done;
    ErrorKind error = ErrorKind::None;
    QByteArray content = whole();
    qint64 bytes = kSize; ///< of this file that the service sends; -1: not looked at
    int asked = -1; ///< times that the file is asked for; -1: not looked at
    int renewals = 0; ///< times that the task is asked for once more
};

} // namespace

Q_DECLARE_METATYPE(Outcome)
using Responses = QList<Response>;
Q_DECLARE_METATYPE(Responses)

class DownloadFaultsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fault_data();
    void fault();
    void aDeadLinkIsRenewed_data();
    void aDeadLinkIsRenewed();
    void aFreshLinkThatIsDeadToo();
    void aFreshResultMayNotBeThereYet();
    void retryAfterIsKept_data();
    void retryAfterIsKept();
    void anExpiredLinkIsRenewedFirst();
    void aMirrorIsTried_data();
    void aMirrorIsTried();
    void redirectsToAnotherHost();
    void diskFull();
    void folderRemoved();
    void partFileRemoved();
    void readOnlyFolder();
    void cutAtRandomBytes();

private:
    void serve(const Responses &responses);
    void savedWell(const QByteArray &content);

    std::unique_ptr<DownloadWorld> m_world;
};

void DownloadFaultsTest::init()
{
    m_world = std::make_unique<DownloadWorld>();
    m_world->open();
}

void DownloadFaultsTest::cleanup()
{
    m_world.reset();
}

void DownloadFaultsTest::serve(const Responses &responses)
{
    m_world->server().serveInTurn("/clip.mp4", responses);
    m_world->setUrl(m_world->server().url("/clip.mp4"));
}

void DownloadFaultsTest::savedWell(const QByteArray &content)
{
    SOON_COMPARE(m_world->state(kId), DownloadState::Done);
    QCOMPARE(m_world->files(), QStringList{kId + u".mp4"_s});
    QVERIFY(m_world->content(kId + u".mp4"_s) == content);
    SOON_COMPARE(m_world->context().repository()->find(kId)->saveState, SaveState::Saved);
}

void DownloadFaultsTest::fault_data()
{
    QTest::addColumn<Responses>("responses");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *name, const Responses &responses, const Outcome &outcome) {
        QTest::newRow(name) << responses << outcome;
    };
    const auto sent = [](qint64 bytes, int asked) {
        Outcome outcome;
        outcome.bytes = bytes;
        outcome.asked = asked;
        return outcome;
    };
    const auto fails = [](ErrorKind kind, int renewals = 0) {
        Outcome outcome;
        outcome.state = DownloadState::Failed;
        outcome.error = kind;
        outcome.bytes = -1;
        outcome.renewals = renewals;
        return outcome;
    };
    row("delay", {with(good(), [](Response &r) { r.delayMs = 150; })}, sent(kSize, 1));
    row("stall", {with(good(), [](Response &r) { r.stallAfter = kCut; }), good()}, sent(kSize, 2));
    row("cut", {cut(), good()}, sent(kSize, 2));
    row("cut before the first byte", {cut(0), good()}, sent(kSize, 2));
    row("closed without an answer",
        {with(good(), [](Response &r) { r.closeWithoutAnswer = true; }), good()}, sent(kSize, -1));
    row("lying length",
        {with(good(), [](Response &r) { r.declaredLength = kSize + 1'000; }),
         with(status(416), [](Response &) {}), good()},
        sent(-1, 3));
    row("always a lying length",
        {with(good(whole(), {}), [](Response &r) { r.declaredLength = kSize + 1'000; })},
        fails(ErrorKind::ConnectionLost));
    row("no length", {with(good(), [](Response &r) { r.sendContentLength = false; })},
        sent(kSize, 1));
    row("no length, and cut",
        {with(cut(), [](Response &r) { r.sendContentLength = false; }), good()}, sent(-1, -1));
    row("no range",
        {with(cut(), [](Response &r) { r.ranges = false; }),
         with(good(), [](Response &r) { r.ranges = false; })},
        sent(kCut + kSize, 2));
    row("no validator", {with(cut(), [](Response &r) { r.etag.clear(); }), good(whole(), {})},
        sent(kCut + kSize, 2));
    row("a weak validator",
        {with(cut(), [](Response &r) { r.etag = "W/\"one\""; }), good(whole(), "W/\"one\"")},
        sent(kCut + kSize, 2));
    row("wrong Content-Range",
        {cut(),
         with(status(206, whole().mid(kCut - 1'000)),
              [](Response &r) {
                  r.headers = {{"Content-Range", "bytes 249000-599999/600000"}};
              }),
         good()},
        sent(-1, 3));
    Outcome changed = sent(kCut + kSize, 2);
    changed.content = other();
    row("the file changes between parts", {cut(), good(other(), "\"two\"")}, changed);
    Outcome mixed = sent(-1, 3);
    mixed.content = other();
    row("the file changes, and a range is given all the same",
        {cut(),
         with(
             status(206, other().mid(kCut)),
             [](Response &r) {
                 r.headers = {{"Content-Range", "bytes 250000-599999/600000"}, {"ETag", "\"two\""}};
             }),
         good(other(), "\"two\"")},
        mixed);
    const auto dated = [](Response response) {
        return with(response, [](Response &r) {
            r.etag.clear();
            r.headers = {{"Last-Modified", "Wed, 01 Jul 2026 10:00:00 GMT"},
                         {"Date", httpDateIn(0)}};
        });
    };
    row("a date as validator", {dated(cut()), dated(good())}, sent(kSize, 2));
    row("a date that changes, and a range is given all the same",
        {dated(cut()),
         with(status(206, other().mid(kCut)),
              [](Response &r) {
                  r.headers = {{"Content-Range", "bytes 250000-599999/600000"},
                               {"Last-Modified", "Thu, 02 Jul 2026 10:00:00 GMT"}};
              }),
         good(other(), "\"two\"")},
        mixed);
    row("a range that ends early",
        {cut(),
         with(
             status(206, whole().mid(kCut, 1'000)),
             [](Response &r) {
                 r.headers = {{"Content-Range", "bytes 250000-599999/600000"}, {"ETag", "\"one\""}};
             }),
         good()},
        sent(-1, 3));
    row("416", {cut(), status(416), good()}, sent(-1, 3));
    row("500", {status(500), status(502), good()}, sent(-1, 3));
    row("500 for ever", {status(500)}, fails(ErrorKind::ServerFault));
    row("410", {status(410)}, fails(ErrorKind::LinkGone, 1));
    row("401", {status(401)}, fails(ErrorKind::LinkGone, 1));
    row("HTML", {good("<!DOCTYPE html><html><body>Sign in</body></html>")},
        fails(ErrorKind::LinkGone, 1));
    row("a playlist", {good("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n")},
        fails(ErrorKind::LinkGone, 1));
    row("a cut file with the length of the cut", {good(whole().left(50'000), {})},
        fails(ErrorKind::Incomplete));
    row("a redirect loop",
        {with(status(302),
              [](Response &r) {
                  r.headers = {{"Location", "/clip.mp4"}};
              })},
        fails(ErrorKind::RefusedAddress));
    row("a gzip bomb",
        {with(good(QByteArray(kSize, '\0')),
              [](Response &r) {
                  r.headers = {{"Content-Encoding", "gzip"}};
              })},
        fails(ErrorKind::LinkGone, 1));
}

void DownloadFaultsTest::fault()
{
    QFETCH(const Responses, responses);
    QFETCH(const Outcome, outcome);
    serve(responses);
    m_world->addTask(kId);
    QSignalSpy finished(&m_world->queue(), &DownloadQueue::finished);
    m_world->save(kId);
    SOON_COMPARE(finished.count(), 1);
    QCOMPARE(m_world->state(kId), outcome.state);
    QCOMPARE(m_world->askedForTask(), 1 + outcome.renewals);
    if (outcome.bytes >= 0)
        QCOMPARE(m_world->bytesSent("/clip.mp4"), outcome.bytes);
    if (outcome.asked >= 0)
        QCOMPARE(m_world->server().asked("/clip.mp4"), outcome.asked);
    if (outcome.state == DownloadState::Done)
        return savedWell(outcome.content);

    const Error error = m_world->item(kId)->error;
    QCOMPARE(error.kind, outcome.error);
    const TaskSummary *row = m_world->context().repository()->find(kId);
    QCOMPARE(row->saveState, SaveState::Failed);
    QCOMPARE(row->saveError, errorSentence(error, Retry::ByHand));
    QVERIFY(!row->saveError.isEmpty());
    for (const QString &name : m_world->files())
        QVERIFY2(name.endsWith(u".part"_s), qPrintable(name));
    // The server mends, and one press of Retry is enough.
    m_world->server().serve("/clip.mp4", good());
    m_world->queue().retryFailed();
    savedWell(whole());
}

void DownloadFaultsTest::aDeadLinkIsRenewed_data()
{
    QTest::addColumn<Responses>("old");
    QTest::addColumn<qint64>("newBytes");
    QTest::newRow("403") << Responses{status(403)} << qint64{kSize};
    QTest::newRow("404") << Responses{status(404)} << qint64{kSize};
    QTest::newRow("HTML") << Responses{good("<html>Expired</html>")} << qint64{kSize};
    QTest::newRow("in the middle: on from the same byte")
        << Responses{cut(), status(403)} << qint64{kSize - kCut};
}

void DownloadFaultsTest::aDeadLinkIsRenewed()
{
    QFETCH(const Responses, old);
    QFETCH(const qint64, newBytes);
    serve(old);
    m_world->addTask(kId);
    m_world->server().serve("/fresh.mp4", good());
    m_world->setUrl(m_world->server().url("/fresh.mp4"));
    m_world->save(kId);
    savedWell(whole());
    QCOMPARE(m_world->askedForTask(), 2);
    QCOMPARE(m_world->bytesSent("/fresh.mp4"), newBytes);
}

void DownloadFaultsTest::aFreshLinkThatIsDeadToo()
{
    serve({status(403)});
    m_world->addTask(kId);
    m_world->server().serve("/fresh.mp4", status(404));
    m_world->setUrl(m_world->server().url("/fresh.mp4"));
    m_world->save(kId);
    SOON_COMPARE(m_world->state(kId), DownloadState::Failed);
    QCOMPARE(m_world->item(kId)->error.kind, ErrorKind::LinkGone);
    QCOMPARE(m_world->askedForTask(), 2);
    QCOMPARE(m_world->server().asked("/fresh.mp4"), 1);
}

/// The result of a task that has only just ended is not on every server at once.
void DownloadFaultsTest::aFreshResultMayNotBeThereYet()
{
    m_world->setEnded(QDateTime::currentDateTimeUtc());
    serve({status(404), status(404), status(404), good()});
    m_world->addTask(kId);
    m_world->save(kId);
    savedWell(whole());
    QCOMPARE(m_world->server().asked("/clip.mp4"), 4);
    QCOMPARE(m_world->askedForTask(), 1);
}

void DownloadFaultsTest::retryAfterIsKept_data()
{
    QTest::addColumn<bool>("date");
    QTest::addColumn<int>("atLeastMs");
    QTest::newRow("seconds") << false << 2'000;
    QTest::newRow("a date") << true << 900; // whole seconds, of which one has begun
}

void DownloadFaultsTest::retryAfterIsKept()
{
    QFETCH(const bool, date);
    QFETCH(const int, atLeastMs);
    m_world->setUrl(m_world->server().url("/clip.mp4"));
    m_world->addTask(kId);
    serve({with(status(429),
                [date](Response &r) {
                    r.headers = {{"Retry-After", date ? httpDateIn(2) : QByteArray("2")}};
                }),
           good()});
    QElapsedTimer clock;
    clock.start();
    m_world->save(kId);
    savedWell(whole());
    QVERIFY2(clock.elapsed() >= atLeastMs, qPrintable(QString::number(clock.elapsed())));
}

void DownloadFaultsTest::anExpiredLinkIsRenewedFirst()
{
    m_world->server().serve("/clip.mp4", good());
    m_world->setUrl(m_world->server().url("/clip.mp4?Expires=1500000000&Signature=x"));
    m_world->addTask(kId);
    m_world->server().serve("/fresh.mp4", good());
    m_world->setUrl(m_world->server().url("/fresh.mp4"));
    m_world->save(kId);
    savedWell(whole());
    QCOMPARE(m_world->server().asked("/clip.mp4"), 0);
}

void DownloadFaultsTest::aMirrorIsTried_data()
{
    QTest::addColumn<Responses>("responses");
    QTest::addColumn<qint64>("fromMirror");
    QTest::newRow("a fault") << Responses{status(500)} << qint64{kSize};
    // What is safe is not thrown away for another address.
    QTest::newRow("a cut") << Responses{cut(), good()} << qint64{0};
}

void DownloadFaultsTest::aMirrorIsTried()
{
    QFETCH(const Responses, responses);
    QFETCH(const qint64, fromMirror);
    serve(responses);
    m_world->addTask(kId);
    Task task = *m_world->context().repository()->task(kId);
    Media &medium = task.works[0].media[0];
    medium.sources[0].mirrors = {m_world->server().url("/mirror.mp4")};
    m_world->server().serve("/mirror.mp4", good());
    m_world->context().repository()->merge({task, "{}"}, true);
    m_world->save(kId);
    savedWell(whole());
    QCOMPARE(m_world->bytesSent("/mirror.mp4"), fromMirror);
}

void DownloadFaultsTest::redirectsToAnotherHost()
{
    MediaServer elsewhere;
    elsewhere.serve("/there.mp4", good());
    serve({with(status(302), [&elsewhere](Response &r) {
        r.headers = {{"Location", elsewhere.url("/there.mp4")}};
    })});
    m_world->addTask(kId);
    m_world->save(kId);
    savedWell(whole());
    for (const demo::Request &request : elsewhere.service().requests()) {
        QVERIFY(request.header("x-api-key").isEmpty());
        QVERIFY(request.header("Cookie").isEmpty());
    }
}

void DownloadFaultsTest::diskFull()
{
    const QByteArray large = DownloadWorld::clip(6'000'000);
    serve({good(large)});
    m_world->addTask(kId);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 4'000'000; // more than the library needs
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
    QSignalSpy stopped(&m_world->queue(), &DownloadQueue::stopChanged);
    m_world->save(kId);
    SOON_COMPARE(stopped.count(), 1);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QCOMPARE(m_world->queue().stopError().kind, ErrorKind::DiskFull);
    QVERIFY(errorSentence(m_world->queue().stopError()).contains(u"disk is full"_s));
    QCOMPARE(m_world->state(kId), DownloadState::Waiting);
    QCOMPARE(m_world->files(), QStringList{kId + u".mp4.part"_s});
    const qint64 safe = m_world->content(kId + u".mp4.part"_s).size();
    QCOMPARE(safe, qint64{4'000'000});
    // Nothing starts by itself, nothing is lost.
    m_world->server().service().clearLog();
    m_world->queue().resumeAll();
    savedWell(large);
    QCOMPARE(m_world->server().service().requestsTo("/clip.mp4").constFirst().header("Range"),
             "bytes=4000000-");
}

void DownloadFaultsTest::folderRemoved()
{
    serve({with(good(),
                [](Response &r) {
                    r.chunkBytes = 50'000;
                    r.chunkDelayMs = 60;
                }),
           good()});
    m_world->addTask(kId);
    QSignalSpy failed(&m_world->queue(), &DownloadQueue::failed);
    m_world->save(kId);
    SOON_COMPARE(m_world->files(), QStringList{kId + u".mp4.part"_s});
    QVERIFY(QDir(m_world->folder()).removeRecursively());
    SOON_COMPARE(failed.count(), 1);
    const Error error = failed.first().at(1).value<Error>();
    QCOMPARE(error.kind, ErrorKind::CannotWrite);
    QVERIFY(errorSentence(error).contains(m_world->folder()));
    m_world->queue().retryFailed();
    savedWell(whole());
}

void DownloadFaultsTest::partFileRemoved()
{
    serve({with(good(), [](Response &r) { r.stallAfter = kCut; }), good()});
    m_world->addTask(kId);
    m_world->save(kId);
    SOON_COMPARE(m_world->content(kId + u".mp4.part"_s).size(), kCut);
    m_world->queue().pauseAll();
    SOON_COMPARE(m_world->state(kId), DownloadState::Paused);
    QVERIFY(QFile::remove(m_world->folder() + u'/' + kId + u".mp4.part"_s));
    m_world->queue().resumeAll();
    savedWell(whole());
}

void DownloadFaultsTest::readOnlyFolder()
{
    if (::geteuid() == 0) {
        // Permissions do not hold root: a file in the place of the folder stops everybody.
        QFile inTheWay(m_world->folder());
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    } else {
        QVERIFY(QDir().mkpath(m_world->folder()));
        QFile::setPermissions(m_world->folder(), QFile::ReadOwner | QFile::ExeOwner);
    }
    serve({good()});
    m_world->addTask(kId);
    QSignalSpy failed(&m_world->queue(), &DownloadQueue::failed);
    m_world->save(kId);
    SOON_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(1).value<Error>().kind, ErrorKind::CannotWrite);
    QCOMPARE(m_world->server().asked("/clip.mp4"), ::geteuid() == 0 ? 0 : 1);
    QFile::setPermissions(m_world->folder(),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    if (::geteuid() == 0)
        QVERIFY(QFile::remove(m_world->folder()));
    m_world->queue().retryFailed();
    savedWell(whole());
}

void DownloadFaultsTest::cutAtRandomBytes()
{
    QRandomGenerator *random = QRandomGenerator::global();
    Responses responses;
    qint64 at = 0;
    for (int i = 0; i < 3; ++i) {
        // The next cut counts from where the last one was.
        const qint64 more = random->bounded(1, 150'000);
        responses += cut(more);
        at += more;
    }
    responses += good();
    serve(responses);
    m_world->addTask(kId);
    m_world->save(kId);
    savedWell(whole());
    QCOMPARE(m_world->bytesSent("/clip.mp4"), qint64{kSize});
    QVERIFY(at < kSize);
}

TASKREEL_TEST_MAIN(DownloadFaultsTest, QCoreApplication)
#include "tst_downloadfaults.moc"
