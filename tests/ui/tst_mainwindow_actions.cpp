// SPDX-License-Identifier: MIT
// Longer than other files: every case presses the one window, opened as the fixture does.
#include "core/downloads/downloadqueue.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "support/isolation.h"
#include "ui/common/actionregistry.h"
#include "ui/details/detailpane.h"
#include "ui/window/actionids.h"
#include "ui/windowfixture.h"

#include <QDBusConnection>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// Stands where a desktop has its file manager, on the private bus of the test.
class FileManager final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")

public:
    QStringList shown;

public Q_SLOTS:
    void ShowItems(const QStringList &urls, const QString &) { shown += urls; }
};

// What the window's actions do, by the real keys, buttons and menus.
class MainWindowActionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_ui.reset(); }
    void f5AsksTheSelectedAgain();
    void controlF5AsksAllUnfinished();
    void copiesIdsAndLinks();
    void downloadsTheSelected();
    void downloadsTheCurrentWorkByKey();
    void downloadsEverythingCompleted();
    void downloadsBothVersions();
    void cancelLeavesNothing();
    void singleKeysActOnTheList();
    void singleKeysStayOutOfTextFields();
    void stepsByFrames();
    void fullScreenComesAndGoes();
    void contextMenuIsTheRegistrys();
    void opensInTheBrowser();
    void showsInTheFolder();
    void summaryCountsTasks();

private:
    [[nodiscard]] QAction *action(QLatin1StringView id) const
    {
        return m_ui->window->actions()->action(id);
    }
    [[nodiscard]] AppSettings *settings() const { return m_ui->context->settings(); }
    [[nodiscard]] qsizetype asked(const QString &id) const
    {
        return m_ui->service.requestsTo("/api/v1/task/" + id.toLatin1()).size();
    }
    [[nodiscard]] QStringList downloaded() const
    {
        return QDir(m_ui->folder.filePath(u"downloads"_s)).entryList(QDir::Files | QDir::Hidden);
    }
    /// Tasks with both variants of one video; they are fetched.
    void fetchPlain(int count, QStringList *ids);
    /// The demo's clips, given in a way that the test needs.
    void serveClips(const demo::Response &manner);
    void showClip(const QString &id);

    QTemporaryDir m_programs; ///< first in PATH
    std::unique_ptr<WindowFixture> m_ui;
};

void MainWindowActionsTest::initTestCase()
{
    // In place of the user's browser: writes down what it is started with.
    QFile script(m_programs.filePath(u"xdg-open"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nprintf '%s\\n' \"$1\" >\"$(dirname \"$0\")/new\"\n"
                 "mv \"$(dirname \"$0\")/new\" \"$(dirname \"$0\")/opened\"\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    qputenv("PATH", QFile::encodeName(m_programs.path()) + ':' + qgetenv("PATH"));
}

void MainWindowActionsTest::init()
{
    m_ui = std::make_unique<WindowFixture>();
    m_ui->open(m_ui->profile());
}

void MainWindowActionsTest::fetchPlain(int count, QStringList *ids)
{
    m_ui->fetch(m_ui->script.taskIds());
    for (const QString &id : m_ui->script.taskIds()) {
        const TaskSummary *row = m_ui->row(id);
        if (ids->size() < count && row->status == TaskStatus::Completed && row->resultCount == 1
            && row->kind == MediaKind::Video && row->hasWatermarked && row->hasUnwatermarked)
            ids->append(id);
    }
    QCOMPARE(ids->size(), count);
}

void MainWindowActionsTest::serveClips(const demo::Response &manner)
{
    const auto serve = [manner](const demo::Request &request) {
        demo::Response response = manner;
        QFile file(u":/demo/"_s + QString::fromLatin1(request.path.mid(request.path.lastIndexOf('/') + 1)));
        if (file.open(QIODevice::ReadOnly))
            response.body = file.readAll();
        else
            response.status = 404;
        return response;
    };
    m_ui->service.handle("/media/videos/", serve);
    m_ui->service.handle("/media/bs2/", serve);
}

void MainWindowActionsTest::showClip(const QString &id)
{
    m_ui->select(id);
    SOON_VERIFY(m_ui->counter() >= 0);
}

void MainWindowActionsTest::f5AsksTheSelectedAgain()
{
    QStringList ids;
    fetchPlain(3, &ids);
    m_ui->select(ids.at(0));
    m_ui->select(ids.at(1), Qt::ControlModifier);
    const qsizetype others = asked(ids.at(2));
    const qsizetype before = asked(ids.at(0));
    m_ui->press(Qt::Key_F5);
    SOON_COMPARE(asked(ids.at(0)), before + 1);
    SOON_COMPARE(asked(ids.at(1)), before + 1);
    QCOMPARE(asked(ids.at(2)), others);
}

void MainWindowActionsTest::controlF5AsksAllUnfinished()
{
    QStringList done;
    fetchPlain(1, &done);
    const QString id = u"7f9b6f1e-3c1a-4a53-9a6e-0d2c9d5f0a11"_s;
    // So old that the next check of its own comes in half an hour.
    m_ui->service.handle("/api/v1/task/" + id.toLatin1(), [id](const demo::Request &) {
        demo::Response response;
        response.headers.emplaceBack("Content-Type", "application/json");
        response.body = u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"model\":\"kling\","
                        "\"status\":\"processing\",\"meta\":{\"created_at\":\"2026-01-05T10:00:00Z\"}}}"_s
                            .arg(id)
                            .toUtf8();
        return response;
    });
    m_ui->fetch({id});
    QCOMPARE(m_ui->row(id)->status, TaskStatus::Processing);
    const qsizetype before = asked(id);
    const qsizetype beforeDone = asked(done.constFirst());
    m_ui->press(Qt::Key_F5, Qt::ControlModifier);
    SOON_COMPARE(asked(id), before + 1);
    QCOMPARE(asked(done.constFirst()), beforeDone);
}

void MainWindowActionsTest::copiesIdsAndLinks()
{
    QStringList ids;
    fetchPlain(2, &ids);
    showClip(ids.at(0));
    const QClipboard *clipboard = QGuiApplication::clipboard();
    m_ui->press(Qt::Key_C, Qt::ControlModifier);
    SOON_COMPARE(clipboard->text(), ids.at(0));

    m_ui->press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString host = m_ui->service.baseUrl().toString();
    SOON_VERIFY(clipboard->text().startsWith(host + u"/media/videos/"_s));
    settings()->setWithoutWatermark(false);
    SOON_VERIFY(test::showsWatermark(m_ui->onScreen()));
    m_ui->click("Copy link");
    SOON_VERIFY(clipboard->text().startsWith(host + u"/media/bs2/"_s));
    QVERIFY(clipboard->text().endsWith(u"?x-kcdn-pid=112372"_s)); // whole, or it would not work
    const QByteArray target = clipboard->text().mid(host.size()).toLatin1();
    const QList<demo::Request> requests = m_ui->service.requestsTo("/media/bs2/");
    QVERIFY(std::any_of(requests.cbegin(), requests.cend(),
                        [&target](const demo::Request &request) { return request.target == target; }));

    m_ui->select(ids.at(1), Qt::ControlModifier);
    m_ui->press(Qt::Key_C, Qt::ControlModifier);
    QStringList copied;
    SOON_VERIFY((copied = clipboard->text().split(u'\n'), copied.size() == 2));
    QCOMPARE(QSet<QString>(copied.cbegin(), copied.cend()), QSet<QString>(ids.cbegin(), ids.cend()));
}

void MainWindowActionsTest::downloadsTheSelected()
{
    QStringList ids;
    fetchPlain(4, &ids);
    demo::Response slow;
    slow.delayMs = 1000; // long enough for the summary, which is refreshed four times a second
    serveClips(slow);
    QStringList summaries;
    connect(m_ui->context->downloads(), &DownloadQueue::totalsChanged, this,
            [this, &summaries] { summaries.append(m_ui->words("Downloads summary")); });
    for (int i = 0; i < 3; ++i)
        m_ui->select(ids.at(i), i == 0 ? Qt::NoModifier : Qt::ControlModifier);
    m_ui->click("Download selected");
    for (int i = 0; i < 3; ++i)
        SOON_COMPARE(m_ui->row(ids.at(i))->saveState, SaveState::Saved);
    SOON_COMPARE(m_ui->words("Downloads summary"), QString());
    m_ui->context->downloads()->disconnect(this);
    QVERIFY2(!summaries.filter(u"of 3"_s).isEmpty(), qPrintable(summaries.join(u'\n')));
    QCOMPARE(downloaded().size(), 3);
    QCOMPARE(downloaded().filter(u".mp4"_s).size(), 3);
    QCOMPARE(m_ui->row(ids.at(3))->saveState, SaveState::NotSaved);
}

void MainWindowActionsTest::downloadsTheCurrentWorkByKey()
{
    QStringList ids;
    fetchPlain(2, &ids);
    showClip(ids.at(0));
    m_ui->press(Qt::Key_D);
    SOON_COMPARE(m_ui->row(ids.at(0))->saveState, SaveState::Saved);
    QCOMPARE(downloaded().size(), 1);
}

void MainWindowActionsTest::downloadsEverythingCompleted()
{
    m_ui->fetch(m_ui->script.taskIds());
    m_ui->click("Download all");
    int completed = 0;
    for (const QString &id : m_ui->script.taskIds()) {
        if (m_ui->row(id)->status != TaskStatus::Completed) {
            QCOMPARE(m_ui->row(id)->saveState, SaveState::NotSaved);
            continue;
        }
        ++completed;
        SOON_COMPARE(m_ui->row(id)->saveState, SaveState::Saved);
    }
    QVERIFY(completed > 10);
    QVERIFY(downloaded().size() >= completed);
}

void MainWindowActionsTest::downloadsBothVersions()
{
    QStringList ids;
    fetchPlain(3, &ids);
    const QMenu *menu = m_ui->named<QPushButton>("More downloads")->menu();
    QVERIFY(menu->actions().contains(action(actionid::kDownloadWorkBoth)));
    QVERIFY(menu->actions().contains(action(actionid::kDownloadSelectedBoth)));
    showClip(ids.at(0));
    action(actionid::kDownloadWorkBoth)->trigger();
    SOON_COMPARE(m_ui->row(ids.at(0))->saveState, SaveState::Saved);
    SOON_COMPARE(downloaded().filter(u".mp4"_s).size(), 2);
    m_ui->select(ids.at(1));
    m_ui->select(ids.at(2), Qt::ControlModifier);
    action(actionid::kDownloadSelectedBoth)->trigger();
    SOON_COMPARE(m_ui->row(ids.at(1))->saveState, SaveState::Saved);
    SOON_COMPARE(m_ui->row(ids.at(2))->saveState, SaveState::Saved);
    SOON_COMPARE(downloaded().filter(u".mp4"_s).size(), 6);
}

void MainWindowActionsTest::cancelLeavesNothing()
{
    // Before anything is pasted: the first task is shown at once, and what is kept would only be copied.
    demo::Response stalled;
    stalled.stallAfter = 4000;
    serveClips(stalled);
    QStringList ids;
    fetchPlain(2, &ids);
    m_ui->window->selection()->set(ids.at(0), {ids.at(0), ids.at(1)});
    m_ui->click("Download selected");
    SOON_VERIFY(!downloaded().filter(u".part"_s).isEmpty());
    m_ui->click("Cancel downloads");
    SOON_COMPARE(downloaded(), QStringList());
    for (const QString &id : ids)
        SOON_COMPARE(m_ui->row(id)->saveState, SaveState::NotSaved);
    SOON_COMPARE(m_ui->words("Downloads summary"), QString());
    QVERIFY(!m_ui->named("Cancel downloads"));
}

void MainWindowActionsTest::singleKeysActOnTheList()
{
    QStringList ids;
    fetchPlain(1, &ids);
    m_ui->select(ids.at(0));
    QVERIFY(settings()->withoutWatermark());
    m_ui->press(Qt::Key_T);
    QVERIFY(!settings()->withoutWatermark());
    QVERIFY(!m_ui->named<QAbstractButton>("Without watermark")->isChecked());
    m_ui->press(Qt::Key_T);
    QVERIFY(settings()->withoutWatermark());

    const QString top = m_ui->context->filter()->index(0, 0).data(TaskTableModel::IdRole).toString();
    const QString second = m_ui->context->filter()->index(1, 0).data(TaskTableModel::IdRole).toString();
    m_ui->select(top);
    m_ui->press(Qt::Key_J);
    SOON_COMPARE(m_ui->window->selection()->current(), second);
    m_ui->press(Qt::Key_K);
    SOON_COMPARE(m_ui->window->selection()->current(), top);
}

void MainWindowActionsTest::singleKeysStayOutOfTextFields()
{
    QStringList ids;
    fetchPlain(1, &ids);
    m_ui->select(ids.at(0));
    auto *search = m_ui->named<QLineEdit>("Search tasks");
    search->setFocus();
    m_ui->press(Qt::Key_T);
    QCOMPARE(search->text(), u"t"_s);
    QVERIFY(settings()->withoutWatermark());
}

void MainWindowActionsTest::stepsByFrames()
{
    QStringList ids;
    fetchPlain(1, &ids);
    showClip(ids.at(0));
    m_ui->press(Qt::Key_Space);
    SOON_VERIFY(m_ui->named("Play"));
    m_ui->stage()->setFocus();
    m_ui->press(Qt::Key_Home);
    SOON_COMPARE(m_ui->counter(), 0);
    m_ui->press(Qt::Key_Period);
    SOON_COMPARE(m_ui->counter(), 1);
    m_ui->list()->setFocus();
    m_ui->press(Qt::Key_Period);
    SOON_COMPARE(m_ui->counter(), 2);
    m_ui->press(Qt::Key_Comma);
    SOON_COMPARE(m_ui->counter(), 1);
}

void MainWindowActionsTest::fullScreenComesAndGoes()
{
    QVERIFY(!m_ui->window->isFullScreen());
    m_ui->press(Qt::Key_F11);
    SOON_VERIFY(m_ui->window->isFullScreen());
    m_ui->press(Qt::Key_F11);
    SOON_VERIFY(!m_ui->window->isFullScreen());
}

void MainWindowActionsTest::contextMenuIsTheRegistrys()
{
    QStringList ids;
    fetchPlain(1, &ids);
    m_ui->select(ids.at(0));
    QAbstractItemView *list = m_ui->list();
    const QPoint place = list->visualRect(m_ui->context->filter()->indexOf(ids.at(0), 1)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, list->viewport()->mapToGlobal(place));
    QApplication::sendEvent(list->viewport(), &event);
    SOON_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    const QList<QAction *> known = m_ui->window->actions()->all();
    QList<QAction *> entries = menu->actions();
    for (qsizetype i = 0; i < entries.size(); ++i) { // submenus, too
        QAction *entry = entries.at(i);
        if (entry->menu())
            entries += entry->menu()->actions();
        else
            QVERIFY2(entry->isSeparator() || known.contains(entry), qPrintable(entry->text()));
    }
    QVERIFY(menu->actions().contains(action(paneaction::kCopyId)));
    menu->setActiveAction(action(paneaction::kCopyId));
    QTest::keyClick(menu, Qt::Key_Return);
    SOON_COMPARE(QGuiApplication::clipboard()->text(), ids.at(0));
    SOON_VERIFY(!QApplication::activePopupWidget());
}

void MainWindowActionsTest::opensInTheBrowser()
{
    QStringList ids;
    fetchPlain(1, &ids);
    showClip(ids.at(0));
    m_ui->click("Copy link");
    const QString link = QGuiApplication::clipboard()->text();
    SOON_VERIFY(action(paneaction::kOpenInBrowser)->isEnabled());
    action(paneaction::kOpenInBrowser)->trigger();
    QFile opened(m_programs.filePath(u"opened"_s));
    SOON_VERIFY(opened.exists());
    QVERIFY(opened.open(QIODevice::ReadOnly));
    QCOMPARE(opened.readAll().trimmed(), link.toUtf8());
}

void MainWindowActionsTest::showsInTheFolder()
{
    FileManager manager;
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerObject(u"/org/freedesktop/FileManager1"_s, &manager,
                               QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.FileManager1"_s));
    QStringList ids;
    fetchPlain(1, &ids);
    showClip(ids.at(0));
    QVERIFY(!action(paneaction::kShowInFolder)->isEnabled());
    m_ui->click("Download");
    m_ui->click("Show in folder");
    const QString saved = m_ui->row(ids.at(0))->savedPath;
    SOON_COMPARE(manager.shown, QStringList{QUrl::fromLocalFile(saved).toString(QUrl::FullyEncoded)});
    bus.unregisterService(u"org.freedesktop.FileManager1"_s);
    bus.unregisterObject(u"/org/freedesktop/FileManager1"_s);
}

void MainWindowActionsTest::summaryCountsTasks()
{
    SOON_COMPARE(m_ui->words("Tasks summary"), u"No tasks yet"_s);
    m_ui->fetch(m_ui->script.taskIds());
    int failed = 0;
    for (const QString &id : m_ui->script.taskIds())
        failed += m_ui->row(id)->status == TaskStatus::Failed ? 1 : 0;
    const QStringList words = m_ui->words("Tasks summary").split(u" · "_s);
    QVERIFY2(words.at(0).startsWith(QString::number(m_ui->script.taskIds().size())), qPrintable(words.at(0)));
    SOON_VERIFY(m_ui->words("Tasks summary").contains(u"%1 failed"_s.arg(failed)));
}

TASKREEL_TEST_MAIN(MainWindowActionsTest, QApplication)
#include "tst_mainwindow_actions.moc"
