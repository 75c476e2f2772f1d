// SPDX-License-Identifier: MIT
#include "stagefixture.h"
#include "support/isolation.h"
#include "core/settings/appsettings.h"
#include "support/patience.h"
#include "ui/common/actionregistry.h"
#include "ui/stage/transport.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::StageFixture;

namespace {

constexpr int kLimit = test::kPatienceMs; // never a measure of speed, only of "not at all"

template<typename Widget>
Widget *named(const QWidget &parent, const QString &accessibleName)
{
    const auto all = parent.findChildren<Widget *>();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Widget *widget) {
        return widget->accessibleName() == accessibleName;
    });
    return found == all.end() ? nullptr : *found;
}

} // namespace

class TestTransport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everythingIsNamed();
    void buttonsTriggerActions();
    void playFollowsController();
    void buttonWithoutActionIsHidden();
    void clickGoesThere();
    void keysMove();
    void heldHandleStays();
    void showsTime();
    void speedBothWays();
    void volumeIsRemembered();
    void fitsSmallWindows();

private:
    void loadClip();

    std::unique_ptr<StageFixture> m_stage;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<QWidget> m_window;
    Transport *m_transport = nullptr;
};

void TestTransport::init()
{
    m_stage = std::make_unique<StageFixture>();
    m_theme = std::make_unique<Theme>();
    m_settings = std::make_unique<AppSettings>(m_stage->write(u"settings.ini"_s, {}));
    m_actions = std::make_unique<ActionRegistry>();
    const auto add = [this](QLatin1StringView id, bool checkable, const QList<QKeySequence> &keys) {
        ActionRegistry::Spec spec;
        spec.id = id;
        spec.checkable = checkable;
        spec.shortcuts = keys;
        m_actions->add(spec, this, [] {});
    };
    for (const auto id : {transportaction::kPreviousWork, transportaction::kPlay,
                          transportaction::kNextWork, transportaction::kFullScreen})
        add(id, false, {});
    add(transportaction::kLoop, true, {QKeySequence(u"L"_s)});
    add(transportaction::kMute, true, {});
    connect(m_actions->action(transportaction::kPlay), &QAction::triggered, &m_stage->controller,
            &PlaybackController::togglePlaying);
    m_window = std::make_unique<QWidget>();
    m_transport = new Transport(
        {m_theme.get(), m_settings.get(), m_actions.get(), &m_stage->controller}, m_window.get());
    m_transport->setPlayable(true);
    m_transport->setWorkCount(3);
    m_transport->resize(800, 40);
    m_window->resize(1000, 60);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), test::kPatienceMs));
}

void TestTransport::cleanup()
{
    m_window.reset();
    m_actions.reset();
    m_settings.reset();
    m_theme.reset();
    m_stage.reset();
}

void TestTransport::loadClip()
{
    m_stage->controller.setClip(ClipSlot::Watermarked, m_stage->file(u"dawn-marked.mp4"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 0, kLimit);
}

void TestTransport::everythingIsNamed()
{
    for (const QString &name : {u"Previous work"_s, u"Play"_s, u"Next work"_s, u"Loop"_s, u"Mute"_s,
                                u"Full screen"_s}) {
        auto *button = named<QToolButton>(*m_transport, name);
        QVERIFY2(button, qPrintable(name));
        QVERIFY(!button->objectName().isEmpty());
        QVERIFY(!button->icon().isNull());
    }
    for (const QString &name : {u"Position"_s, u"Volume"_s})
        QVERIFY2(named<QSlider>(*m_transport, name), qPrintable(name));
    QVERIFY(named<QComboBox>(*m_transport, u"Speed"_s));
}

void TestTransport::buttonsTriggerActions()
{
    QSignalSpy next(m_actions->action(transportaction::kNextWork), &QAction::triggered);
    QTest::mouseClick(named<QToolButton>(*m_transport, u"Next work"_s), Qt::LeftButton);
    QCOMPARE(next.count(), 1);

    auto *mute = named<QToolButton>(*m_transport, u"Mute"_s);
    m_actions->action(transportaction::kMute)->setChecked(true);
    QVERIFY(mute->isChecked());
    QTest::mouseClick(mute, Qt::LeftButton);
    QVERIFY(!m_actions->action(transportaction::kMute)->isChecked());
    QCOMPARE(named<QToolButton>(*m_transport, u"Loop"_s)->toolTip(), u"Loop (L)"_s);
}

void TestTransport::playFollowsController()
{
    loadClip();
    auto *play = named<QToolButton>(*m_transport, u"Play"_s);
    QTest::mouseClick(play, Qt::LeftButton);
    QCOMPARE(play->accessibleName(), u"Pause"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_stage->counter > 3, kLimit);
    QTest::mouseClick(play, Qt::LeftButton);
    QCOMPARE(play->accessibleName(), u"Play"_s);
    QVERIFY(!m_stage->controller.isPlaying());
}

void TestTransport::buttonWithoutActionIsHidden()
{
    ActionRegistry none;
    Transport transport({m_theme.get(), m_settings.get(), &none, &m_stage->controller});
    transport.show();
    QVERIFY(!named<QToolButton>(transport, u"Next work"_s)->isVisible());
    QVERIFY(named<QSlider>(transport, u"Position"_s)->isVisible());
}

void TestTransport::clickGoesThere()
{
    auto *position = named<QSlider>(*m_transport, u"Position"_s);
    loadClip();
    QTest::mouseClick(position, Qt::LeftButton, {}, position->rect().center());
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_stage->counter - 76) <= 2, kLimit);
    QCOMPARE(m_stage->counter, qRound(position->value() * 30 / 1000.0));
    QTest::mouseClick(position, Qt::LeftButton, {}, {position->width() - 1, position->height() / 2});
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 152, kLimit);
    QTest::mouseClick(position, Qt::LeftButton, {}, {0, position->height() / 2});
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 0, kLimit);
}

void TestTransport::keysMove()
{
    loadClip();
    auto *position = named<QSlider>(*m_transport, u"Position"_s);
    QTest::keyClick(position, Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 30, kLimit);
    QTest::keyClick(position, Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 60, kLimit);
    QTest::keyClick(position, Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->counter, 0, kLimit);
}

void TestTransport::heldHandleStays()
{
    loadClip();
    m_stage->controller.play();
    auto *position = named<QSlider>(*m_transport, u"Position"_s);
    QTest::mousePress(position, Qt::LeftButton, {}, position->rect().center());
    const int held = position->value();
    const auto shown = m_stage->counters.size();
    QTRY_VERIFY_WITH_TIMEOUT(m_stage->counters.size() > shown + 10, kLimit);
    QCOMPARE(position->value(), held);
    QTest::mouseRelease(position, Qt::LeftButton, {}, position->rect().center());
    QTRY_VERIFY_WITH_TIMEOUT(position->value() != held, kLimit);
}

void TestTransport::showsTime()
{
    loadClip();
    auto *time = m_transport->findChild<QLabel *>(u"time"_s);
    QCOMPARE(time->text(), u"0:00.0 / 0:05.1"_s);
    m_stage->controller.seek(2100);
    QTRY_COMPARE_WITH_TIMEOUT(time->text(), u"0:02.1 / 0:05.1"_s, kLimit);
}

void TestTransport::speedBothWays()
{
    auto *speed = named<QComboBox>(*m_transport, u"Speed"_s);
    QCOMPARE(speed->currentText(), u"1×"_s);
    speed->setFocus();
    QTest::keyClick(speed, Qt::Key_Up);
    QCOMPARE(m_stage->controller.speed(), 0.5);
    m_stage->controller.setSpeed(2);
    QCOMPARE(speed->currentText(), u"2×"_s);
}

void TestTransport::volumeIsRemembered()
{
    m_settings->setVolume(35);
    auto *volume = named<QSlider>(*m_transport, u"Volume"_s);
    QCOMPARE(volume->value(), 35);
    QTest::keyClick(volume, Qt::Key_Right);
    QCOMPARE(m_settings->volume(), 36);
}

void TestTransport::fitsSmallWindows()
{
    m_transport->resize(m_transport->minimumSizeHint());
    auto *position = named<QSlider>(*m_transport, u"Position"_s);
    auto *fullScreen = named<QToolButton>(*m_transport, u"Full screen"_s);
    QTRY_VERIFY_WITH_TIMEOUT(fullScreen->geometry().right() <= m_transport->width(), kLimit);
    QTRY_VERIFY_WITH_TIMEOUT(position->width() >= 60, kLimit);
    QVERIFY(!named<QSlider>(*m_transport, u"Volume"_s)->isVisible());
    m_transport->resize(900, 40);
    QTRY_VERIFY_WITH_TIMEOUT(named<QSlider>(*m_transport, u"Volume"_s)->isVisible(), kLimit);
}

TASKREEL_TEST_MAIN(TestTransport, QApplication)
#include "tst_transport.moc"
