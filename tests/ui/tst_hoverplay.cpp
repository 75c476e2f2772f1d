// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "demo/demoservice.h"
#include "support/framecounter.h"
#include "support/isolation.h"
#include "support/listfixture.h"
#include "support/patience.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/hoverplay.h"
#include "ui/list/listpane.h"
#include "ui/list/taskgridview.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/stage/backgroundclip.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

using Column = TaskTableModel::Column;

/// The clip under the resting pointer, on a real window.
class HoverPlayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.apply(Appearance::Light); }
    void init();
    void cleanup();
    void theTilePlaysItsClip();
    void theRowsCoverPlaysAndItsTextDoesNot();
    void theDelegatePaintsIt();
    void passingOverStartsNothing();
    void oneAtATime();
    void nothingIsFetched();
    void aCachedClipOfAnEarlierRunPlays();
    void theClipIsHeldWhileItPlays();
    void whatEndsIt_data();
    void whatEndsIt();
    void whatForbidsIt_data();
    void whatForbidsIt();

private:
    void addTask(int n, bool withClip);
    [[nodiscard]] QModelIndex gridIndex(int n) const;
    void pointAt(QAbstractItemView *view, const QModelIndex &index);
    [[nodiscard]] int counterOf(int n) const;
    bool plays(int n);

    Theme m_theme;
    demo::DemoService m_service;
    std::unique_ptr<ListFixture> m_data;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<ThumbnailCache> m_thumbnails;
    std::unique_ptr<TaskSelection> m_selection;
    std::unique_ptr<BackgroundClip> m_clip;
    std::unique_ptr<HoverPlay> m_hover;
    std::unique_ptr<ListPane> m_pane;
    TaskTableView *m_table = nullptr;
    TaskGridView *m_grid = nullptr;
};

void HoverPlayTest::init()
{
    if (m_service.baseUrl().isEmpty())
        QVERIFY(m_service.listen());
    m_service.removeHandlers();
    m_service.handle("/clip", [](const demo::Request &) {
        QFile clip(u":/demo/night.mp4"_s);
        demo::Response response;
        if (clip.open(QIODevice::ReadOnly))
            response.body = clip.readAll();
        return response;
    });
    m_data = std::make_unique<ListFixture>();
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library = std::make_unique<MediaLibrary>(
            m_fetcher.get(), nullptr,
            MediaLibrary::Places{m_data->folder.filePath(u"kept"_s), m_data->folder.filePath(u"cache"_s)},
            true);
    m_thumbnails = std::make_unique<ThumbnailCache>(m_library.get(), &m_data->repository);
    m_selection = std::make_unique<TaskSelection>();
    m_clip = std::make_unique<BackgroundClip>();
    m_hover = std::make_unique<HoverPlay>(
            HoverPlay::Services{&m_data->filter, &m_data->repository, m_library.get(),
                                &m_data->settings, m_thumbnails.get(), m_clip.get()});
    m_pane = std::make_unique<ListPane>(ListServices{&m_theme, &m_data->filter, m_selection.get(),
                                                     &m_data->settings, m_thumbnails.get()});
    m_pane->addHover(m_hover.get());
    m_table = m_pane->findChild<TaskTableView *>();
    m_grid = m_pane->findChild<TaskGridView *>();
    for (int n = 0; n < 40; ++n)
        addTask(n, n < 2);
    m_pane->setGrid(true);
    m_pane->resize(700, 500);
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    SOON_COMPARE(m_data->filter.rowCount(), 40);
    QTest::mouseMove(m_pane.get(), QPoint(300, 10)); // the bar above the list
    m_service.clearLog();
}

void HoverPlayTest::cleanup()
{
    m_pane.reset();
    m_hover.reset();
    m_clip.reset();
    m_thumbnails.reset();
    m_library.reset();
    m_fetcher.reset();
    m_selection.reset();
    m_data.reset();
}

void HoverPlayTest::addTask(int n, bool withClip)
{
    const QString id = ListFixture::idOf(n);
    const QByteArray url = m_service.baseUrl().toEncoded() + "/clip" + QByteArray::number(n) + ".mp4";
    const Result<ReadAnswer> read = readAnswer(
            R"({"code":200,"data":{"task_id":")" + id.toLatin1()
                    + R"(","model":"kling","task_type":"video_generation","status":"completed",)"
                    + R"("output":{"works":[{"video":{"resource_without_watermark":")" + url
                    + R"("},"status":99}]}}})",
            200);
    QVERIFY(read);
    m_data->repository.merge(*read, true);
    if (!withClip)
        return;
    Source source;
    source.variant = Variant::Unwatermarked;
    source.url = url;
    const AssetId asset{id, u"works[0].video"_s, Variant::Unwatermarked};
    m_library->obtain(asset, source, MediaKind::Video, ObtainPriority::Shown);
    SOON_VERIFY(m_library->local(asset).has_value());
}

QModelIndex HoverPlayTest::gridIndex(int n) const
{
    return m_data->filter.indexOf(ListFixture::idOf(n), m_grid->modelColumn());
}

void HoverPlayTest::pointAt(QAbstractItemView *view, const QModelIndex &index)
{
    view->scrollTo(index);
    const QPoint middle = view->visualRect(index).center();
    QTest::mouseMove(view->viewport(), middle - QPoint(5, 5));
    QTest::mouseMove(view->viewport(), middle);
}

int HoverPlayTest::counterOf(int n) const
{
    return readFrameCounter(m_thumbnails->cover(ListFixture::idOf(n), {}).toImage());
}

bool HoverPlayTest::plays(int n)
{
    return QTest::qWaitFor(
            [this, n] { return m_hover->playing() == ListFixture::idOf(n) && counterOf(n) >= 0; },
            kPatienceMs);
}

void HoverPlayTest::theTilePlaysItsClip()
{
    pointAt(m_grid, gridIndex(0));
    QVERIFY(plays(0));
    const int first = counterOf(0);
    SOON_VERIFY(counterOf(0) > first + 20); // it moves on
    SOON_VERIFY(counterOf(0) < first + 20); // and round
    SOON_VERIFY(counterOf(0) > first + 20);
}

void HoverPlayTest::theRowsCoverPlaysAndItsTextDoesNot()
{
    m_pane->setGrid(false);
    const QModelIndex prompt = m_data->filter.indexOf(ListFixture::idOf(0), int(Column::Prompt));
    pointAt(m_table, prompt);
    QSignalSpy playing(m_hover.get(), &HoverPlay::playingChanged);
    QVERIFY(!playing.wait(800));
    pointAt(m_table, prompt.siblingAtColumn(int(Column::Cover)));
    SOON_COMPARE(m_hover->playing(), ListFixture::idOf(0));
    // A row's cover is too small for the counter: that it changes is seen.
    const auto picture = [this] { return m_thumbnails->cover(ListFixture::idOf(0), {}).toImage(); };
    SOON_VERIFY(!picture().isNull());
    const QImage first = picture();
    SOON_VERIFY(picture() != first);
    QCOMPARE(first.size(), m_table->coverPx());
}

void HoverPlayTest::theDelegatePaintsIt()
{
    const QModelIndex index = gridIndex(0);
    m_grid->scrollTo(index);
    const QPoint spot = m_grid->visualRect(index).topLeft() + QPoint(90, 50);
    const auto painted = [&] { return m_grid->viewport()->grab().toImage().pixelColor(spot); };
    const QColor empty = painted();
    const QModelIndex other = gridIndex(3);
    const QRect otherCell = m_grid->visualRect(other);
    const QImage otherBefore = m_grid->viewport()->grab(otherCell).toImage();
    pointAt(m_grid, index);
    QVERIFY(plays(0));
    QVERIFY(painted() != empty);
    QCOMPARE(m_grid->viewport()->grab(otherCell).toImage(), otherBefore);
    QTest::mouseMove(m_pane.get(), QPoint(300, 10));
    SOON_COMPARE(m_hover->playing(), QString());
    QCOMPARE(painted(), empty);
}

void HoverPlayTest::passingOverStartsNothing()
{
    QSignalSpy playing(m_hover.get(), &HoverPlay::playingChanged);
    pointAt(m_grid, gridIndex(0));
    pointAt(m_grid, gridIndex(1));
    QTest::mouseMove(m_pane.get(), QPoint(300, 10));
    QVERIFY(!playing.wait(800));
}

void HoverPlayTest::oneAtATime()
{
    pointAt(m_grid, gridIndex(0));
    QVERIFY(plays(0));
    pointAt(m_grid, gridIndex(1));
    QVERIFY(plays(1));
    QVERIFY(m_thumbnails->cover(ListFixture::idOf(0), {}).isNull());
}

void HoverPlayTest::aCachedClipOfAnEarlierRunPlays()
{
    // Another run: the files are there, nobody has looked into them, and there is no network.
    m_service.removeHandlers();
    MediaLibrary next(m_fetcher.get(), nullptr,
                      MediaLibrary::Places{m_data->folder.filePath(u"kept"_s),
                                           m_data->folder.filePath(u"cache"_s)},
                      true);
    next.load({});
    SOON_VERIFY(next.isCacheRead());
    HoverPlay hover(HoverPlay::Services{&m_data->filter, &m_data->repository, &next,
                                        &m_data->settings, m_thumbnails.get(), m_clip.get()});
    hover.watch(m_grid, -1);
    m_hover->setHeld(true); // the earlier run's
    pointAt(m_grid, gridIndex(0));
    SOON_COMPARE(hover.playing(), ListFixture::idOf(0));
    SOON_VERIFY(counterOf(0) >= 0);
    QCOMPARE(m_service.requests().size(), 0);
}

void HoverPlayTest::theClipIsHeldWhileItPlays()
{
    const AssetId asset{ListFixture::idOf(0), u"works[0].video"_s, Variant::Unwatermarked};
    QVERIFY(!m_library->isInUse(asset));
    pointAt(m_grid, gridIndex(0));
    QVERIFY(plays(0));
    QVERIFY(m_library->isInUse(asset));
    QTest::mouseMove(m_pane.get(), QPoint(300, 10));
    SOON_COMPARE(m_hover->playing(), QString());
    QVERIFY(!m_library->isInUse(asset));
}

void HoverPlayTest::nothingIsFetched()
{
    QSignalSpy playing(m_hover.get(), &HoverPlay::playingChanged);
    pointAt(m_grid, gridIndex(5)); // its clip is not here
    QVERIFY(!playing.wait(1000));
    QCOMPARE(m_service.requests().size(), 0);
}

void HoverPlayTest::whatEndsIt_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"leave", "scroll", "press", "window", "removed", "stage", "setting", "motion"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void HoverPlayTest::whatEndsIt()
{
    QFETCH(QString, what);
    pointAt(m_grid, gridIndex(0));
    QVERIFY(plays(0));
    QSignalSpy playing(m_hover.get(), &HoverPlay::playingChanged);
    QWidget other;
    if (what == u"leave"_s)
        QTest::mouseMove(m_pane.get(), QPoint(300, 10));
    else if (what == u"scroll"_s) // the first task stands last
        m_grid->verticalScrollBar()->setValue(m_grid->verticalScrollBar()->value() - 40);
    else if (what == u"press"_s)
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {},
                          m_grid->visualRect(gridIndex(0)).center());
    else if (what == u"window"_s) {
        other.show();
        other.activateWindow();
    } else if (what == u"removed"_s)
        m_data->repository.remove({ListFixture::idOf(0)});
    else if (what == u"stage"_s)
        m_hover->setHeld(true);
    else if (what == u"setting"_s)
        m_data->settings.setHoverPlay(false);
    else
        m_hover->setMotionReduced(true);
    SOON_COMPARE(m_hover->playing(), QString());
    QVERIFY(playing.count() >= 1);
    QVERIFY(m_thumbnails->cover(ListFixture::idOf(0), {}).isNull());
}

void HoverPlayTest::whatForbidsIt_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"stage", "setting", "motion"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void HoverPlayTest::whatForbidsIt()
{
    QFETCH(QString, what);
    const auto forbid = [this, what](bool on) {
        if (what == u"stage"_s)
            m_hover->setHeld(on);
        else if (what == u"setting"_s)
            m_data->settings.setHoverPlay(!on);
        else
            m_hover->setMotionReduced(on);
    };
    forbid(true);
    QSignalSpy playing(m_hover.get(), &HoverPlay::playingChanged);
    pointAt(m_grid, gridIndex(0));
    QVERIFY(!playing.wait(800));
    forbid(false);
    // To another point: a move that ends where the pointer was may be no event at all.
    QTest::mouseMove(m_grid->viewport(), m_grid->visualRect(gridIndex(0)).center() + QPoint(9, 7));
    QVERIFY(plays(0));
}

TASKREEL_TEST_MAIN(HoverPlayTest, QApplication)
#include "tst_hoverplay.moc"
