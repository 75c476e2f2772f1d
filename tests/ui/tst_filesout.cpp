// SPDX-License-Identifier: MIT
#include "core/downloads/downloadqueue.h"
#include "core/settings/appsettings.h"
#include "support/isolation.h"
#include "ui/common/actionregistry.h"
#include "ui/windowfixture.h"
#include "ui/details/detailpane.h"
#include "ui/desktop/filemime.h"
#include "ui/window/actionids.h"
#include "ui/window/fileactions.h"

#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// Results leave the window as files: by drag, by the clipboard; and what happens to them outside is seen.
class FilesOutTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mimeOfFiles();
    void savedRowsAreDrawnOut();
    void severalRowsAtOnce();
    void whatIsNotHereIsSaid();
    void aKeptClipIsDrawnOutOfTheStage();
    void copiesFiles();
    void removedOutsideIsNoticed();
    void downloadsWhatIsNotSaved();

private:
    struct Dragged
    {
        int count = 0;
        QList<QUrl> urls;
        QWidget *from = nullptr;
    };
    static void catchDrags(const WindowFixture &ui, Dragged &dragged);
    static void draw(QWidget *widget, const QPoint &from);
    static void save(const WindowFixture &ui, const QStringList &ids);
    static QString openWithTask(WindowFixture &ui);
};

void FilesOutTest::catchDrags(const WindowFixture &ui, Dragged &dragged)
{
    ui.window->findChild<FileActions *>()->setCarrier([&dragged](QWidget *from, QMimeData *mime) {
        ++dragged.count;
        dragged.urls = mime->urls();
        dragged.from = from;
        delete mime;
    });
}

void FilesOutTest::draw(QWidget *widget, const QPoint &from)
{
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    for (int way = 4; way <= 40; way += 4) {
        const QPoint at = from + QPoint(0, way / 2) + QPoint(way, 0);
        QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, Qt::LeftButton, {}, from + QPoint(40, 20));
}

void FilesOutTest::save(const WindowFixture &ui, const QStringList &ids)
{
    ui.context->downloads()->saveTasks(ids, VariantWish::Unwatermarked);
    for (const QString &id : ids)
        SOON_COMPARE(ui.row(id)->saveState, SaveState::Saved);
}

QString FilesOutTest::openWithTask(WindowFixture &ui)
{
    ui.open(ui.profile());
    ui.context->settings()->setMuted(true);
    ui.fetch(ui.script.taskIds());
    return ui.taskWithBothVariants();
}

void FilesOutTest::mimeOfFiles()
{
    const std::unique_ptr<QMimeData> mime = fileMime({u"/a/b c.mp4"_s, u"/a/\u00e4.mp4"_s});
    QCOMPARE(mime->data(u"text/uri-list"_s), "file:///a/b%20c.mp4\r\nfile:///a/%C3%A4.mp4\r\n");
    QCOMPARE(mime->data(u"x-special/gnome-copied-files"_s),
             "copy\nfile:///a/b%20c.mp4\nfile:///a/%C3%A4.mp4");
    QCOMPARE(mime->text(), u"/a/b c.mp4\n/a/\u00e4.mp4"_s);
}

void FilesOutTest::savedRowsAreDrawnOut()
{
    WindowFixture ui;
    const QString id = openWithTask(ui);
    QVERIFY(!id.isEmpty());
    save(ui, {id});
    Dragged dragged;
    catchDrags(ui, dragged);
    ui.select(id);
    QAbstractItemView *view = ui.list();
    draw(view->viewport(), view->visualRect(ui.context->filter()->indexOf(id, 1)).center());
    QCOMPARE(dragged.count, 1);
    QCOMPARE(dragged.urls, QList<QUrl>{QUrl::fromLocalFile(ui.row(id)->savedPath)});
    QVERIFY(QFile::exists(dragged.urls.constFirst().toLocalFile()));
    // As covers, too.
    ui.press(Qt::Key_2, Qt::ControlModifier);
    SOON_VERIFY(ui.window->findChild<ListPane *>()->isGrid());
    SOON_VERIFY(ui.list());
    view = ui.list();
    const QModelIndex tile = ui.context->filter()->indexOf(id, 2);
    view->scrollTo(tile);
    draw(view->viewport(), view->visualRect(tile).center());
    QCOMPARE(dragged.count, 2);
    QCOMPARE(dragged.from, view);
}

void FilesOutTest::severalRowsAtOnce()
{
    WindowFixture ui;
    const QString first = openWithTask(ui);
    QString second;
    for (const QString &id : ui.script.taskIds()) {
        if (id != first && ui.row(id)->status == TaskStatus::Completed && ui.row(id)->resultCount == 1)
            second = id;
    }
    QVERIFY(!second.isEmpty());
    save(ui, {first, second});
    Dragged dragged;
    catchDrags(ui, dragged);
    ui.select(first);
    ui.select(second, Qt::ControlModifier);
    QCOMPARE(ui.window->selection()->selected().size(), 2);
    QAbstractItemView *view = ui.list();
    const QModelIndex row = ui.context->filter()->indexOf(second, 1);
    draw(view->viewport(), view->visualRect(row).center());
    QCOMPARE(dragged.count, 1);
    QSet<QString> paths;
    for (const QUrl &url : dragged.urls)
        paths.insert(url.toLocalFile());
    QCOMPARE(paths, (QSet<QString>{ui.row(first)->savedPath, ui.row(second)->savedPath}));
}

void FilesOutTest::whatIsNotHereIsSaid()
{
    WindowFixture ui;
    (void)openWithTask(ui);
    QString failed;
    for (const QString &id : ui.script.taskIds()) {
        if (ui.row(id)->status == TaskStatus::Failed)
            failed = id;
    }
    QVERIFY(!failed.isEmpty());
    Dragged dragged;
    catchDrags(ui, dragged);
    ui.select(failed);
    QVERIFY(!ui.window->actions()->action(actionid::kCopyFile)->isEnabled());
    QAbstractItemView *view = ui.list();
    draw(view->viewport(), view->visualRect(ui.context->filter()->indexOf(failed, 1)).center());
    QCOMPARE(dragged.count, 0);
    SOON_VERIFY2(ui.words("Message").contains(u"no file"_s), qPrintable(ui.words("Message")));
}

void FilesOutTest::aKeptClipIsDrawnOutOfTheStage()
{
    WindowFixture ui;
    const QString id = openWithTask(ui);
    Dragged dragged;
    catchDrags(ui, dragged);
    ui.select(id);
    const auto *pane = ui.window->findChild<DetailPane *>();
    SOON_VERIFY(!pane->localPath().isEmpty());
    const QRect area = ui.stage()->rect();
    QSignalSpy clicked(ui.stage(), &VideoStage::clicked);
    draw(ui.stage(), area.center());
    QCOMPARE(dragged.count, 1);
    QCOMPARE(dragged.urls.size(), 1);
    const QString path = dragged.urls.constFirst().toLocalFile();
    // The name that a download would give it, not that of the kept file.
    QVERIFY2(QFileInfo(path).fileName().contains(id.left(8)), qPrintable(path));
    QVERIFY2(path.endsWith(u".mp4"_s), qPrintable(path));
    QVERIFY(QFile::exists(path));
    QVERIFY(path != pane->localPath());
    QTest::qWait(QApplication::doubleClickInterval() + 50); // a click would have said so by then
    QCOMPARE(clicked.count(), 0);
}

void FilesOutTest::copiesFiles()
{
    WindowFixture ui;
    const QString id = openWithTask(ui);
    save(ui, {id});
    ui.select(id);
    QAction *copy = ui.window->actions()->action(actionid::kCopyFile);
    SOON_VERIFY(copy->isEnabled());
    ui.press(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    const QUrl url = QUrl::fromLocalFile(ui.row(id)->savedPath);
    SOON_COMPARE(mime->urls(), QList<QUrl>{url});
    QCOMPARE(mime->data(u"x-special/gnome-copied-files"_s), "copy\n" + url.toEncoded());
    SOON_VERIFY2(ui.words("Message").contains(u"1 file"_s), qPrintable(ui.words("Message")));
}

void FilesOutTest::removedOutsideIsNoticed()
{
    WindowFixture ui;
    const QString id = openWithTask(ui);
    save(ui, {id});
    const QString path = ui.row(id)->savedPath;
    QVERIFY(QFile::remove(path));
    ui.window->selection()->set({}, {});
    ui.select(id);
    SOON_COMPARE(ui.row(id)->saveState, SaveState::Gone);
    const QModelIndex cell = ui.context->filter()->indexOf(id, int(TaskTableModel::Column::Saved));
    SOON_COMPARE(cell.data().toString(), u"Not there any more"_s);
    // A new download is possible, and is one.
    ui.window->actions()->action(actionid::kDownloadSelected)->trigger();
    SOON_COMPARE(ui.row(id)->saveState, SaveState::Saved);
    QVERIFY(QFile::exists(ui.row(id)->savedPath));
    // Away once more: whoever comes back to the window sees it.
    QVERIFY(QFile::remove(ui.row(id)->savedPath));
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other, test::kPatienceMs));
    ui.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(ui.window.get(), test::kPatienceMs));
    SOON_COMPARE(ui.row(id)->saveState, SaveState::Gone);
}

void FilesOutTest::downloadsWhatIsNotSaved()
{
    WindowFixture ui;
    const QString id = openWithTask(ui);
    save(ui, {id});
    const QDateTime written = QFileInfo(ui.row(id)->savedPath).lastModified();
    QAction *action = ui.window->actions()->action(actionid::kDownloadUnsaved);
    SOON_VERIFY(action->isEnabled());
    action->trigger();
    const auto ended = [&ui] {
        const QStringList ids = ui.context->repository()->ids();
        return std::all_of(ids.cbegin(), ids.cend(), [&ui](const QString &each) {
            const TaskSummary *row = ui.row(each);
            return row->status != TaskStatus::Completed || row->resultCount == 0
                || row->saveState == SaveState::Saved || row->saveState == SaveState::Failed;
        });
    };
    SOON_VERIFY(ended());
    QCOMPARE(QFileInfo(ui.row(id)->savedPath).lastModified(), written); // that one was left alone
    QVERIFY(QDir(ui.profile().downloadFolder).entryList(QDir::Files).size() > 5);
}

TASKREEL_TEST_MAIN(FilesOutTest, QApplication)
#include "tst_filesout.moc"
