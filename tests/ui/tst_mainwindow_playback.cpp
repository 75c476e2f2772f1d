// SPDX-License-Identifier: MIT
#include "core/settings/appsettings.h"
#include "support/isolation.h"
#include "ui/windowfixture.h"

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// Loop and sound, as the window offers them, and that the next start knows them.
class MainWindowPlaybackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopsSilentlyAtFirst();
    void withoutLoopItStopsAtTheEnd();
    void loopAndSoundAreRemembered();

private:
    static void showClip(WindowFixture &ui);
    static bool isChecked(const WindowFixture &ui, const char *name)
    {
        const auto *button = ui.named<QAbstractButton>(name);
        return button && button->isChecked();
    }
};

void MainWindowPlaybackTest::showClip(WindowFixture &ui)
{
    ui.fetch(ui.script.taskIds().mid(0, 10));
    ui.select(ui.taskWithBothVariants());
    SOON_VERIFY(ui.counter() >= 0);
}

void MainWindowPlaybackTest::loopsSilentlyAtFirst()
{
    WindowFixture ui;
    ui.open(ui.profile());
    showClip(ui);
    QVERIFY(ui.named("Pause"));
    QVERIFY(isChecked(ui, "Loop"));
    QVERIFY(isChecked(ui, "Mute"));
}

void MainWindowPlaybackTest::withoutLoopItStopsAtTheEnd()
{
    WindowFixture ui;
    ui.open(ui.profile());
    showClip(ui);
    ui.click("Loop");
    SOON_VERIFY(!isChecked(ui, "Loop"));
    QVERIFY(ui.named("Pause"));
    SOON_VERIFY(ui.named("Play"));
    SOON_COMPARE(ui.counter(), 152); // the last frame stays
    ui.click("Play");
    SOON_VERIFY(ui.counter() >= 0 && ui.counter() < 100); // from the start
}

void MainWindowPlaybackTest::loopAndSoundAreRemembered()
{
    WindowFixture ui;
    ui.open(ui.profile());
    showClip(ui);
    ui.click("Loop");
    ui.click("Mute");
    QVERIFY(!ui.context->settings()->loop());
    QVERIFY(!ui.context->settings()->muted());
    auto *volume = ui.named<QAbstractSlider>("Volume");
    QVERIFY(volume);
    volume->setFocus();
    ui.press(Qt::Key_Home);
    for (int i = 0; i < 7; ++i)
        ui.press(Qt::Key_Right);
    const int chosen = volume->value();
    QVERIFY(chosen != 80); // the default
    ui.window->close();
    ui.close();

    ui.open(ui.profile());
    SOON_VERIFY(ui.list());
    ui.select(ui.taskWithBothVariants());
    SOON_VERIFY(ui.counter() >= 0);
    QVERIFY(!isChecked(ui, "Loop"));
    QVERIFY(!isChecked(ui, "Mute"));
    QCOMPARE(ui.named<QAbstractSlider>("Volume")->value(), chosen);
}

TASKREEL_TEST_MAIN(MainWindowPlaybackTest, QApplication)
#include "tst_mainwindow_playback.moc"
