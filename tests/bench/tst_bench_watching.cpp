// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/framecounter.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QEvent>
#include <QTableView>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

constexpr int kRounds = 15;
const QStringList kIds{u"11111111-3fdb-4b88-b20a-94eef777e101"_s,
                       u"22222222-3fdb-4b88-b20a-94eef777e102"_s};

void print(const char *what, QList<double> ms)
{
    std::sort(ms.begin(), ms.end());
    std::printf("%-52s p50 %6.1f ms   max %6.1f ms   (%d)\n", what, ms.at(ms.size() / 2), ms.constLast(),
                int(ms.size()));
    std::fflush(stdout);
}

/// Stops a clock once the stage was painted as somebody waits for.
class PaintWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaintWatch)

public:
    explicit PaintWatch(VideoStage *stage) : m_stage(stage) { stage->installEventFilter(this); }

    void start(std::function<bool()> wanted)
    {
        m_wanted = std::move(wanted);
        painted = false;
        m_clock.start();
    }

    bool painted = true;
    double ms = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (!painted && event->type() == QEvent::Paint && m_wanted()) {
            // A later turn: by then the picture is painted and handed to the screen.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (!std::exchange(painted, true))
                        ms = double(m_clock.nsecsElapsed()) / 1e6;
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    VideoStage *m_stage;
    std::function<bool()> m_wanted;
    QElapsedTimer m_clock;
};

bool showsWatermark(const QImage &picture)
{
    int bright = 0;
    for (int y = picture.height() * 88 / 100; y < picture.height() * 95 / 100; ++y) {
        for (int x = picture.width() / 2; x < picture.width() * 96 / 100; ++x)
            bright += qGray(picture.pixel(x, y)) > 190 ? 1 : 0;
    }
    return bright > picture.width() * picture.height() / 1000;
}

} // namespace

// The real window over kept clips of 1440 × 1440 px (153 frames, one key frame): from the press of a
// mouse button to the picture that is painted. Prints figures; the only limits are against hanging.
class BenchWatching final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rowClickToFirstFrame();
    void switchWhilePlaying();
    void switchWhilePaused();
    void cleanupTestCase();

private:
    void serveTask(const QString &id);
    void serveFile(const QByteArray &path, const QString &name);
    void click(const QString &id);
    void measureSwitch(const char *what);
    [[nodiscard]] int keptFiles() const;
    [[nodiscard]] QAbstractButton *button(const QString &name) const
    {
        return test::findByName<QAbstractButton>(m_window.get(), name);
    }

    QTemporaryDir m_folder;
    demo::DemoService m_service;
    demo::DemoScript m_script{&m_service};
    Theme m_theme;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    VideoStage *m_stage = nullptr;
    std::unique_ptr<PaintWatch> m_paint;
};

void BenchWatching::serveFile(const QByteArray &path, const QString &name)
{
    QFile file(u":/demo/"_s + name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    demo::Response response;
    response.body = file.readAll();
    m_service.handle(path, [response](const demo::Request &) { return response; });
}

void BenchWatching::serveTask(const QString &id)
{
    const QByteArray base = m_service.baseUrl().toEncoded() + '/' + id.toLatin1();
    demo::Response response;
    response.headers.emplaceBack("Content-Type", "application/json");
    response.body = R"({"code":200,"data":{"task_id":")" + id.toLatin1()
        + R"(","model":"kling","task_type":"video_generation","status":"completed","output":{"works":[{"video":{"resource":")"
        + base + R"(/marked.mp4","resource_without_watermark":")" + base
        + R"(/clean.mp4","width":1440,"height":1440,"duration":5100},"status":99}]}}})";
    m_service.handle("/api/v1/task/" + id.toLatin1(),
                     [response](const demo::Request &) { return response; });
    serveFile('/' + id.toLatin1() + "/marked.mp4", u"valley-marked.mp4"_s);
    serveFile('/' + id.toLatin1() + "/clean.mp4", u"valley.mp4"_s);
}

int BenchWatching::keptFiles() const
{
    QDirIterator files(m_folder.filePath(u"data/kept"_s), {u"*.mp4"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    int count = 0;
    for (; files.hasNext(); files.next())
        ++count;
    return count;
}

void BenchWatching::click(const QString &id)
{
    auto *table = test::findByName<QTableView>(m_window.get(), u"Tasks"_s);
    QVERIFY(table);
    const QModelIndex index = m_context->filter()->indexOf(id, 1);
    QVERIFY(index.isValid());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
}

void BenchWatching::initTestCase()
{
    QVERIFY(m_service.listen());
    for (const QString &id : kIds)
        serveTask(id);
    Profile profile = test::profileIn(m_folder.path());
    profile.serviceUrl = m_service.baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, m_theme);
    m_window->resize(1440, 900);
    m_window->show();
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    QVERIFY(ready.count() > 0 || ready.wait(test::kPatienceMs));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::kPatienceMs));
    m_stage = m_window->findChild<VideoStage *>(u"stage"_s);
    QVERIFY(m_stage);
    m_paint = std::make_unique<PaintWatch>(m_stage);
    m_context->repository()->add(kIds);
    for (const QString &id : kIds) {
        SOON_VERIFY(m_context->repository()->find(id)->answeredAt.isValid());
        // Both variants are seen once, and so kept.
        const int before = keptFiles();
        click(id);
        SOON_VERIFY(m_stage->showsVideo() && keptFiles() > before);
        QTest::mouseClick(button(u"Without watermark"_s), Qt::LeftButton);
        SOON_COMPARE(keptFiles(), before + 2);
    }
}

void BenchWatching::rowClickToFirstFrame()
{
    const test::LoopWatch gaps;
    QList<double> times;
    for (int i = 0; i < 2 * kRounds; ++i) {
        const int requests = int(m_service.requests().size());
        m_paint->start([this] { return m_stage->showsVideo(); });
        click(kIds.at(i % 2));
        QVERIFY(!m_stage->showsVideo());
        QVERIFY(test::loopUntil([this] { return m_paint->painted; }));
        times << m_paint->ms;
        QCOMPARE(int(m_service.requests().size()), requests); // kept files only
        test::loopFor(400);
    }
    print("row click to first painted frame, kept file", times);
    VERIFY_WATCHED(gaps);
    std::printf("event-loop gaps meanwhile: %s\n", qPrintable(gaps.text()));
}

void BenchWatching::measureSwitch(const char *what)
{
    const test::LoopWatch gaps;
    QList<double> times;
    auto *toggle = button(u"Without watermark"_s);
    QVERIFY(toggle);
    for (int i = 0; i < kRounds; ++i) {
        test::loopFor(1200); // somebody looks at the picture; meanwhile the other one follows
        const bool marked = showsWatermark(m_stage->picture());
        m_paint->start([this, marked] { return showsWatermark(m_stage->picture()) != marked; });
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(test::loopUntil([this] { return m_paint->painted; }));
        times << m_paint->ms;
    }
    print(what, times);
    VERIFY_WATCHED(gaps);
    std::printf("event-loop gaps meanwhile: %s\n", qPrintable(gaps.text()));
}

void BenchWatching::switchWhilePlaying()
{
    SOON_VERIFY(button(u"Pause"_s));
    measureSwitch("click to painted frame of the other variant, playing");
}

void BenchWatching::switchWhilePaused()
{
    QTest::mouseClick(button(u"Pause"_s), Qt::LeftButton);
    SOON_VERIFY(button(u"Play"_s));
    test::loopFor(300);
    const int frame = test::readFrameCounter(m_stage->picture());
    measureSwitch("click to painted frame of the other variant, paused");
    QCOMPARE(test::readFrameCounter(m_stage->picture()), frame);
}

void BenchWatching::cleanupTestCase()
{
    m_paint.reset();
    m_window.reset();
    m_context.reset();
}

TASKREEL_BENCH_MAIN(BenchWatching, QApplication)
#include "tst_bench_watching.moc"
