// SPDX-License-Identifier: MIT
// Runs in surroundings made by tests/support/with-keyring: an unlocked keyring, a bus without one,
// or no bus. What is expected differs, the calls do not.
#include "core/secrets/apikey.h"
#include "core/secrets/keyringstore.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using taskreel::ApiKey;
using taskreel::KeyringStore;
using taskreel::Result;

namespace {

const QString kOrigin = u"https://api.piapi.ai"_s;

/// Waits for the one answer of a call.
template<typename Value>
struct Answer
{
    std::function<void(const Result<Value> &)> taker()
    {
        return [this](const Result<Value> &result) {
            ++count;
            given = result;
        };
    }
    int count = 0;
    Result<Value> given;
};

} // namespace

class TestKeyring final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray surroundings = qgetenv("TASKREEL_TEST_KEYRING");
        QVERIFY2(!surroundings.isEmpty(), "run it through tests/support/with-keyring");
        m_hasKeyring = surroundings == "unlocked";
    }

    void writesReadsAndRemoves()
    {
        KeyringStore store;
        Answer<void> written;
        store.write(kOrigin, u"secret-1"_s, this, written.taker());
        QCOMPARE(written.count, 0);
        SOON_COMPARE(written.count, 1);
        QCOMPARE(written.given.has_value(), m_hasKeyring);

        Answer<QString> read;
        store.read(kOrigin, this, read.taker());
        SOON_COMPARE(read.count, 1);
        QCOMPARE(read.given.has_value(), m_hasKeyring);
        if (m_hasKeyring)
            QCOMPARE(*read.given, u"secret-1"_s);
        else
            QVERIFY(!read.given.error().message.isEmpty());

        Answer<void> removed;
        store.remove(kOrigin, this, removed.taker());
        SOON_COMPARE(removed.count, 1);
        QCOMPARE(removed.given.has_value(), m_hasKeyring);

        Answer<QString> after;
        store.read(kOrigin, this, after.taker());
        SOON_COMPARE(after.count, 1);
        QCOMPARE(after.given.value_or(QString()), QString());
        QCOMPARE(after.given.has_value(), m_hasKeyring);
    }

    void entriesBelongToTheirOrigin()
    {
        KeyringStore store;
        Answer<void> written;
        store.write(kOrigin, u"secret-2"_s, this, written.taker());
        SOON_COMPARE(written.count, 1);
        Answer<QString> other;
        store.read(u"https://proxy.piapi.ai"_s, this, other.taker());
        SOON_COMPARE(other.count, 1);
        QCOMPARE(other.given.value_or(QString()), QString());
    }

    void aTypedKeyGoesWhereThereIsRoom()
    {
        KeyringStore store;
        ApiKey key(QUrl(kOrigin), &store, {});
        QSignalSpy stored(&key, &ApiKey::keyStored);
        key.enter(u" Bearer secret-3 "_s);
        QCOMPARE(key.value(), u"secret-3"_s);
        SOON_COMPARE(stored.count(), 1);
        QCOMPARE(stored.constFirst().at(0).toBool(), m_hasKeyring);
        QCOMPARE(stored.constFirst().at(1).toString().isEmpty(), m_hasKeyring);
        QCOMPARE(key.place(), m_hasKeyring ? ApiKey::Place::Keyring : ApiKey::Place::Session);

        ApiKey nextRun(QUrl(kOrigin), &store, {});
        nextRun.lookUp();
        SOON_VERIFY(nextRun.state() != ApiKey::State::LookingUp);
        QCOMPARE(nextRun.value(), m_hasKeyring ? u"secret-3"_s : QString());
    }

    void noCallBlocks()
    {
        KeyringStore store;
        Answer<QString> read;
        // A keyring that does not answer: whoever waited for it inside the call would stay there.
        qint64 keyring = 0;
        if (m_hasKeyring) {
            const QDBusReply<uint> process =
                QDBusConnection::sessionBus().interface()->servicePid(u"org.freedesktop.secrets"_s);
            QVERIFY(process.isValid() && process.value() > 1);
            keyring = process.value();
            QCOMPARE(::kill(pid_t(keyring), SIGSTOP), 0);
        }
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 10; ++i)
            store.read(kOrigin, this, read.taker());
        const qint64 taken = clock.elapsed();
        const int answered = read.count;
        if (keyring > 0)
            QCOMPARE(::kill(pid_t(keyring), SIGCONT), 0);
        QVERIFY2(taken < 5'000, qPrintable(QString::number(taken)));
        QCOMPARE(answered, 0);
        SOON_COMPARE(read.count, 10);
    }

    void aKeyringThatTakesTooLongIsGivenUp()
    {
        KeyringStore store;
        store.setTimeout(0ms);
        Answer<QString> read;
        store.read(kOrigin, this, read.taker());
        SOON_COMPARE(read.count, 1);
        QVERIFY(!read.given.has_value());
        // The late answer, which the next call is queued behind, is dropped.
        store.setTimeout(30s);
        Answer<QString> next;
        store.read(kOrigin, this, next.taker());
        SOON_COMPARE(next.count, 1);
        QCOMPARE(read.count, 1);
    }

    void nobodyIsCalledThatIsGone()
    {
        KeyringStore store;
        Answer<QString> read;
        auto context = std::make_unique<QObject>();
        store.read(kOrigin, context.get(), read.taker());
        context.reset();
        Answer<QString> next;
        store.read(kOrigin, this, next.taker());
        SOON_COMPARE(next.count, 1);
        QCOMPARE(read.count, 0);
    }

private:
    bool m_hasKeyring = false;
};

TASKREEL_TEST_MAIN(TestKeyring, QCoreApplication)
#include "tst_keyring.moc"
