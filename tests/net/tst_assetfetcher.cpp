// SPDX-License-Identifier: MIT
// Longer than other files: one table of faults, all of them against the one fetcher and its folder.
#include "core/net/assetfetcher.h"
#include "core/net/assetrules.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"

#include <QNetworkProxy>
#include <QSemaphore>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace taskreel;
using namespace taskreel::test;
using demo::Response;

Q_DECLARE_METATYPE(taskreel::demo::Response)

static constexpr qint64 kCap = 300'000;

static Response responseWith(const QByteArray &body, int status = 200)
{
    Response response;
    response.status = status;
    response.body = body;
    return response;
}

static Response redirectTo(const QByteArray &location, int status = 302)
{
    Response response;
    response.status = status;
    response.headers = {{"Location", location}};
    return response;
}

static QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class AssetFetcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void writesTheBytesAsSent();
    void sendsTheAddressAsReceivedAndNothingPrivate();
    void leavesNothingOfWhatIsNotTheFile_data();
    void leavesNothingOfWhatIsNotTheFile();
    void followsRedirectsByTheRules_data();
    void followsRedirectsByTheRules();
    void refusesRedirectsToOtherNetworks();
    void refusesThisMachineUnlessAllowed();
    void triesMirrorsInOrder();
    void passingFaultsAreTriedAgain();
    void aFreshResultMayNotBeThereYet();
    void longRetryAfterIsLeftToTheCaller();
    void aCutAnswerGoesOnWhereItWas();
    void aChangedFileStartsOver();
    void aWrongRangeStartsOver();
    void fullDisk();
    void refusedWrite();
    void folderRemovedMeanwhile();
    void folderCannotBeMade();
    void cancelRemovesThePart();
    void cancelBeforeItBegan();
    void copies();
    void copyOfMissingFile();
    void inlineBytes();
    void stopsWithoutLeavings();
    void noProxyForThisMachine();
    void fileWorkFollowsInOrder();
    void longFileWorkHoldsUpNobody();

private:
    void makeFetcher(std::chrono::milliseconds stall);
    quint64 fetch(const QByteArray &url, MediaKind expected = MediaKind::Video,
                  const QList<QByteArray> &mirrors = {});
    /// The one result of a request; fails the test when none or more than one came.
    Result<FetchedAsset> resultOf(quint64 id);
    [[nodiscard]] QString partPath() const { return m_folder->filePath(u"parts/clip.mp4.part"_s); }
    [[nodiscard]] QStringList leavings() const
    {
        return QDir(m_folder->filePath(u"parts"_s)).entryList(QDir::Files | QDir::Hidden);
    }

    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AssetFetcher> m_fetcher;
    QHash<quint64, QList<Result<FetchedAsset>>> m_results;
};

void AssetFetcherTest::init()
{
    m_server = std::make_unique<MediaServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_results.clear();
    makeFetcher(20s);
}

void AssetFetcherTest::makeFetcher(std::chrono::milliseconds stall)
{
    AssetLimits limits;
    limits.stall = stall;
    limits.firstRetry = 2ms;
    limits.byteCap = kCap;
    m_fetcher = std::make_unique<AssetFetcher>(limits);
    connect(
        m_fetcher.get(), &AssetFetcher::finished, this,
        [this](quint64 id, const Result<FetchedAsset> &result) { m_results[id].append(result); });
}

void AssetFetcherTest::cleanup()
{
    m_fetcher.reset();
    m_server.reset();
}

quint64 AssetFetcherTest::fetch(const QByteArray &url, MediaKind expected,
                                const QList<QByteArray> &mirrors)
{
    AssetRequest request;
    request.source.url = url;
    request.source.mirrors = mirrors;
    request.partPath = partPath();
    request.expected = expected;
    request.loopbackAllowed = true;
    return m_fetcher->start(request);
}

Result<FetchedAsset> AssetFetcherTest::resultOf(quint64 id)
{
    const bool came = QTest::qWaitFor([this, id] { return m_results.contains(id); }, 10'000);
    if (!came || m_results.value(id).size() != 1)
        return failure(ErrorKind::Other, u"%1 results"_s.arg(m_results.value(id).size()));
    return m_results.value(id).constFirst();
}

void AssetFetcherTest::writesTheBytesAsSent()
{
    const QByteArray clip = clipBytes();
    m_server->serveBytes("/clip.mp4", clip);
    QSignalSpy progress(m_fetcher.get(), &AssetFetcher::progress);
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QVERIFY2(result, qPrintable(result ? QString() : result.error().detail));
    QCOMPARE(result->partPath, partPath());
    QCOMPARE(result->bytes, clip.size());
    QCOMPARE(result->sha256, QCryptographicHash::hash(clip, QCryptographicHash::Sha256));
    QCOMPARE(result->probe.form, MediaProbe::Form::Mp4);
    QCOMPARE(readAll(partPath()), clip);
    QVERIFY(progress.count() >= 1);
    QCOMPARE(progress.first().at(2).toLongLong(), clip.size());
}

void AssetFetcherTest::sendsTheAddressAsReceivedAndNothingPrivate()
{
    m_server->serveBytes("/a", clipBytes());
    const QByteArray target = "/a%2520b/%2F%3D?X-Sig=a%2Fb%2B%3D&Expires=17";
    QVERIFY(resultOf(fetch(m_server->url(target))));
    const demo::Request request = m_server->service().requests().constFirst();
    QCOMPARE(request.target, target);
    QCOMPARE(request.header("Accept-Encoding"), "identity");
    for (const char *name : {"x-api-key", "Authorization", "Cookie", "Referer", "Range"})
        QVERIFY2(request.header(name).isEmpty(), name);
}

void AssetFetcherTest::leavesNothingOfWhatIsNotTheFile_data()
{
    QTest::addColumn<Response>("response");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray clip = clipBytes();

    QTest::newRow("HTML page") << responseWith("<!DOCTYPE html><html><body>Gone</body></html>")
                               << ErrorKind::NotMedia;
    QTest::newRow("playlist") << responseWith("#EXTM3U\n#EXT-X-VERSION:3\nhttp://127.0.0.1/x.ts\n")
                              << ErrorKind::NotMedia;
    QTest::newRow("JSON") << responseWith(R"({"code":404,"message":"no"})") << ErrorKind::NotMedia;
    QTest::newRow("a picture") << responseWith(pictureBytes()) << ErrorKind::NotMedia;
    QTest::newRow("empty") << responseWith({}) << ErrorKind::Incomplete;
    for (const int status : {400, 401, 403, 404, 410})
        QTest::addRow("%d", status) << responseWith(clip, status) << ErrorKind::LinkDead;
    QTest::newRow("429") << responseWith(clip, 429) << ErrorKind::RateLimited;
    for (const int status : {500, 502, 503})
        QTest::addRow("%d", status) << responseWith(clip, status) << ErrorKind::ServerFault;
    QTest::newRow("unasked 206") << responseWith(clip, 206) << ErrorKind::BadAnswer;

    Response cut = responseWith(clip);
    cut.cutAfter = clip.size() / 2;
    QTest::newRow("cut, length given") << cut << ErrorKind::ConnectionLost;
    cut.sendContentLength = false;
    QTest::newRow("cut, no length") << cut << ErrorKind::Incomplete;
    Response chunked = responseWith(clip);
    chunked.chunked = true;
    chunked.cutAfter = clip.size() / 2;
    QTest::newRow("cut, chunked") << chunked << ErrorKind::ConnectionLost;

    Response lying = responseWith(clip);
    lying.declaredLength = clip.size() / 2;
    QTest::newRow("length too small") << lying << ErrorKind::Incomplete;
    lying.declaredLength = clip.size() + 5000;
    lying.cutAfter = clip.size();
    QTest::newRow("length too large") << lying << ErrorKind::ConnectionLost;

    Response stall = responseWith(clip);
    stall.stallAfter = clip.size() / 2;
    QTest::newRow("stall") << stall << ErrorKind::Timeout;
    Response silent;
    silent.closeWithoutAnswer = true;
    QTest::newRow("no answer") << silent << ErrorKind::ConnectionLost;

    Response gzip = responseWith(qCompress(clip));
    gzip.headers = {{"Content-Encoding", "gzip"}};
    QTest::newRow("compressed unasked") << gzip << ErrorKind::NotMedia;

    QTest::newRow("over the cap") << responseWith(clip + QByteArray(kCap, '\0'))
                                  << ErrorKind::TooLarge;
    Response endless = responseWith(clip + QByteArray(kCap, '\0'));
    endless.sendContentLength = false;
    QTest::newRow("over the cap, no length") << endless << ErrorKind::TooLarge;
}

void AssetFetcherTest::leavesNothingOfWhatIsNotTheFile()
{
    QFETCH(Response, response);
    QFETCH(ErrorKind, kind);
    if (response.stallAfter >= 0)
        makeFetcher(100ms);
    m_server->serve("/clip.mp4", response);
    const quint64 id = fetch(m_server->url("/clip.mp4"));
    const Result<FetchedAsset> result = resultOf(id);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QCOMPARE(leavings(), QStringList());
    QCOMPARE(m_results.value(id).size(), 1);
}

void AssetFetcherTest::followsRedirectsByTheRules_data()
{
    QTest::addColumn<QByteArray>("location"); // %1: the other host
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("other host") << QByteArray("%1/there?sig=%2F") << ErrorKind::None;
    QTest::newRow("relative") << QByteArray("here") << ErrorKind::None;
    QTest::newRow("loop") << QByteArray("/start") << ErrorKind::RefusedAddress;
    QTest::newRow("a local file") << QByteArray("file:///etc/passwd") << ErrorKind::RefusedAddress;
    QTest::newRow("data") << QByteArray("data:video/mp4;base64,AAAA") << ErrorKind::RefusedAddress;
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/x.mp4") << ErrorKind::RefusedAddress;
    QTest::newRow("credentials") << QByteArray("http://u:p@127.0.0.1:1/x")
                                 << ErrorKind::RefusedAddress;
    QTest::newRow("nowhere") << QByteArray() << ErrorKind::BadAnswer;
}

void AssetFetcherTest::followsRedirectsByTheRules()
{
    QFETCH(QByteArray, location);
    QFETCH(ErrorKind, kind);
    MediaServer other;
    other.serveBytes("/there", clipBytes());
    m_server->serveBytes("/here", clipBytes());
    Response redirect = redirectTo(location.replace("%1", other.url({})));
    redirect.headers.emplaceBack("Set-Cookie", "session=1");
    m_server->serve("/start", redirect);

    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/start")));
    QCOMPARE(result ? ErrorKind::None : result.error().kind, kind);
    QCOMPARE(leavings().size(), result ? 1 : 0);
    if (kind == ErrorKind::RefusedAddress)
        QVERIFY(m_server->asked("/start") <= kMaxRedirects + 1);
    const QList<demo::Request> requests =
        m_server->service().requests() + other.service().requests();
    for (const demo::Request &request : requests)
        QVERIFY(request.header("Cookie").isEmpty());
    if (!other.service().requests().isEmpty())
        QCOMPARE(other.service().requests().constFirst().target, "/there?sig=%2F");
}

void AssetFetcherTest::refusesRedirectsToOtherNetworks()
{
    const QUrl from(u"https://media.example/x"_s);
    for (const char *place : {"http://127.0.0.1/", "https://10.0.0.1/x", "https://[::1]/x",
                              "https://169.254.169.254/latest", "http://media.example/plain"}) {
        const Result<QUrl> target = redirectTarget(from, place, false);
        QVERIFY2(!target, place);
        QCOMPARE(target.error().kind, ErrorKind::RefusedAddress);
    }
    QCOMPARE(redirectTarget(from, "/y?a=%2F", false)->toEncoded(), "https://media.example/y?a=%2F");
}

void AssetFetcherTest::refusesThisMachineUnlessAllowed()
{
    m_server->serveBytes("/clip.mp4", clipBytes());
    AssetRequest request;
    request.source.url = m_server->url("/clip.mp4");
    request.partPath = partPath();
    const Result<FetchedAsset> result = resultOf(m_fetcher->start(request));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::RefusedAddress);
    QCOMPARE(m_server->service().requests().size(), 0);
}

void AssetFetcherTest::triesMirrorsInOrder()
{
    m_server->serve("/one", responseWith({}, 404));
    m_server->serve("/two", responseWith("<html></html>"));
    m_server->serveBytes("/three", clipBytes());
    QVERIFY(
        resultOf(fetch(m_server->url("/one"), MediaKind::Video,
                       {m_server->url("/two"), m_server->url("/three"), m_server->url("/four")})));
    QCOMPARE(m_server->asked("/one"), 1);
    QCOMPARE(m_server->asked("/two"), 1);
    QCOMPARE(m_server->asked("/four"), 0);
}

void AssetFetcherTest::passingFaultsAreTriedAgain()
{
    m_server->serveInTurn(
        "/clip.mp4",
        {responseWith("<html>", 502), responseWith({}, 503), responseWith(clipBytes())});
    QVERIFY(resultOf(fetch(m_server->url("/clip.mp4"))));
    QCOMPARE(m_server->asked("/clip.mp4"), 3);
}

void AssetFetcherTest::aFreshResultMayNotBeThereYet()
{
    const QList<Response> late{responseWith({}, 404), responseWith({}, 404), responseWith({}, 404),
                               responseWith(clipBytes())};
    m_server->serveInTurn("/fresh.mp4", late);
    m_server->serveInTurn("/old.mp4", late);
    AssetRequest request;
    request.source.url = m_server->url("/fresh.mp4");
    request.partPath = partPath();
    request.expected = MediaKind::Video;
    request.loopbackAllowed = true;
    request.fresh = true;
    QVERIFY(resultOf(m_fetcher->start(request)));
    QCOMPARE(m_server->asked("/fresh.mp4"), 4);
    QCOMPARE(resultOf(fetch(m_server->url("/old.mp4"))).error().kind, ErrorKind::LinkDead);
    QCOMPARE(m_server->asked("/old.mp4"), 1);
}

void AssetFetcherTest::longRetryAfterIsLeftToTheCaller()
{
    Response busy = responseWith({}, 429);
    busy.headers = {{"Retry-After", "120"}};
    m_server->serve("/clip.mp4", busy);
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QVERIFY(!result);
    QCOMPARE(result.error().retryAfterMs, 120'000);
    QCOMPARE(m_server->asked("/clip.mp4"), 1);
}

void AssetFetcherTest::aCutAnswerGoesOnWhereItWas()
{
    const QByteArray clip = clipBytes();
    Response whole = responseWith(clip);
    whole.etag = "\"one\"";
    Response cut = whole;
    cut.cutAfter = 50'000;
    m_server->serveInTurn("/clip.mp4", {cut, whole});
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QVERIFY(result);
    QCOMPARE(readAll(partPath()), clip);
    QCOMPARE(result->sha256, QCryptographicHash::hash(clip, QCryptographicHash::Sha256));
    const QList<demo::Request> requests = m_server->service().requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(1).header("Range"), "bytes=50000-");
    QCOMPARE(requests.at(1).header("If-Range"), "\"one\"");
}

void AssetFetcherTest::aChangedFileStartsOver()
{
    Response cut = responseWith(clipBytes());
    cut.etag = "\"one\"";
    cut.cutAfter = 50'000;
    Response changed = responseWith(otherClipBytes());
    changed.etag = "\"two\"";
    m_server->serveInTurn("/clip.mp4", {cut, changed});
    QVERIFY(resultOf(fetch(m_server->url("/clip.mp4"))));
    QCOMPARE(readAll(partPath()), otherClipBytes());
}

void AssetFetcherTest::aWrongRangeStartsOver()
{
    const QByteArray clip = clipBytes();
    Response cut = responseWith(clip);
    cut.etag = "\"one\"";
    cut.cutAfter = 50'000;
    Response wrong = responseWith(clip.mid(40'000), 206);
    wrong.headers = {{"Content-Range",
                      "bytes 40000-" + QByteArray::number(clip.size() - 1) + '/'
                          + QByteArray::number(clip.size())}};
    m_server->serveInTurn("/clip.mp4", {cut, wrong, responseWith(clip)});
    QVERIFY(resultOf(fetch(m_server->url("/clip.mp4"))));
    QCOMPARE(readAll(partPath()), clip);
}

void AssetFetcherTest::fullDisk()
{
    QVERIFY(QDir().mkpath(QFileInfo(partPath()).path()));
    QVERIFY(QFile::link(u"/dev/full"_s, partPath()));
    m_server->serveBytes("/clip.mp4", clipBytes());
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::DiskFull);
    QVERIFY2(result.error().detail.contains(partPath()), qPrintable(result.error().detail));
    QVERIFY(!result.error().message.isEmpty());
    QCOMPARE(leavings(), QStringList());
    QCOMPARE(m_server->asked("/clip.mp4"), 1);
}

void AssetFetcherTest::refusedWrite()
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 30'000;
    m_server->serveBytes("/clip.mp4", clipBytes());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::DiskFull);
    QVERIFY2(result.error().detail.contains(partPath()), qPrintable(result.error().detail));
    QCOMPARE(leavings(), QStringList());
}

void AssetFetcherTest::folderRemovedMeanwhile()
{
    Response slow = responseWith(clipBytes());
    slow.chunkBytes = 20'000;
    slow.chunkDelayMs = 100;
    m_server->serve("/clip.mp4", slow);
    const QString folder = QFileInfo(partPath()).path();
    connect(m_fetcher.get(), &AssetFetcher::progress, this,
            [folder] { QDir(folder).removeRecursively(); });
    const quint64 id = fetch(m_server->url("/clip.mp4"));
    const Result<FetchedAsset> result = resultOf(id);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::CannotWrite);
}

void AssetFetcherTest::folderCannotBeMade()
{
    QFile inTheWay(m_folder->filePath(u"parts"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    m_server->serveBytes("/clip.mp4", clipBytes());
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::CannotWrite);
}

void AssetFetcherTest::cancelRemovesThePart()
{
    Response stall = responseWith(clipBytes());
    stall.stallAfter = 50'000;
    m_server->serve("/clip.mp4", stall);
    QSignalSpy progress(m_fetcher.get(), &AssetFetcher::progress);
    const quint64 id = fetch(m_server->url("/clip.mp4"));
    SOON_VERIFY(progress.count() > 0);
    QCOMPARE(leavings().size(), 1);
    m_fetcher->cancel(id);
    m_fetcher->cancel(id);
    QCOMPARE(m_results.size(), 0);
    const Result<FetchedAsset> result = resultOf(id);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QCOMPARE(leavings(), QStringList());
    SOON_COMPARE(m_server->service().openConnections(), 0);
}

void AssetFetcherTest::cancelBeforeItBegan()
{
    m_server->serveBytes("/clip.mp4", clipBytes());
    const quint64 id = fetch(m_server->url("/clip.mp4"));
    m_fetcher->cancel(id);
    const Result<FetchedAsset> result = resultOf(id);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QCOMPARE(leavings(), QStringList());
}

void AssetFetcherTest::copies()
{
    const QByteArray clip = clipBytes();
    QFile kept(m_folder->filePath(u"kept.mp4"_s));
    QVERIFY(kept.open(QIODevice::WriteOnly));
    QCOMPARE(kept.write(clip), clip.size());
    kept.close();
    const Result<FetchedAsset> result =
        resultOf(m_fetcher->startCopy(kept.fileName(), partPath(), MediaKind::Video));
    QVERIFY(result);
    QCOMPARE(readAll(partPath()), clip);
    QCOMPARE(result->sha256, QCryptographicHash::hash(clip, QCryptographicHash::Sha256));
    QCOMPARE(m_server->service().requests().size(), 0);
}

void AssetFetcherTest::copyOfMissingFile()
{
    const Result<FetchedAsset> result =
        resultOf(m_fetcher->startCopy(m_folder->filePath(u"none.mp4"_s), partPath()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::CannotRead);
    QCOMPARE(leavings(), QStringList());
}

void AssetFetcherTest::inlineBytes()
{
    AssetRequest request;
    request.source.inlineBytes = pictureBytes();
    request.partPath = partPath();
    request.expected = MediaKind::Image;
    const Result<FetchedAsset> result = resultOf(m_fetcher->start(request));
    QVERIFY(result);
    QCOMPARE(result->probe.form, MediaProbe::Form::Jpeg);
    QCOMPARE(readAll(partPath()), pictureBytes());
}

void AssetFetcherTest::stopsWithoutLeavings()
{
    Response stall = responseWith(clipBytes());
    stall.stallAfter = 50'000;
    m_server->serve("/clip.mp4", stall);
    fetch(m_server->url("/clip.mp4"));
    SOON_VERIFY(QFile::exists(partPath()));
    m_fetcher.reset();
    QCOMPARE(leavings(), QStringList());
}

void AssetFetcherTest::noProxyForThisMachine()
{
    MediaServer proxy;
    const QNetworkProxy before = QNetworkProxy::applicationProxy();
    QNetworkProxy::setApplicationProxy(
        QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s,
                      static_cast<quint16>(proxy.service().baseUrl().port())));
    m_server->serveBytes("/clip.mp4", clipBytes());
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    QNetworkProxy::setApplicationProxy(before);
    QVERIFY(result);
    QCOMPARE(proxy.service().requests().size(), 0);
}

void AssetFetcherTest::fileWorkFollowsInOrder()
{
    QList<int> order;
    auto gone = std::make_unique<QObject>();
    m_fetcher->run(
        this, [] { return 1; }, [&order](int value) { order.append(value); });
    m_fetcher->run(
        gone.get(), [] { return 2; }, [&order](int value) { order.append(value); });
    m_fetcher->run(
        this, [] { return 3; }, [&order](int value) { order.append(value); });
    gone.reset();
    QCOMPARE(order, QList<int>());
    SOON_COMPARE(order, (QList<int>{1, 3}));
}

void AssetFetcherTest::longFileWorkHoldsUpNobody()
{
    QSemaphore leave;
    bool longDone = false;
    bool shortDone = false;
    m_fetcher->runApart(
        this,
        [&leave] {
            leave.acquire();
            return true;
        },
        [&longDone](bool) { longDone = true; });
    m_fetcher->run(
        this, [] { return true; }, [&shortDone](bool) { shortDone = true; });
    m_server->serveBytes("/clip.mp4", clipBytes());
    const Result<FetchedAsset> result = resultOf(fetch(m_server->url("/clip.mp4")));
    const bool waited = !longDone;
    leave.release();
    QVERIFY(result);
    SOON_VERIFY(shortDone);
    QVERIFY(waited);
    SOON_VERIFY(longDone);
}

TASKREEL_TEST_MAIN(AssetFetcherTest, QCoreApplication)
#include "tst_assetfetcher.moc"
