// SPDX-License-Identifier: MIT
// Where the key must never turn up: another place, another origin, a proxy, a log, a settings file.
#include "core/net/assetfetcher.h"
#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <optional>

using namespace Qt::StringLiterals;
using taskreel::ApiClient;
using taskreel::ApiKey;
using taskreel::ErrorKind;
using taskreel::ReadAnswer;
using taskreel::Result;
using taskreel::demo::DemoService;
using taskreel::demo::Request;
using taskreel::demo::Response;

namespace {

const QByteArray kKey = "s3cret-key-0123456789";
const QString kId = u"0c0ffee0-1111-4222-8333-444455556666"_s;

QStringList *capturedLines = nullptr;

void capture(QtMsgType, const QMessageLogContext &, const QString &line)
{
    capturedLines->append(line);
}

enum class ProxyPlace { Application, Environment, Manager };

/// Everything that is logged in its scope, down to Qt's own debug lines.
class LogCapture
{
public:
    LogCapture()
    {
        capturedLines = &m_lines;
        QLoggingCategory::setFilterRules(u"*=true"_s);
        m_before = qInstallMessageHandler(capture);
    }
    ~LogCapture()
    {
        qInstallMessageHandler(m_before);
        QLoggingCategory::setFilterRules({});
        capturedLines = nullptr;
    }
    Q_DISABLE_COPY_MOVE(LogCapture)
    [[nodiscard]] QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
    QtMessageHandler m_before = nullptr;
};

bool holdsKey(const QList<Request> &requests)
{
    for (const Request &request : requests) {
        if (request.target.contains(kKey) || request.body.contains(kKey))
            return true;
        for (const auto &[name, value] : request.headers) {
            if (value.contains(kKey) || name.toLower() == "x-api-key")
                return true;
        }
    }
    return false;
}

Response answer(int status, const QByteArray &body = {})
{
    Response response;
    response.status = status;
    response.body = body;
    return response;
}

} // namespace

class TestKeyLeak final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        for (auto *service : {&m_api, &m_foreign, &m_proxy}) {
            *service = std::make_unique<DemoService>();
            QVERIFY((*service)->listen());
        }
        use(m_api->baseUrl());
    }

    void cleanup()
    {
        QNetworkProxyFactory::setUseSystemConfiguration(false);
        QNetworkProxy::setApplicationProxy(QNetworkProxy::DefaultProxy);
        for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy"})
            qunsetenv(name);
        m_managersProxy.reset();
        m_client.reset();
        m_network.reset();
        for (auto *service : {&m_api, &m_foreign, &m_proxy})
            service->reset();
    }

    void followsNoRedirect_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("toForeign");
        for (int status : {301, 302, 303, 307, 308}) {
            QTest::addRow("%d, other origin", status) << status << true;
            QTest::addRow("%d, same origin", status) << status << false;
        }
    }

    void followsNoRedirect()
    {
        QFETCH(int, status);
        QFETCH(bool, toForeign);
        const QUrl place = toForeign ? m_foreign->baseUrl() : m_api->baseUrl();
        m_api->handle("/", [status, place](const Request &) {
            Response response = answer(status);
            response.headers.emplaceBack("Location", place.toEncoded() + "/caught");
            return response;
        });
        QCOMPARE(fetch(), ErrorKind::Redirected);
        QVERIFY(holdsKey(m_api->requestsTo("/api/"))); // it does go where it belongs
        QCOMPARE(m_api->requests().size(), 1);
        QVERIFY(m_foreign->requests().isEmpty());
        QCOMPARE(m_foreign->openConnections(), 0);
    }

    void refreshAndCookiesLeadNowhere()
    {
        m_api->handle("/", [this](const Request &) {
            Response response = answer(404, "404 page not found");
            response.headers.emplaceBack("Refresh",
                                         "0; url=" + m_foreign->baseUrl().toEncoded() + "/caught");
            response.headers.emplaceBack("Set-Cookie", "session=1; Path=/");
            return response;
        });
        QCOMPARE(fetch(), ErrorKind::NotFound);
        QCOMPARE(fetch(), ErrorKind::NotFound);
        QVERIFY(m_foreign->requests().isEmpty());
        for (const Request &request : m_api->requests())
            QVERIFY(request.header("Cookie").isEmpty());
    }

    void keyOfAnotherOriginStaysHere()
    {
        const std::unique_ptr<ApiKey> key(
            ApiKey::fixed(m_api->baseUrl(), QString::fromLatin1(kKey), nullptr));
        ApiClient client(m_network.get(), m_foreign->baseUrl(), key.get());
        QSignalSpy finished(&client, &ApiClient::taskFinished);
        client.fetchTask(kId);
        QVERIFY(finished.wait());
        QVERIFY(m_foreign->requests().isEmpty());
    }

    void loopbackGoesAroundEveryProxy_data()
    {
        QTest::addColumn<ProxyPlace>("place");
        QTest::newRow("application proxy") << ProxyPlace::Application;
        QTest::newRow("http_proxy") << ProxyPlace::Environment;
        // Qt keeps loopback away from the two above by itself, but not from this one.
        QTest::newRow("manager's proxy") << ProxyPlace::Manager;
    }

    void loopbackGoesAroundEveryProxy()
    {
        QFETCH(ProxyPlace, place);
        setProxy(place);
        use(m_api->baseUrl());
        m_api->handle("/", [](const Request &) { return answer(401, "{}"); });
        QCOMPARE(fetch(), ErrorKind::KeyRefused);
        QCOMPARE(m_api->requests().size(), 1);
        QVERIFY(m_proxy->requests().isEmpty());
    }

    void proxiesSeeOnlyATunnel_data() { loopbackGoesAroundEveryProxy_data(); }

    void proxiesSeeOnlyATunnel()
    {
        QFETCH(ProxyPlace, place);
        setProxy(place);
        use(QUrl(u"https://api.taskreel.invalid"_s));
        m_proxy->handle("", [](const Request &) { return answer(502, "no"); });
        QVERIFY(fetch() != ErrorKind::None);
        QVERIFY(!m_proxy->requests().isEmpty());
        for (const Request &request : m_proxy->requests())
            QCOMPARE(request.method, "CONNECT");
        QVERIFY(!holdsKey(m_proxy->requests()));
    }

    void plainHttpIsNeverAskedThroughAProxy()
    {
        setProxy(ProxyPlace::Application);
        use(QUrl(u"http://api.taskreel.invalid"_s));
        QCOMPARE(fetch(), ErrorKind::RefusedAddress);
        QVERIFY(m_proxy->requests().isEmpty());
    }

    void resultFilesAreFetchedWithoutIt()
    {
        m_api->handle("/", [](const Request &) { return answer(401, "{}"); });
        QCOMPARE(fetch(), ErrorKind::KeyRefused);
        m_api->clearLog();

        const QTemporaryDir folder;
        taskreel::AssetFetcher fetcher;
        QSignalSpy finished(&fetcher, &taskreel::AssetFetcher::finished);
        for (const DemoService *host : {m_api.get(), m_foreign.get()}) {
            taskreel::AssetRequest request;
            request.source.url = host->baseUrl().toEncoded() + "/clip.mp4";
            request.partPath = folder.filePath(u"clip.part"_s);
            request.loopbackAllowed = true;
            finished.clear();
            fetcher.start(request);
            SOON_COMPARE(finished.count(), 1);
            QVERIFY(!host->requests().isEmpty());
            QVERIFY(!holdsKey(host->requests()));
        }
    }

    void logsDoNotTellIt()
    {
        const LogCapture log;
        for (int status : {200, 302, 401, 403, 404, 429, 500}) {
            m_api->handle("/", [status](const Request &) {
                Response response = answer(status, "<html>" + QByteArray::number(status));
                response.headers.emplaceBack("Location", "/caught?token=hidden-query");
                return response;
            });
            QVERIFY(fetch() != ErrorKind::None);
        }
        m_api->close();
        QCOMPARE(fetch(), ErrorKind::Unreachable);
        ApiKey key(m_api->baseUrl(), nullptr, {});
        key.enter(QString::fromLatin1(kKey));
        QVERIFY2(log.text().contains("taskreel.api"_L1) || log.text().contains("no answer"_L1),
                 "nothing was captured");
        QVERIFY(!log.text().contains(QString::fromLatin1(kKey)));
        QVERIFY(!log.text().contains("hidden-query"_L1));
    }

private:
    void use(const QUrl &url)
    {
        m_client.reset();
        m_network = std::make_unique<QNetworkAccessManager>();
        if (m_managersProxy)
            m_network->setProxy(*m_managersProxy);
        m_key.reset(ApiKey::fixed(url, QString::fromLatin1(kKey), nullptr));
        m_client = std::make_unique<ApiClient>(m_network.get(), url, m_key.get());
    }

    /// For the manager made next by use().
    void setProxy(ProxyPlace place)
    {
        const auto port = static_cast<quint16>(m_proxy->baseUrl().port());
        const QNetworkProxy proxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, port);
        switch (place) {
        case ProxyPlace::Application:
            QNetworkProxy::setApplicationProxy(proxy);
            break;
        case ProxyPlace::Environment:
            for (const char *name : {"http_proxy", "https_proxy", "all_proxy"})
                qputenv(name, m_proxy->baseUrl().toEncoded());
            QNetworkProxyFactory::setUseSystemConfiguration(true);
            break;
        case ProxyPlace::Manager:
            m_managersProxy = proxy;
            break;
        }
    }

    [[nodiscard]] ErrorKind fetch()
    {
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(kId);
        if (!finished.wait())
            return ErrorKind::None;
        const auto result = finished.constFirst().at(1).value<Result<ReadAnswer>>();
        return result ? ErrorKind::None : result.error().kind;
    }

    std::optional<QNetworkProxy> m_managersProxy;
    std::unique_ptr<DemoService> m_api;
    std::unique_ptr<DemoService> m_foreign;
    std::unique_ptr<DemoService> m_proxy;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<ApiClient> m_client;
};

TASKREEL_TEST_MAIN(TestKeyLeak, QCoreApplication)
#include "tst_keyleak.moc"
