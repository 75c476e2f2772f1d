// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace taskreel;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 20'000; // ms: a busy machine under sanitizers

QString idOf(int n)
{
    return u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(n, 12, 16, QChar(u'0'));
}

} // namespace

// What a window remembers from one start to the next.
class WindowStateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { close(); }
    void theShownTaskIsShownAgain();
    void aTaskThatIsGoneGivesWayToTheFirst();
    void aKillLosesOnlyTheLastMoment();
    void theListIsWideEnoughForItsColumns();

private:
    void open();
    void close();
    [[nodiscard]] QByteArray stateOnDisk() const;

    Theme m_theme;
    demo::DemoService m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
};

void WindowStateTest::initTestCase()
{
    m_theme.apply(Appearance::Light);
    QVERIFY(m_service.listen());
    m_script = std::make_unique<demo::DemoScript>(&m_service);
    m_script->setSpeed(1000);
}

void WindowStateTest::open()
{
    Profile profile = test::profileIn(m_folder->path());
    profile.serviceUrl = m_service.baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, m_theme);
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_window->show();
    m_context->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kPatience);
}

void WindowStateTest::close()
{
    if (m_window)
        m_window->close();
    m_window.reset();
    m_context.reset();
}

QByteArray WindowStateTest::stateOnDisk() const
{
    QFile file(m_folder->filePath(u"state/window.ini"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void WindowStateTest::theShownTaskIsShownAgain()
{
    open();
    QVERIFY(m_window->selection()->current().isEmpty()); // there is none
    m_context->repository()->add({idOf(1), idOf(2), idOf(3)});
    m_window->selection()->set(idOf(2), {idOf(2)});
    close();
    open();
    QCOMPARE(m_context->repository()->count(), 3);
    QCOMPARE(m_window->selection()->current(), idOf(2));
    QCOMPARE(m_window->selection()->selected(), QSet<QString>{idOf(2)});
}

void WindowStateTest::aTaskThatIsGoneGivesWayToTheFirst()
{
    open();
    m_context->repository()->add({idOf(1), idOf(2), idOf(3)});
    m_window->selection()->set(idOf(2), {idOf(2)});
    m_window->saveState();
    // As when something else took it out of the library.
    m_window->close();
    m_window.reset();
    m_context->repository()->remove({idOf(2)});
    m_context.reset();
    open();
    QCOMPARE(m_context->repository()->count(), 2);
    QCOMPARE(m_window->selection()->current(), m_context->repository()->ids().constFirst());
}

void WindowStateTest::aKillLosesOnlyTheLastMoment()
{
    open();
    m_context->repository()->add({idOf(1), idOf(2)});
    m_window->selection()->set(idOf(2), {idOf(2)});
    m_window->findChild<ListPane *>()->setGrid(true);
    // Nobody closes the window.
    QTRY_VERIFY_WITH_TIMEOUT(stateOnDisk().contains(idOf(2).toLatin1()), kPatience);
    QVERIFY(stateOnDisk().contains("grid=@ByteArray(1)"));
    m_window->findChild<ListPane *>()->setGrid(false);
    QTRY_VERIFY_WITH_TIMEOUT(!stateOnDisk().contains("grid=@ByteArray(1)"), kPatience);
}

void WindowStateTest::theListIsWideEnoughForItsColumns()
{
    open();
    m_window->resize(1440, 900);
    m_context->repository()->add({idOf(1)});
    auto *list = m_window->findChild<ListPane *>();
    SOON_VERIFY(list->isVisible());
    SOON_VERIFY2(list->width() >= 632, qPrintable(QString::number(list->width())));
    QVERIFY(list->width() < 660);
    const auto *table = m_window->findChild<TaskTableView *>();
    SOON_VERIFY(!table->isColumnHidden(int(TaskTableModel::Column::Saved)));
}

TASKREEL_TEST_MAIN(WindowStateTest, QApplication)
#include "tst_windowstate.moc"
