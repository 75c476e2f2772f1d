// SPDX-License-Identifier: MIT
#include "core/media/medialibrary.h"
#include "core/settings/appsettings.h"
#include "panefixture.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/turn.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTabWidget>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {
constexpr int kPatience = 30'000; // ms: a busy machine under sanitizers
const QString kFirst = u"11111111-3fdb-4b88-b20a-94eef777e101"_s;
} // namespace

// The pane in quick hands: keys in its texts, a switch there and back, a second try.
class DetailPaneHandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_pane = std::make_unique<test::PaneFixture>(); }
    void cleanup() { m_pane.reset(); }

    void anImageSwitchedThereAndBackStaysItself();
    void textKeepsItsKeys();
    void spacePressesTheOffer();
    void aMissedCoverIsAskedAgain();
    void whatFailedIsNotReleasedForOthers();
    void theAnswerIsReadOnce();

private:
    void activate();
    [[nodiscard]] QJsonObject stillWork(const QString &cover) const;

    std::unique_ptr<test::PaneFixture> m_pane;
};

void DetailPaneHandsTest::activate()
{
    m_pane->show();
    m_pane->pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane->pane.get()));
}

QJsonObject DetailPaneHandsTest::stillWork(const QString &cover) const
{
    QJsonObject work = test::klingWork({}, {}, cover);
    work.remove(u"video"_s);
    work[u"image"_s] = QJsonObject{{u"resource"_s, m_pane->url(u"/marked.jpg"_s)},
                                   {u"resource_without_watermark"_s, m_pane->url(u"/clean.jpg"_s)}};
    return work;
}

void DetailPaneHandsTest::anImageSwitchedThereAndBackStaysItself()
{
    m_pane->serveFile("/marked.jpg", u"coat-red-marked.jpg"_s);
    m_pane->serveFile("/clean.jpg", u"coat-green.jpg"_s);
    m_pane->serveTask(kFirst, test::klingTask({stillWork({})}));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    AppSettings *settings = m_pane->context->settings();
    // Both are here.
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->stage()->picture().isNull(), kPatience);
    settings->setWithoutWatermark(false);
    const auto middle = [this] {
        const QImage picture = m_pane->stage()->picture();
        return picture.isNull() ? QColor() : picture.pixelColor(picture.rect().center());
    };
    settings->setWithoutWatermark(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->words().contains(u"Without watermark"_s), kPatience);
    const QColor clean = middle();
    settings->setWithoutWatermark(false);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->words().contains(u"Watermarked"_s) && middle() != clean, kPatience);
    const QColor marked = middle();
    // There and back before the first is decoded.
    settings->setWithoutWatermark(true);
    settings->setWithoutWatermark(false);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->words().contains(u"Watermarked"_s), kPatience);
    test::awaitPosted(); // the late picture has arrived, and must change nothing
    QCOMPARE(middle(), marked);
    settings->setWithoutWatermark(true);
    QTRY_COMPARE_WITH_TIMEOUT(middle(), clean, kPatience);
    QVERIFY(m_pane->words().contains(u"Without watermark"_s));
}

void DetailPaneHandsTest::textKeepsItsKeys()
{
    m_pane->serveTask(kFirst, {{u"status"_s, u"failed"_s},
                               {u"input"_s, QJsonObject{{u"prompt"_s, u"a red boat"_s}}}});
    m_pane->fetch(kFirst);
    m_pane->selection.setCurrent(kFirst);
    activate();
    int taken = 0; // by what acts on tasks in a window
    for (const QKeySequence &keys : {QKeySequence(QKeySequence::Copy), QKeySequence(QKeySequence::SelectAll),
                                     QKeySequence(Qt::Key_Delete)})
        connect(new QShortcut(keys, m_pane->pane.get()), &QShortcut::activated, this, [&taken] { ++taken; });
    const auto press = [](QWidget *widget) {
        widget->setFocus();
        QApplication::clipboard()->clear();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_Delete);
        return QApplication::clipboard()->text();
    };
    auto *fact = m_pane->find<QLabel>("fact0");
    QVERIFY(fact);
    SOON_VERIFY(fact->isVisible());
    QCOMPARE(press(fact), fact->text());
    auto *tabs = m_pane->find<QTabWidget>("detailTabs");
    const char *const names[] = {"promptView", "jsonView", "logView"};
    for (int i = 0; i < 3; ++i) {
        tabs->setCurrentIndex(i + 1);
        auto *view = m_pane->find<QPlainTextEdit>(names[i]);
        QTRY_VERIFY_WITH_TIMEOUT(!view->toPlainText().isEmpty(), kPatience);
        QCOMPARE(press(view), view->toPlainText());
    }
    QCOMPARE(taken, 0);
}

void DetailPaneHandsTest::spacePressesTheOffer()
{
    m_pane->serveFile("/deep/thing.mp4", u"lighthouse.mp4"_s);
    const QJsonObject link{{u"href"_s, m_pane->url(u"/deep/thing.mp4"_s)}};
    m_pane->serveTask(kFirst, {{u"model"_s, u"unheard"_s},
                               {u"output"_s, QJsonObject{{u"stuff"_s, link}}}});
    m_pane->fetch(kFirst);
    m_pane->selection.setCurrent(kFirst);
    activate();
    int played = 0;
    auto *play = new QShortcut(Qt::Key_Space, m_pane->stage());
    play->setContext(Qt::WidgetWithChildrenShortcut);
    connect(play, &QShortcut::activated, this, [&played] { ++played; });
    auto *offer = m_pane->find<QPushButton>("stageOffer");
    SOON_VERIFY(offer->isVisible());
    offer->setFocus();
    QTest::keyClick(offer, Qt::Key_Space);
    QCOMPARE(played, 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->counter() >= 0, kPatience); // it was fetched
    m_pane->stage()->setFocus();
    QTest::keyClick(m_pane->stage(), Qt::Key_Space);
    QCOMPARE(played, 1);
}

void DetailPaneHandsTest::aMissedCoverIsAskedAgain()
{
    // Neither is there at first.
    m_pane->serveTask(kFirst, test::klingTask({stillWork(m_pane->url(u"/cover"_s))}));
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    auto *offer = m_pane->find<QPushButton>("stageOffer");
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->service.requestsTo("/cover").isEmpty(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->stage()->showsVideo(), kPatience);
    QSignalSpy missed(m_pane->context->media(), &MediaLibrary::failed);
    const qsizetype before = m_pane->service.requestsTo("/cover").size();
    m_pane->serveFile("/cover", u"lighthouse.jpg"_s);
    QTest::mouseClick(offer, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_pane->stage()->picture().isNull(), kPatience);
    QVERIFY(m_pane->service.requestsTo("/cover").size() > before);
}

void DetailPaneHandsTest::whatFailedIsNotReleasedForOthers()
{
    // Two works, so that there is a strip; their covers are not to be had.
    const QJsonArray works{stillWork(m_pane->url(u"/cover1"_s)), stillWork(m_pane->url(u"/cover2"_s))};
    m_pane->serveTask(kFirst, test::klingTask(works));
    m_pane->fetch(kFirst);
    MediaLibrary *media = m_pane->context->media();
    QSignalSpy failed(media, &MediaLibrary::failed);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    AssetId cover;
    const auto coverFailed = [&failed, &cover] {
        for (const QList<QVariant> &arguments : std::as_const(failed)) {
            const auto asset = arguments.at(0).value<AssetId>();
            if (asset.mediaKey.contains(u"works[1]"_s) && asset.mediaKey.endsWith(u"cover"_s))
                cover = asset;
        }
        return !cover.isNull();
    };
    QTRY_VERIFY_WITH_TIMEOUT(coverFailed(), kPatience);
    // Somebody else asks for it anew, and then the pane lets go of what it had asked for.
    m_pane->serveFile("/cover2", u"lighthouse.jpg"_s);
    QSignalSpy obtained(media, &MediaLibrary::obtained);
    Source source;
    source.variant = cover.variant;
    source.url = m_pane->url(u"/cover2"_s).toUtf8();
    media->obtain(cover, source, MediaKind::Image, ObtainPriority::Background);
    m_pane->selection.setCurrent({});
    QTRY_COMPARE_WITH_TIMEOUT(obtained.size(), 1, kPatience);
}

void DetailPaneHandsTest::theAnswerIsReadOnce()
{
    m_pane->serveTask(kFirst, {{u"status"_s, u"failed"_s}});
    m_pane->fetch(kFirst);
    m_pane->show();
    m_pane->selection.setCurrent(kFirst);
    QSignalSpy answers(m_pane->context->repository(), &TaskRepository::answerReady);
    m_pane->find<QTabWidget>("detailTabs")->setCurrentIndex(2);
    auto *json = m_pane->find<QPlainTextEdit>("jsonView");
    QTRY_VERIFY_WITH_TIMEOUT(json->toPlainText().contains(kFirst), kPatience);
    QCOMPARE(answers.size(), 1);
    // A change that brings no answer.
    m_pane->context->repository()->setSaveState(kFirst, SaveState::Saving, 40);
    m_pane->context->repository()->setFetchState(kFirst, FetchState::Idle);
    QTest::qWait(200); // nothing may be asked
    QCOMPARE(answers.size(), 1);
    m_pane->selection.setCurrent({});
    QVERIFY(json->toPlainText().isEmpty());
    m_pane->selection.setCurrent(kFirst);
    QTRY_VERIFY_WITH_TIMEOUT(json->toPlainText().contains(kFirst), kPatience);
}

TASKREEL_TEST_MAIN(DetailPaneHandsTest, QApplication)
#include "tst_detailpane_hands.moc"
