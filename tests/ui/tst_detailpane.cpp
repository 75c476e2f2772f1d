// SPDX-License-Identifier: MIT
// Longer than other files: every case needs the whole pane with its players, and looks at the one picture.
#include "core/settings/appsettings.h"
#include "panefixture.h"
#include "support/isolation.h"
#include "ui/stage/backgroundclip.h"
#include "ui/stage/framegrabber.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {
constexpr int kPatience = test::kPatienceMs;
const QString kFirst = u"11111111-3fdb-4b88-b20a-94eef777e101"_s;
const QString kSecond = u"22222222-3fdb-4b88-b20a-94eef777e102"_s;
} // namespace

// The pane over the real library, player and service.
class TestDetailPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_pane = std::make_unique<test::PaneFixture>(); }
    void cleanup() { m_pane.reset(); }

    void coverFirstThenTheClip();
    void switchNeedsNoRequest();
    void missingVariantIsReplacedAndLabelled();
    void runningThroughRowsFetchesOnlyTheLast();
    void nothingOfTheOldTaskStays();
    void failureIsSaidAndTriedAgain();
    void deadLinkAsksTheTaskOnce();
    void brokenClipIsSaid();
    void linkIsNotRequestedBeforeSomebodyAsks();
    void pendingTaskBecomesItsResult();
    void imageResultIsShown();
    void playingGivesTheListItsPicture();
    void worksAreWalkedThrough();
    void newerAnswerDoesNotDisturb();
    void serverTextStaysPlain();
    void rawAnswerIsRedacted();
    void buttonsShrinkAndPress();
    void lowPaneGoesSideBySide();
    void fullScreenAndBack();

private:
    void serveBoth(const QString &id, const QByteArray &folder, const QString &clip = u"lighthouse"_s,
                   const demo::Response &clips = {});
    void serveKling(const QString &id, const QJsonObject &work);

    std::unique_ptr<test::PaneFixture> m_pane;
};

void TestDetailPane::serveKling(const QString &id, const QJsonObject &work)
{
    m_pane->serveTask(id, test::klingTask({work}));
}

void TestDetailPane::serveBoth(const QString &id, const QByteArray &folder, const QString &clip,
                               const demo::Response &clips)
{
    m_pane->serveFile(folder + "marked.mp4", clip + u"-marked.mp4"_s, clips);
    m_pane->serveFile(folder + "clean.mp4", clip + u".mp4"_s, clips);
    m_pane->serveFile(folder + "cover", clip + u".jpg"_s);
    const QString base = m_pane->url(QString::fromLatin1(folder));
    serveKling(id, test::klingWork(base + u"marked.mp4"_s, base + u"clean.mp4"_s, base + u"cover"_s));
}

void TestDetailPane::coverFirstThenTheClip()
{
    demo::Response late; // the cover is seen first, however slow the machine is
    late.delayMs = 3000;
    serveBoth(kFirst, "/a/", u"lighthouse"_s, late);
    m_pane->fetch(kFirst);
    m_pane->show();
    QVERIFY(m_pane->words().contains(u"No task is selected"_s));
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->stage()->picture().isNull(), kPatience);
    QCOMPARE(m_pane->stage()->accessibleName(), u"Cover"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QCOMPARE(m_pane->stage()->accessibleName(), u"Video"_s);
    QVERIFY(m_pane->words().contains(u"Without watermark"_s));
    const int first = m_pane->counter();
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() != first, kPatience); // it plays by itself
}

void TestDetailPane::switchNeedsNoRequest()
{
    serveBoth(kFirst, "/a/");
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    // Both variants come by themselves, each once.
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->service.requestsTo("/a/marked.mp4").size(), 1, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->service.bytesSent("/a/marked.mp4") > 0, kPatience);
    m_pane->pane->togglePlaying();
    // To a frame that is known, for the pause may still bring a late one.
    m_pane->pane->seekToStart();
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->counter(), 0, kPatience);
    m_pane->pane->stepFrames(7);
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->counter(), 7, kPatience);
    m_pane->context->settings()->setWithoutWatermark(false);
    QTRY_VERIFY_WITH_TIMEOUT(test::showsWatermark(m_pane->stage()->picture()), kPatience);
    QCOMPARE(m_pane->counter(), 7);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->words().contains(u"Watermarked"_s), kPatience);
    QVERIFY(m_pane->pane->currentLink().endsWith(u"/a/marked.mp4"_s));
    m_pane->context->settings()->setWithoutWatermark(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->words().contains(u"Without watermark"_s), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!test::showsWatermark(m_pane->stage()->picture()), kPatience);
    QCOMPARE(m_pane->counter(), 7);
    QCOMPARE(m_pane->service.requestsTo("/a/marked.mp4").size(), 1);
    QCOMPARE(m_pane->service.requestsTo("/a/clean.mp4").size(), 1);
}

void TestDetailPane::missingVariantIsReplacedAndLabelled()
{
    m_pane->serveFile("/a/marked.mp4", u"lighthouse-marked.mp4"_s);
    serveKling(kFirst, test::klingWork(m_pane->url(u"/a/marked.mp4"_s), {}, {}));
    m_pane->fetch(kFirst);
    m_pane->show();
    QVERIFY(m_pane->context->settings()->withoutWatermark());
    m_pane->selection.setCurrent(kFirst);
    // Without a cover: kind and measures in words, at once.
    QVERIFY2(m_pane->words().contains(u"Video"_s) && m_pane->words().contains(u"720"_s),
             qPrintable(m_pane->words()));
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QVERIFY(m_pane->words().contains(u"Watermarked"_s));
    QVERIFY(!m_pane->words().contains(u"Without watermark"_s));
}

void TestDetailPane::runningThroughRowsFetchesOnlyTheLast()
{
    QStringList ids;
    for (int i = 0; i < 8; ++i) {
        ids.append(u"33333333-3fdb-4b88-b20a-94eef777e10%1"_s.arg(i));
        serveBoth(ids.last(), "/row" + QByteArray::number(i) + '/');
        m_pane->fetch(ids.last());
    }
    m_pane->show();
    for (const QString &id : std::as_const(ids))
        m_pane->selection.setCurrent(id);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QVERIFY(m_pane->pane->currentLink().contains(u"/row7/"_s));
    for (int i = 0; i < 7; ++i) {
        const QByteArray folder = "/row" + QByteArray::number(i) + '/';
        QVERIFY(m_pane->service.requestsTo(folder + "clean.mp4").isEmpty());
        QVERIFY(m_pane->service.requestsTo(folder + "marked.mp4").isEmpty());
    }
}

void TestDetailPane::nothingOfTheOldTaskStays()
{
    serveBoth(kFirst, "/a/");
    m_pane->fetch(kFirst);
    QJsonObject failed{{u"status"_s, u"failed"_s},
                       {u"error"_s, QJsonObject{{u"code"_s, 1}, {u"raw_message"_s, u"too bright"_s}}}};
    m_pane->serveTask(kSecond, failed);
    m_pane->fetch(kSecond);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    m_pane->selection.setCurrent(kSecond);
    QVERIFY(m_pane->stage()->picture().isNull());
    QVERIFY(!m_pane->stage()->showsVideo());
    QVERIFY(!m_pane->pane->hasWork());
    QVERIFY(m_pane->pane->currentLink().isEmpty());
    SOON_VERIFY(m_pane->words().contains(u"too bright"_s));
    // Nor does anything come late from the players.
    QTest::qWait(300);
    QVERIFY(!m_pane->stage()->showsVideo());
    m_pane->selection.setCurrent({});
    QVERIFY(m_pane->words().contains(u"No task is selected"_s));
}

void TestDetailPane::failureIsSaidAndTriedAgain()
{
    demo::Response missing;
    missing.status = 500;
    m_pane->service.handle("/a/clean.mp4", [missing](const demo::Request &) { return missing; });
    m_pane->serveFile("/a/cover", u"lighthouse.jpg"_s);
    serveKling(kFirst,
               test::klingWork({}, m_pane->url(u"/a/clean.mp4"_s), m_pane->url(u"/a/cover"_s)));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    auto *offer = m_pane->find<QPushButton>("stageOffer");
    QVERIFY(offer);
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), kPatience);
    QCOMPARE(offer->accessibleName(), u"Try again"_s);
    QCOMPARE(m_pane->context->repository()->find(kFirst)->status, TaskStatus::Completed);
    QCOMPARE(m_pane->context->repository()->find(kFirst)->lastError.kind, ErrorKind::None);
    m_pane->serveFile("/a/clean.mp4", u"lighthouse.mp4"_s);
    QTest::mouseClick(offer, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QVERIFY(!offer->isVisible());
}

void TestDetailPane::deadLinkAsksTheTaskOnce()
{
    // No handler for the file: 404. The fresh answer brings another address.
    serveKling(kFirst, test::klingWork({}, m_pane->url(u"/old.mp4"_s), {}));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->serveFile("/fresh.mp4", u"lighthouse.mp4"_s);
    serveKling(kFirst, test::klingWork({}, m_pane->url(u"/fresh.mp4"_s), {}));
    const QByteArray taskPath = "/api/v1/task/" + kFirst.toLatin1();
    QCOMPARE(m_pane->service.requestsTo(taskPath).size(), 1);
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QCOMPARE(m_pane->service.requestsTo(taskPath).size(), 2);
    QVERIFY(m_pane->pane->currentLink().endsWith(u"/fresh.mp4"_s));
}

void TestDetailPane::brokenClipIsSaid()
{
    // A whole container with garbage inside: it passes the check and cannot be decoded.
    QFile file(u":/demo/lighthouse.mp4"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray bytes = file.readAll();
    bytes.replace("avc1", "xvc9");
    demo::Response response;
    response.body = bytes;
    m_pane->service.handle("/a/odd.mp4", [response](const demo::Request &) { return response; });
    serveKling(kFirst, test::klingWork({}, m_pane->url(u"/a/odd.mp4"_s), {}));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    auto *offer = m_pane->find<QPushButton>("stageOffer");
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), kPatience);
    QVERIFY(!m_pane->stage()->showsVideo());
    QVERIFY(!m_pane->pane->localPath().isEmpty()); // it can still be saved
    auto *play = m_pane->find<QToolButton>("play");
    QVERIFY(play && !play->isEnabled());
}

void TestDetailPane::linkIsNotRequestedBeforeSomebodyAsks()
{
    m_pane->serveFile("/deep/thing.mp4", u"lighthouse.mp4"_s);
    QJsonObject task{{u"model"_s, u"unheard"_s},
                     {u"output"_s,
                      QJsonObject{{u"stuff"_s,
                                   QJsonObject{{u"href"_s, m_pane->url(u"/deep/thing.mp4"_s)}}}}}};
    m_pane->serveTask(kFirst, task);
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    auto *offer = m_pane->find<QPushButton>("stageOffer");
    SOON_VERIFY(offer->isVisible());
    QCOMPARE(offer->accessibleName(), u"Fetch this link"_s);
    QTest::qWait(300);
    QVERIFY(m_pane->service.requestsTo("/deep/").isEmpty());
    QTest::mouseClick(offer, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
}

void TestDetailPane::pendingTaskBecomesItsResult()
{
    m_pane->serveTask(kFirst, {{u"status"_s, u"pending"_s}, {u"output"_s, QJsonValue::Null}});
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QVERIFY2(m_pane->words().contains(u"Pending"_s), qPrintable(m_pane->words()));
    QVERIFY(!m_pane->pane->hasWork());
    serveBoth(kFirst, "/a/");
    m_pane->context->poller()->checkNow({kFirst});
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
}

void TestDetailPane::imageResultIsShown()
{
    m_pane->serveFile("/still.jpg", u"lighthouse.jpg"_s);
    m_pane->serveTask(kFirst, {{u"model"_s, u"flux"_s},
                               {u"output"_s, QJsonObject{{u"image_url"_s,
                                                          m_pane->url(u"/still.jpg"_s)}}}});
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->stage()->picture().isNull(), kPatience);
    QVERIFY(m_pane->words().contains(u"Watermark not stated"_s));
    QVERIFY(!m_pane->find<QToolButton>("play")->isEnabled());
}

void TestDetailPane::playingGivesTheListItsPicture()
{
    constexpr QSize kPx{448, 252};
    BackgroundClip clip;
    FrameGrabber grabber(&clip);
    grabber.setStagePlaying(true); // the hidden player is not to be used
    m_pane->thumbnails->setFrameMaker(&grabber);
    m_pane->serveFile("/files/clip.mp4", u"lighthouse.mp4"_s);
    serveKling(kFirst, test::klingWork({}, m_pane->url(u"/files/clip.mp4"_s), {}));
    m_pane->show();
    m_pane->fetch(kFirst);
    m_pane->thumbnails->setVisible({kFirst}, kPx);
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->thumbnails->cover(kFirst, kPx).isNull(), kPatience);
    const int counter = test::readFrameCounter(m_pane->thumbnails->cover(kFirst, kPx).toImage());
    QVERIFY2(counter >= 15 && counter <= 18, qPrintable(QString::number(counter)));
}

void TestDetailPane::worksAreWalkedThrough()
{
    QJsonArray works;
    for (int i = 0; i < 3; ++i) {
        const QString folder = u"/w%1/"_s.arg(i);
        m_pane->serveFile(folder.toLatin1() + "clean.mp4", u"lighthouse.mp4"_s);
        m_pane->serveFile(folder.toLatin1() + "cover", u"lighthouse.jpg"_s);
        works.append(test::klingWork({}, m_pane->url(folder + u"clean.mp4"_s),
                                     m_pane->url(folder + u"cover"_s)));
    }
    m_pane->serveTask(kFirst, test::klingTask(works));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    auto *position = m_pane->find<QLabel>("workPosition");
    SOON_COMPARE(position->text(), u"Work 1 of 3"_s);
    QTest::mouseClick(m_pane->find<QToolButton>("nextWork"), Qt::LeftButton);
    QCOMPARE(position->text(), u"Work 2 of 3"_s);
    QCOMPARE(m_pane->pane->currentWorkKey(), u"works[1]"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    QVERIFY(m_pane->pane->currentLink().contains(u"/w1/"_s));
    auto *third = m_pane->find<QAbstractButton>("work3");
    QVERIFY(third && third->accessibleName() == u"Work 3 of 3"_s);
    QTest::mouseClick(third, Qt::LeftButton);
    QCOMPARE(position->text(), u"Work 3 of 3"_s);
    m_pane->pane->nextWork(); // there is no fourth
    QCOMPARE(position->text(), u"Work 3 of 3"_s);
    m_pane->pane->previousWork();
    QCOMPARE(position->text(), u"Work 2 of 3"_s);
}

void TestDetailPane::newerAnswerDoesNotDisturb()
{
    serveBoth(kFirst, "/a/");
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    // The same works under newly signed addresses: what is here is not fetched again.
    const QString base = m_pane->url(u"/a/"_s);
    serveKling(kFirst, test::klingWork(base + u"marked.mp4?sign=2"_s, base + u"clean.mp4?sign=2"_s,
                                       base + u"cover"_s));
    const QByteArray taskPath = "/api/v1/task/" + kFirst.toLatin1();
    m_pane->context->poller()->checkNow({kFirst});
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->service.requestsTo(taskPath).size(), 2, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->pane->currentLink().endsWith(u"sign=2"_s), kPatience);
    QVERIFY(m_pane->stage()->showsVideo());
    QCOMPARE(m_pane->service.requestsTo("/a/clean.mp4").size(), 1);
}

void TestDetailPane::serverTextStaysPlain()
{
    const QString nasty = u"<img src='file:///x'><b>bold</b>"_s;
    m_pane->serveTask(kFirst, {{u"status"_s, u"failed"_s},
                               {u"input"_s, QJsonObject{{u"prompt"_s, nasty}}},
                               {u"error"_s, QJsonObject{{u"code"_s, 1}, {u"raw_message"_s, nasty}}}});
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    SOON_COMPARE(m_pane->find<QPlainTextEdit>("promptView")->toPlainText(), nasty);
    int found = 0;
    const QList<QLabel *> labels = m_pane->pane->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->text() != nasty)
            continue;
        QCOMPARE(label->textFormat(), Qt::PlainText);
        ++found;
    }
    QCOMPARE(found, 1);
}

void TestDetailPane::rawAnswerIsRedacted()
{
    const QJsonObject hook{{u"endpoint"_s, u"https://me.example/hook"_s}, {u"secret"_s, u"s3cret-word"_s}};
    m_pane->serveTask(kFirst, {{u"status"_s, u"failed"_s},
                               {u"config"_s, QJsonObject{{u"webhook_config"_s, hook}}}});
    m_pane->serveTask(kSecond, {{u"status"_s, u"failed"_s}});
    m_pane->fetch(kFirst);
    m_pane->fetch(kSecond);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    m_pane->find<QTabWidget>("detailTabs")->setCurrentIndex(2);
    auto *json = m_pane->find<QPlainTextEdit>("jsonView");
    QTRY_VERIFY_WITH_TIMEOUT(json->toPlainText().contains(kFirst), kPatience);
    QVERIFY(json->isReadOnly());
    QVERIFY(!json->toPlainText().contains(u"s3cret-word"_s));
    m_pane->selection.setCurrent(kSecond);
    QVERIFY(!json->toPlainText().contains(kFirst));
    QTRY_VERIFY_WITH_TIMEOUT(json->toPlainText().contains(kSecond), kPatience);
}

void TestDetailPane::buttonsShrinkAndPress()
{
    m_pane->show();
    auto *download = m_pane->find<QPushButton>("paneDownload");
    auto *copy = m_pane->find<QPushButton>("paneCopyLink");
    QVERIFY(download && copy);
    SOON_COMPARE(download->text(), u"Download"_s);
    m_pane->pane->resize(360, 700);
    SOON_VERIFY(download->text().isEmpty() && copy->text().isEmpty());
    QCOMPARE(download->accessibleName(), u"Download"_s);
    QVERIFY(!download->toolTip().isEmpty());
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(m_pane->triggered, QStringList{QString(paneaction::kCopyLink)});
    m_pane->actions.action(paneaction::kDownload)->setEnabled(false);
    QVERIFY(!download->isEnabled());
    m_pane->pane->resize(900, 700);
    SOON_COMPARE(copy->text(), u"Copy link"_s);
}

void TestDetailPane::lowPaneGoesSideBySide()
{
    m_pane->show();
    auto *tabs = m_pane->find<QTabWidget>("detailTabs");
    const auto place = [this](QWidget *widget) {
        return QRect(widget->mapTo(m_pane->pane.get(), QPoint()), widget->size());
    };
    QVERIFY(place(tabs).top() >= place(m_pane->stage()).bottom());
    m_pane->pane->resize(700, 250);
    SOON_VERIFY(place(tabs).left() >= place(m_pane->stage()).right());
    QVERIFY(place(tabs).bottom() < 250); // nothing is cut
    QVERIFY(m_pane->pane->minimumSizeHint().height() <= 250);
}

void TestDetailPane::fullScreenAndBack()
{
    serveBoth(kFirst, "/a/");
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience);
    m_pane->pane->toggleFullScreen();
    QWidget *screen = m_pane->stage()->window();
    QVERIFY(screen != m_pane->pane.get());
    SOON_VERIFY(screen->isFullScreen() && m_pane->stage()->isVisible());
    QVERIFY(m_pane->counter() >= 0);
    QVERIFY(QTest::qWaitForWindowActive(screen, test::kPatienceMs)); // shortcuts wait for that
    QTest::keyClick(screen, Qt::Key_Escape);
    SOON_COMPARE(m_pane->stage()->window(), m_pane->pane.get());
    SOON_VERIFY(m_pane->stage()->isVisible());
    QVERIFY(m_pane->counter() >= 0);
}

TASKREEL_TEST_MAIN(TestDetailPane, QApplication)
#include "support/patience.h"
#include "tst_detailpane.moc"
