// SPDX-License-Identifier: MIT
#include "core/secrets/apikey.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/settings/keydialog.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

/// A keyring in memory that can be out of order.
class FakeStore final : public SecretStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FakeStore)

public:
    FakeStore() = default;

    void read(const QString &origin, QObject *context, ReadCallback done) override
    {
        const Result<QString> found = keys.value(origin);
        later(context, [done, found] { done(found); });
    }
    void write(const QString &origin, const QString &key, QObject *context, WriteCallback done) override
    {
        if (works)
            keys.insert(origin, key);
        const Result<void> result = works ? Result<void>() : failure(ErrorKind::Other, u"No keyring here."_s);
        later(context, [done, result] { done(result); });
    }
    void remove(const QString &origin, QObject *context, WriteCallback done) override
    {
        keys.remove(origin);
        later(context, [done] { done(Result<void>()); });
    }

    QHash<QString, QString> keys;
    bool works = true;

private:
    static void later(QObject *context, std::function<void()> call)
    {
        QMetaObject::invokeMethod(context, std::move(call), Qt::QueuedConnection);
    }
};

const QUrl kService(u"https://api.example"_s);

} // namespace

class TestKeyDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keyIsCleanedAndKept();
    void withoutKeyringItSaysSoAndStays();
    void noKeyNothingToUse();
    void oddTextIsRefused();
    void keyIsHiddenUntilShown();
    void keyIsForgotten();
    void demoKeyIsNotChanged();

private:
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QLatin1StringView(name));
    }
    void press(const char *name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeStore> m_store;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<KeyDialog> m_dialog;
};

void TestKeyDialog::init()
{
    m_theme = std::make_unique<Theme>();
    m_store = std::make_unique<FakeStore>();
    m_key = std::make_unique<ApiKey>(kService, m_store.get(), QString());
    m_dialog = std::make_unique<KeyDialog>(m_key.get(), m_theme.get());
    m_dialog->open();
    SOON_COMPARE(m_key->state(), ApiKey::State::Missing);
}

void TestKeyDialog::cleanup()
{
    m_dialog.reset();
    m_key.reset();
    m_store.reset();
    m_theme.reset();
}

void TestKeyDialog::keyIsCleanedAndKept()
{
    QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
    QTest::keyClicks(find<QLineEdit>("keyField"), u"  Bearer abc-123 "_s);
    press("keyEnter");
    SOON_COMPARE(accepted.count(), 1);
    QCOMPARE(m_key->value(), u"abc-123"_s);
    QCOMPARE(m_store->keys.value(u"https://api.example"_s), u"abc-123"_s);
    QVERIFY(find<QLineEdit>("keyField")->text().isEmpty());
}

void TestKeyDialog::withoutKeyringItSaysSoAndStays()
{
    m_store->works = false;
    QTest::keyClicks(find<QLineEdit>("keyField"), u"abc-123"_s);
    press("keyEnter");
    SOON_VERIFY(find<QLabel>("keyProblem")->isVisible());
    QCOMPARE(find<QLabel>("keyProblem")->text(), u"No keyring here."_s);
    QVERIFY(find<QLabel>("keyPlace")->text().contains(u"this session only"_s));
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(m_key->value(), u"abc-123"_s);
}

void TestKeyDialog::noKeyNothingToUse()
{
    QVERIFY(!find<QPushButton>("keyEnter")->isEnabled());
    QVERIFY(!find<QPushButton>("keyForget")->isEnabled());
    QVERIFY(find<QLabel>("keyPlace")->text().contains(u"no key yet"_s));
    QTest::keyClicks(find<QLineEdit>("keyField"), u"   "_s);
    QVERIFY(!find<QPushButton>("keyEnter")->isEnabled());
}

void TestKeyDialog::oddTextIsRefused()
{
    find<QLineEdit>("keyField")->setText(u"two words"_s);
    press("keyEnter");
    QVERIFY(find<QLabel>("keyProblem")->isVisible());
    QCOMPARE(m_key->state(), ApiKey::State::Missing);
    QTest::keyClicks(find<QLineEdit>("keyField"), u"x"_s);
    QVERIFY(!find<QLabel>("keyProblem")->isVisible()); // it was about another text
}

void TestKeyDialog::keyIsHiddenUntilShown()
{
    auto *field = find<QLineEdit>("keyField");
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    press("keyShow");
    QCOMPARE(field->echoMode(), QLineEdit::Normal);
    press("keyShow");
    QCOMPARE(field->echoMode(), QLineEdit::Password);
}

void TestKeyDialog::keyIsForgotten()
{
    QTest::keyClicks(find<QLineEdit>("keyField"), u"abc-123"_s);
    press("keyEnter");
    SOON_VERIFY(!m_dialog->isVisible());
    m_dialog->open();
    QVERIFY(find<QLabel>("keyPlace")->text().contains(u"system keyring"_s));
    press("keyForget");
    QCOMPARE(m_key->state(), ApiKey::State::Missing);
    SOON_VERIFY(m_store->keys.isEmpty());
}

void TestKeyDialog::demoKeyIsNotChanged()
{
    std::unique_ptr<ApiKey> fixed(ApiKey::fixed(kService, u"demo-key"_s, nullptr));
    m_dialog = std::make_unique<KeyDialog>(fixed.get(), m_theme.get());
    m_dialog->open();
    QVERIFY(!find<QLineEdit>("keyField")->isEnabled());
    QVERIFY(!find<QPushButton>("keyForget")->isEnabled());
    m_dialog.reset();
}

TASKREEL_TEST_MAIN(TestKeyDialog, QApplication)
#include "tst_keydialog.moc"
