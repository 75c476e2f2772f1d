// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/theme/theme.h"
#include "ui/window/noticeboard.h"

#include <QApplication>
#include <QToolButton>
#include <QtTest>

using namespace taskreel;
using namespace Qt::StringLiterals;
using Topic = NoticeBoard::Topic;

class NoticeBoardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.apply(Appearance::Light); }
    void init();
    void cleanup();
    void newsComesBeforeWhatStands();
    void theNewestNewsComesFirst();
    void aNoticeThatWaitedIsShownForItsTime();
    void statesKeepTheirOrder();
    void closingShowsTheNext();

private:
    void close() { QTest::mouseClick(m_banner->findChild<QToolButton *>(u"closeMessage"_s), Qt::LeftButton); }

    Theme m_theme;
    std::unique_ptr<QWidget> m_window;
    Banner *m_banner = nullptr;
    NoticeBoard *m_board = nullptr;
};

void NoticeBoardTest::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 200);
    m_banner = new Banner(&m_theme, m_window.get());
    m_banner->resize(900, 40);
    m_board = new NoticeBoard(m_banner, m_window.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void NoticeBoardTest::cleanup()
{
    m_window.reset();
}

void NoticeBoardTest::newsComesBeforeWhatStands()
{
    m_board->post(Topic::Key, {.text = u"no key"_s, .closable = false});
    m_board->post(Topic::Intake, {.text = u"38 added"_s}, 60);
    QCOMPARE(m_banner->text(), u"38 added"_s);
    SOON_COMPARE(m_banner->text(), u"no key"_s);
    QVERIFY(!m_board->has(Topic::Intake));
    // And while news is read, a state does not push it away.
    m_board->post(Topic::Downloads, {.text = u"3 saved"_s});
    m_board->post(Topic::Store, {.text = u"disk full"_s});
    QCOMPARE(m_banner->text(), u"3 saved"_s);
}

void NoticeBoardTest::theNewestNewsComesFirst()
{
    m_board->post(Topic::Downloads, {.text = u"3 saved"_s});
    m_board->post(Topic::Intake, {.text = u"1 added"_s});
    QCOMPARE(m_banner->text(), u"1 added"_s);
    m_board->post(Topic::Downloads, {.text = u"4 saved"_s});
    QCOMPARE(m_banner->text(), u"4 saved"_s);
}

void NoticeBoardTest::aNoticeThatWaitedIsShownForItsTime()
{
    m_board->post(Topic::Removed, {.text = u"2 removed"_s}, 60);
    m_board->post(Topic::Intake, {.text = u"1 added"_s}, 60);
    SOON_VERIFY(!m_banner->isVisible()); // both had been in sight
    m_board->post(Topic::Store, {.text = u"disk full"_s});
    m_board->post(Topic::Settings, {.text = u"limit"_s}, 60);
    QTest::qWait(150);
    QVERIFY(m_board->has(Topic::Settings)); // nobody could read it yet
    m_board->withdraw(Topic::Store);
    QCOMPARE(m_banner->text(), u"limit"_s);
    SOON_VERIFY(!m_board->has(Topic::Settings));
}

void NoticeBoardTest::statesKeepTheirOrder()
{
    m_board->post(Topic::Offline, {.text = u"offline"_s});
    m_board->post(Topic::Key, {.text = u"no key"_s, .closable = false});
    QCOMPARE(m_banner->text(), u"no key"_s);
    m_board->withdraw(Topic::Key);
    QCOMPARE(m_banner->text(), u"offline"_s);
}

void NoticeBoardTest::closingShowsTheNext()
{
    m_board->post(Topic::Offline, {.text = u"offline"_s});
    m_board->post(Topic::Intake, {.text = u"1 added"_s});
    close();
    QCOMPARE(m_banner->text(), u"offline"_s);
    close();
    QVERIFY(!m_banner->isVisible());
}

TASKREEL_TEST_MAIN(NoticeBoardTest, QApplication)
#include "tst_noticeboard.moc"
