// SPDX-License-Identifier: MIT
#include "core/models/tasktablemodel.h"
#include "core/text/quantities.h"
#include "support/isolation.h"
#include "ui/windowfixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLabel>

#include <functional>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// The main job on real input, by the real buttons: paste, see, play, switch the watermark, download. The clips'
// frame counter is read from the pixels of the screen.
/// The time since a widget was last painted; from stop() on later paintings do not count.
class PaintClock final : public QObject
{
public:
    explicit PaintClock(QWidget *widget) { widget->installEventFilter(this); }
    void stop() { m_stopped = true; }
    [[nodiscard]] bool hasPainted() const { return m_clock.isValid(); }
    [[nodiscard]] qint64 elapsed() const { return m_clock.elapsed(); }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_stopped)
            m_clock.start();
        return false;
    }

private:
    QElapsedTimer m_clock;
    bool m_stopped = false;
};

class MainJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pasteSeePlaySwitchDownload();
    void removeAndBringBack();
    void errorTextIsShownLiterally();
    void keyRefusedIsSaidOnce();

private:
    static void switchKeepsFrameWhilePaused(WindowFixture &window);
    static void switchKeepsFrameWhilePlaying(WindowFixture &window);
    static void playsThreeLoops(const WindowFixture &window);
};

static constexpr int kFrames = 153; // of the demo's short clips
static constexpr int kFramesPerSecond = 30;

void MainJob::pasteSeePlaySwitchDownload()
{
    WindowFixture window;
    window.open(window.profile());
    const QAbstractItemModelTester tester(window.context->filter());
    const QStringList ids = window.script.taskIds();
    window.paste(u"please look at these:\n"_s + ids.join(u", "_s) + u"\nthanks"_s);
    SOON_COMPARE(window.context->repository()->count(), ids.size());
    SOON_VERIFY(window.words("Message").contains(QString::number(ids.size())));
    SOON_VERIFY(!window.taskWithBothVariants().isEmpty());

    const QString id = window.taskWithBothVariants();
    window.select(id);
    SOON_VERIFY(window.counter() >= 0);
    const int first = window.counter();
    SOON_VERIFY(window.counter() != first);

    const std::function<void()> steps[] = {
        [&window] { switchKeepsFrameWhilePlaying(window); },
        [&window] { switchKeepsFrameWhilePaused(window); },
        [&window] { window.click("Play"); },
        [&window] { playsThreeLoops(window); },
        [&window] { switchKeepsFrameWhilePlaying(window); },
        [&window] { switchKeepsFrameWhilePaused(window); },
    };
    for (const auto &step : steps) {
        step();
        if (QTest::currentTestFailed())
            return;
    }

    window.click("Download");
    SOON_COMPARE(window.row(id)->saveState, SaveState::Saved);
    const QString saved = window.row(id)->savedPath;
    QVERIFY2(QFileInfo(saved).size() > 1000, qPrintable(saved));
    QVERIFY(saved.startsWith(window.folder.filePath(u"downloads"_s)));
}

void MainJob::switchKeepsFrameWhilePlaying(WindowFixture &window)
{
    for (const bool marked : {true, false}) {
        QCOMPARE(window.stage()->showsVideo(), true);
        SOON_VERIFY(window.counter() >= 20 && window.counter() < kFrames / 2);
        // A busy machine may show an old frame: what the clip went on by since it was painted counts.
        PaintClock clock(window.stage());
        SOON_VERIFY(clock.hasPainted());
        const int before = window.counter();
        clock.stop();
        window.click("Without watermark");
        QImage picture;
        SOON_VERIFY((picture = window.onScreen(), test::showsWatermark(picture) == marked));
        const int after = test::readFrameCounter(picture);
        const int most = 1 + int(clock.elapsed() * kFramesPerSecond / 1000 + 1);
        const int advance = (after - before + kFrames) % kFrames;
        QVERIFY2(after >= 0 && (advance <= most || advance == kFrames - 1),
                 qPrintable(u"%1 after %2"_s.arg(after).arg(before)));
        QVERIFY(window.named("Pause"));
        SOON_VERIFY(window.counter() >= 0 && window.counter() != after); // and plays on
    }
}

void MainJob::switchKeepsFrameWhilePaused(WindowFixture &window)
{
    window.click("Pause");
    SOON_VERIFY(window.named("Play"));
    // To a frame that is known: a late one of the pause must not count as the switch's.
    window.stage()->setFocus(Qt::MouseFocusReason);
    window.press(Qt::Key_Home);
    SOON_COMPARE(window.counter(), 0);
    window.press(Qt::Key_Right);
    SOON_COMPARE(window.counter(), kFramesPerSecond);
    window.press(Qt::Key_Period);
    SOON_COMPARE(window.counter(), kFramesPerSecond + 1);
    const QImage before = window.onScreen();
    QVERIFY(!test::showsWatermark(before));

    auto *toggle = window.named<QAbstractButton>("Without watermark");
    QVERIFY(toggle->isChecked());
    window.click("Without watermark");
    SOON_VERIFY(test::showsWatermark(window.onScreen()));
    QCOMPARE(window.counter(), kFramesPerSecond + 1);
    QVERIFY(!toggle->isChecked());
    window.click("Without watermark");
    SOON_VERIFY(!test::showsWatermark(window.onScreen()));
    QCOMPARE(window.counter(), kFramesPerSecond + 1);
    SOON_COMPARE(window.onScreen(), before);
    QVERIFY(window.named("Play"));
}

void MainJob::playsThreeLoops(const WindowFixture &window)
{
    for (int loop = 0; loop < 3; ++loop) {
        int highest = -1;
        int now = -1;
        SOON_VERIFY((now = window.counter(), highest = std::max(highest, now),
                     now >= 0 && now < highest - kFrames / 3));
    }
}

void MainJob::removeAndBringBack()
{
    WindowFixture window;
    window.open(window.profile());
    window.fetch(window.script.taskIds().mid(0, 8));
    const TaskRepository *repository = window.context->repository();
    QCOMPARE(repository->count(), 8);
    const QString id = window.taskWithBothVariants();
    QVERIFY(!id.isEmpty());
    const TaskSummary before = *window.row(id);
    window.select(id);
    QTest::keyClick(window.list(), Qt::Key_Delete);
    SOON_VERIFY(!repository->contains(id));
    QTest::keyClick(window.list(), Qt::Key_Z, Qt::ControlModifier);
    SOON_VERIFY(repository->contains(id));
    QCOMPARE(*window.row(id), before);
    QTest::keyClick(window.list(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_VERIFY(!repository->contains(id));
}

void MainJob::errorTextIsShownLiterally()
{
    WindowFixture window;
    const QString id = u"7f9b6f1e-3c1a-4a53-9a6e-0d2c9d5f0a11"_s;
    const QString text = u"<img src='file:///x'>"_s;
    window.service.handle("/api/v1/task/" + id.toLatin1(), [id, text](const demo::Request &) {
        demo::Response response;
        response.headers.emplaceBack("Content-Type", "application/json");
        response.body = u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"model\":\"kling\",\"status\":\"failed\","
                        "\"error\":{\"code\":1,\"raw_message\":\"%2\",\"message\":\"\"}}}"_s.arg(id, text)
                            .toUtf8();
        return response;
    });
    window.open(window.profile());
    window.fetch({id});
    QCOMPARE(window.row(id)->status, TaskStatus::Failed);
    window.select(id);
    const QModelIndex status = window.context->filter()->indexOf(
        id, static_cast<int>(TaskTableModel::Column::Status));
    SOON_VERIFY(status.data(Qt::AccessibleTextRole).toString().contains(text)
                || status.data(Qt::DisplayRole).toString().contains(text));
    // A tooltip guesses rich text: there the text must be escaped.
    QVERIFY(!status.data(Qt::ToolTipRole).toString().contains(u"<img"_s));
    // The pane shows it in labels that are told to be plain.
    const auto showing = [&window, &text] {
        QList<QLabel *> labels = window.window->findChildren<QLabel *>();
        labels.removeIf([&text](const QLabel *label) {
            return !label->isVisible() || !label->text().contains(text);
        });
        return labels;
    };
    SOON_VERIFY(!showing().isEmpty());
    for (const QLabel *label : showing())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void MainJob::keyRefusedIsSaidOnce()
{
    WindowFixture window;
    Profile wrong = window.profile();
    wrong.fixedKey = u"not-the-key"_s;
    window.open(wrong);
    const QStringList ids = window.script.taskIds().mid(0, 12);
    window.paste(ids.join(u'\n'));
    SOON_VERIFY(window.named("Enter API key"));
    QVERIFY(window.named("Try again"));
    // At most the requests that were on their way when the first was refused.
    QVERIFY(window.service.requestsTo("/api/v1/task/").size() <= 6);
    SOON_COMPARE(window.row(ids.at(0))->fetchState, FetchState::Held);
}

TASKREEL_TEST_MAIN(MainJob, QApplication)
#include "tst_mainjob.moc"
