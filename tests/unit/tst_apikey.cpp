// SPDX-License-Identifier: MIT
#include "core/secrets/apikey.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QHash>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using taskreel::ApiKey;
using taskreel::Result;
using State = ApiKey::State;
using Place = ApiKey::Place;

namespace {

/// A keyring in memory that answers when it is told to, or refuses.
class FakeStore final : public taskreel::SecretStore
{
    Q_OBJECT

public:
    void read(const QString &origin, QObject *, ReadCallback done) override
    {
        ++reads;
        const Result<QString> answer = works
            ? Result<QString>(entries.value(origin))
            : taskreel::failure(taskreel::ErrorKind::Other, u"no"_s);
        pending.append([done, answer] { done(answer); });
    }
    void write(const QString &origin, const QString &key, QObject *, WriteCallback done) override
    {
        if (works)
            entries.insert(origin, key);
        finishLater(done);
    }
    void remove(const QString &origin, QObject *, WriteCallback done) override
    {
        if (works)
            entries.remove(origin);
        finishLater(done);
    }
    void answerAll()
    {
        const auto calls = std::exchange(pending, {});
        for (const auto &call : calls)
            call();
    }

    QHash<QString, QString> entries;
    bool works = true;
    int reads = 0;
    QList<std::function<void()>> pending;

private:
    void finishLater(const WriteCallback &done)
    {
        const Result<void> answer =
            works ? Result<void>() : taskreel::failure(taskreel::ErrorKind::Other, u"locked"_s);
        pending.append([done, answer] { done(answer); });
    }
};

const QUrl kService(u"https://api.piapi.ai"_s);

} // namespace

class TestApiKey final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleansWhatPeoplePaste_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("key");
        QTest::newRow("plain") << u"abc123"_s << u"abc123"_s;
        QTest::newRow("blanks") << u" \tabc123\r\n"_s << u"abc123"_s;
        QTest::newRow("bearer") << u"bearer   abc123"_s << u"abc123"_s;
        QTest::newRow("header") << u"x-api-key: abc123"_s << u"abc123"_s;
        QTest::newRow("quotes") << u"\"abc123\""_s << u"abc123"_s;
        QTest::newRow("quoted bearer") << u"'Bearer abc123'"_s << u"abc123"_s;
        QTest::newRow("line break inside") << u"abc\r\nHost: evil"_s << QString();
        QTest::newRow("blank inside") << u"abc 123"_s << QString();
        QTest::newRow("not ASCII") << u"abc\u00e9"_s << QString();
        QTest::newRow("empty") << u"   "_s << QString();
        QTest::newRow("absurdly long") << QString(5000, u'a') << QString();
    }

    void cleansWhatPeoplePaste()
    {
        QFETCH(QString, typed);
        QTEST(ApiKey::cleaned(typed), "key");
    }

    void originHasNoPathNorUsualPort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("origin");
        QTest::newRow("plain") << u"https://API.piapi.ai/v2/"_s << u"https://api.piapi.ai"_s;
        QTest::newRow("usual port") << u"https://api.piapi.ai:443"_s << u"https://api.piapi.ai"_s;
        QTest::newRow("other port") << u"http://127.0.0.1:81"_s << u"http://127.0.0.1:81"_s;
        QTest::newRow("v6") << u"http://[::1]:81"_s << u"http://[::1]:81"_s;
    }

    void originHasNoPathNorUsualPort()
    {
        QFETCH(QString, url);
        QTEST(ApiKey::originOf(QUrl(url)), "origin");
    }

    void environmentComesBeforeTheKeyring()
    {
        FakeStore store;
        store.entries.insert(u"https://api.piapi.ai"_s, u"kept"_s);
        ApiKey key(kService, &store, u"from-environment"_s);
        key.lookUp();
        QCOMPARE(key.value(), u"from-environment"_s);
        QCOMPARE(key.place(), Place::Environment);
        QCOMPARE(store.reads, 0);
    }

    void keyringIsAskedOnce()
    {
        FakeStore store;
        store.entries.insert(u"https://api.piapi.ai"_s, u"kept"_s);
        ApiKey key(kService, &store, {});
        QCOMPARE(key.state(), State::NotLookedUp);
        key.lookUp();
        key.lookUp();
        QCOMPARE(key.state(), State::LookingUp);
        store.answerAll();
        QCOMPARE(key.state(), State::Available);
        QCOMPARE(key.value(), u"kept"_s);
        QCOMPARE(store.reads, 1);
    }

    void keyOfAnotherOriginIsNotUsed()
    {
        FakeStore store;
        store.entries.insert(u"https://api.piapi.ai"_s, u"kept"_s);
        ApiKey key(QUrl(u"https://proxy.piapi.ai"_s), &store, {});
        key.lookUp();
        store.answerAll();
        QCOMPARE(key.state(), State::Missing);
        QVERIFY(key.value().isEmpty());
    }

    void typedKeyWinsOverALateAnswer()
    {
        FakeStore store;
        store.entries.insert(u"https://api.piapi.ai"_s, u"old"_s);
        ApiKey key(kService, &store, {});
        key.lookUp();
        key.enter(u"typed"_s);
        store.answerAll();
        QCOMPARE(key.value(), u"typed"_s);
        QCOMPARE(store.entries.value(u"https://api.piapi.ai"_s), u"typed"_s);
        QCOMPARE(key.place(), Place::Keyring);
    }

    void typedKeyHoldsForTheSessionWithoutAKeyring()
    {
        FakeStore store;
        store.works = false;
        ApiKey key(kService, &store, u"from-environment"_s);
        QSignalSpy stored(&key, &ApiKey::keyStored);
        key.enter(u"typed"_s);
        QCOMPARE(stored.count(), 0);
        store.answerAll();
        QCOMPARE(key.value(), u"typed"_s);
        QCOMPARE(key.place(), Place::Session);
        QCOMPARE(stored.count(), 1);
        QCOMPARE(stored.first().at(0).toBool(), false);
        QVERIFY(!stored.first().at(1).toString().isEmpty());
    }

    void uselessInputChangesNothing()
    {
        FakeStore store;
        ApiKey key(kService, &store, u"good"_s);
        QSignalSpy stored(&key, &ApiKey::keyStored);
        key.enter(u"  "_s);
        SOON_COMPARE(stored.count(), 1);
        QCOMPARE(stored.first().at(0).toBool(), false);
        QCOMPARE(key.value(), u"good"_s);
        QVERIFY(store.pending.isEmpty());
    }

    void asksAgainOnlyAfterAFailedLookUp()
    {
        FakeStore store;
        store.works = false;
        ApiKey key(kService, &store, {});
        key.lookUp();
        store.answerAll();
        QCOMPARE(key.state(), State::Missing);
        store.works = true;
        key.lookUp();
        store.answerAll();
        key.lookUp();
        QCOMPARE(store.reads, 2);
        QCOMPARE(key.state(), State::Missing);
    }

    void forgettingClearsRunAndKeyring()
    {
        FakeStore store;
        ApiKey key(kService, &store, {});
        key.enter(u"typed"_s);
        store.answerAll();
        key.forget();
        store.answerAll();
        QCOMPARE(key.state(), State::Missing);
        QVERIFY(key.value().isEmpty());
        QVERIFY(store.entries.isEmpty());
    }

    void withoutAStoreTheLookUpEnds()
    {
        ApiKey key(kService, nullptr, {});
        key.lookUp();
        QCOMPARE(key.state(), State::LookingUp);
        SOON_COMPARE(key.state(), State::Missing);
    }
};

TASKREEL_TEST_MAIN(TestApiKey, QCoreApplication)
#include "tst_apikey.moc"
