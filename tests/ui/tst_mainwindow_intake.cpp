// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

namespace {

QString idOf(int n)
{
    return u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(n, 12, 16, QChar(u'0'));
}

QString chatWith(int ids)
{
    QString text = u"[09:14] anna: here are the clips\n"_s;
    for (int n = 0; n < ids; ++n)
        text += u"[09:15] anna: take %1 → task \"%2\", looks fine\n"_s.arg(n).arg(idOf(n));
    return text;
}

} // namespace

class MainWindowIntakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aPastedChatIsTakenWhole();
    void pasteAnywhereButInATextField();
    void typedIdsAreAdded();
    void dropsAreTaken();
    void nearMissesCanBeSeen();
    void textWithoutIdsSaysSo();
    void removedTasksComeBack();
    void withoutAKeyTheBannerOffersToEnterOne();
    void theEmptyWindowOffersTheDemo();
    void escapeClearsTheFilters();
    void narrowWindowsPutTheDetailsBelow();

private:
    void open(bool withKey = true);
    void drop(QMimeData *mime);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    [[nodiscard]] QString message() const;
    [[nodiscard]] int count() const { return m_context->repository()->count(); }

    Theme m_theme;
    demo::DemoService m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
};

void MainWindowIntakeTest::initTestCase()
{
    m_theme.apply(Appearance::Light);
    QVERIFY(m_service.listen());
    m_script = std::make_unique<demo::DemoScript>(&m_service);
    m_script->setSpeed(1000);
}

void MainWindowIntakeTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void MainWindowIntakeTest::cleanup()
{
    m_window.reset();
    m_context.reset();
}

void MainWindowIntakeTest::open(bool withKey)
{
    Profile profile = test::profileIn(m_folder->path());
    profile.serviceUrl = m_service.baseUrl();
    profile.withLibrary = false;
    if (withKey)
        profile.fixedKey = demo::DemoScript::apiKey();
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, m_theme);
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    m_window->resize(1300, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::kPatienceMs));
    SOON_COMPARE(ready.count(), 1);
}

void MainWindowIntakeTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : m_window.get(), key, modifiers);
}

void MainWindowIntakeTest::drop(QMimeData *mime)
{
    QDragEnterEvent enter({400, 400}, Qt::CopyAction, mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({400, 400}, Qt::CopyAction, mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
}

QString MainWindowIntakeTest::message() const
{
    QWidget *label = findByName(m_window.get(), u"Message"_s);
    return label ? descriptionOf(label) : QString();
}

void MainWindowIntakeTest::aPastedChatIsTakenWhole()
{
    open();
    auto *box = findByName<QLineEdit>(m_window.get(), u"Task IDs"_s);
    QVERIFY(box);
    box->setFocus();
    QApplication::clipboard()->setText(chatWith(40));
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(message(), u"40 added"_s);
    QCOMPARE(count(), 40);
    QVERIFY(box->text().isEmpty());
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(message(), u"40 already here"_s);
}

void MainWindowIntakeTest::pasteAnywhereButInATextField()
{
    open();
    QApplication::clipboard()->setText(idOf(1));
    auto *search = findByName<QLineEdit>(m_window.get(), u"Search tasks"_s);
    QVERIFY(search);
    search->setFocus();
    press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(search->text(), idOf(1));
    QCOMPARE(count(), 0);
    findByName<QAbstractButton>(m_window.get(), u"Without watermark"_s)->setFocus();
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(count(), 1);
    SOON_COMPARE(m_window->selection()->current(), idOf(1));
}

void MainWindowIntakeTest::typedIdsAreAdded()
{
    open();
    auto *box = findByName<QLineEdit>(m_window.get(), u"Task IDs"_s);
    box->setText(idOf(1) + u", "_s + idOf(2));
    QTest::mouseClick(findByName<QPushButton>(m_window.get(), u"Add tasks"_s), Qt::LeftButton);
    SOON_COMPARE(count(), 2);
    QVERIFY(box->text().isEmpty());
}

void MainWindowIntakeTest::dropsAreTaken()
{
    open();
    QMimeData words;
    words.setText(chatWith(3));
    drop(&words);
    SOON_COMPARE(count(), 3);

    QFile file(m_folder->filePath(u"ids.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(chatWith(5).toUtf8());
    file.close();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(file.fileName())});
    drop(&files);
    SOON_COMPARE(message(), u"2 added, 3 already here"_s);
}

void MainWindowIntakeTest::nearMissesCanBeSeen()
{
    open();
    QApplication::clipboard()->setText(idOf(1) + u" and "_s + idOf(2).chopped(1));
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(message(), u"1 added, 1 not understood"_s);
    QTest::mouseClick(findByName<QPushButton>(m_window.get(), u"Show…"_s), Qt::LeftButton);
    auto *text = m_window->findChild<QPlainTextEdit *>(u"intakeText"_s);
    QVERIFY(text);
    QVERIFY(text->toPlainText().contains(idOf(2).chopped(1)));
    QVERIFY(!text->window()->isModal());
}

void MainWindowIntakeTest::textWithoutIdsSaysSo()
{
    open();
    QApplication::clipboard()->setText(u"nothing here"_s);
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_VERIFY(message().startsWith(u"There is no task ID in that text."_s));
}

void MainWindowIntakeTest::removedTasksComeBack()
{
    open();
    QApplication::clipboard()->setText(chatWith(3));
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(count(), 3);
    m_window->selection()->set(idOf(1), {idOf(1), idOf(2)});
    SOON_VERIFY(findByName(m_window.get(), u"Tasks"_s));
    findByName(m_window.get(), u"Tasks"_s)->setFocus();
    press(Qt::Key_Delete);
    SOON_COMPARE(count(), 1);
    SOON_COMPARE(m_window->selection()->current(), idOf(0));
    press(Qt::Key_Z, Qt::ControlModifier);
    SOON_COMPARE(count(), 3);
    QCOMPARE(m_window->selection()->selected(), (QSet<QString>{idOf(1), idOf(2)}));
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_COMPARE(count(), 1);
}

void MainWindowIntakeTest::withoutAKeyTheBannerOffersToEnterOne()
{
    open(false);
    QApplication::clipboard()->setText(idOf(1));
    press(Qt::Key_V, Qt::ControlModifier);
    // What was pasted comes first, the state of things stands behind it.
    SOON_COMPARE(message(), u"1 added"_s);
    QTest::mouseClick(findByName<QAbstractButton>(m_window.get(), u"Close message"_s), Qt::LeftButton);
    SOON_VERIFY(message().contains(u"API key"_s));
    QTest::mouseClick(findByName<QPushButton>(m_window.get(), u"Enter API key"_s), Qt::LeftButton);
    SOON_VERIFY(m_window->findChild<QDialog *>());
}

void MainWindowIntakeTest::theEmptyWindowOffersTheDemo()
{
    open(false);
    QSignalSpy demo(m_window.get(), &MainWindow::tryDemoRequested);
    auto *button = findByName<QPushButton>(m_window.get(), u"Try the demo"_s);
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(demo.count(), 1);
}

void MainWindowIntakeTest::escapeClearsTheFilters()
{
    open();
    m_context->intake()->addText(chatWith(6));
    SOON_COMPARE(count(), 6);
    TaskFilter *filter = m_context->filter();
    auto *search = m_window->findChild<QLineEdit *>(u"searchTasks"_s);
    auto *list = m_window->findChild<ListPane *>();
    SOON_VERIFY(list->view()->isVisible());

    search->setFocus();
    filter->setCriteria({.status = TaskCriteria::Status::Failed, .model = u"kling"_s});
    QTest::keyClicks(search, u"fox"_s);
    SOON_COMPARE(filter->search(), u"fox"_s);
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(filter->criteria().isEmpty());
    QCOMPARE(search->text(), QString());

    QTest::keyClicks(search, idOf(2).right(4));
    SOON_COMPARE(filter->rowCount(), 1);
    SOON_VERIFY(list->view()->isVisible());
    list->view()->setFocus();
    QTest::keyClick(list->view(), Qt::Key_Escape);
    QCOMPARE(filter->rowCount(), 6);
    QCOMPARE(search->text(), QString());
}

void MainWindowIntakeTest::narrowWindowsPutTheDetailsBelow()
{
    open();
    QApplication::clipboard()->setText(chatWith(3));
    press(Qt::Key_V, Qt::ControlModifier);
    SOON_COMPARE(count(), 3);
    auto *splitter = m_window->findChild<QSplitter *>(u"splitter"_s);
    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    m_window->resize(700, 500);
    SOON_COMPARE(splitter->orientation(), Qt::Vertical);
    SOON_COMPARE(m_window->size(), QSize(700, 500)); // nothing needs more room
    m_window->resize(1300, 800);
    SOON_COMPARE(splitter->orientation(), Qt::Horizontal);
}

TASKREEL_TEST_MAIN(MainWindowIntakeTest, QApplication)
#include "tst_mainwindow_intake.moc"
