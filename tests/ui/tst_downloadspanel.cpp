// SPDX-License-Identifier: MIT
#include "core/downloads/downloadqueue.h"
#include "core/models/downloadtablemodel.h"
#include "core/settings/appsettings.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "ui/windowfixture.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

using Column = DownloadTableModel::Column;

namespace {

constexpr qint64 kStall = 40'000; ///< bytes of a clip, after which a stalling server is silent

QString idOf(int number)
{
    return u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(number, 12, 10, QChar(u'0'));
}

QByteArray clipPath(int number)
{
    return "/clips/" + QByteArray::number(number) + ".mp4";
}

} // namespace

// The panel of downloads in the real window, worked by its buttons and keys, with a service that stalls.
class DownloadsPanelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensAndTeaches();
    void pausedFileGoesOn();
    void orderIsChangedAndFilesCalledOff();
    void allArePausedResumedAndCleared();
    void unfinishedOnesAreContinued();
    void unfinishedOnesAreDiscarded();
    void unfinishedOnesGoOnByThemselves();
    void namesInUseAreAsked();
    void everyButtonHasNames();

private:
    void open();
    void serve(int number, int stalls); ///< so many requests are stalled first
    void fetch(const QList<int> &numbers);
    void save(const QList<int> &numbers);
    void leaveUnfinished(UnfinishedDownloads what);
    void openPanel();
    [[nodiscard]] QTableView *table() const { return m_ui->named<QTableView>("Downloads"); }
    [[nodiscard]] QString cell(int row, Column column) const
    {
        return m_ui->context->downloadModel()->index(row, int(column)).data().toString();
    }
    [[nodiscard]] QList<int> order() const;
    void select(int row);
    [[nodiscard]] QString pathOf(int number) const
    {
        return m_ui->folder.filePath(u"downloads/%1.mp4"_s.arg(idOf(number)));
    }
    [[nodiscard]] static QByteArray content(const QString &path);

    std::unique_ptr<WindowFixture> m_ui;
};

void DownloadsPanelTest::init()
{
    m_ui = std::make_unique<WindowFixture>();
}

void DownloadsPanelTest::cleanup()
{
    m_ui.reset();
}

void DownloadsPanelTest::open()
{
    m_ui->open(m_ui->profile());
    m_ui->context->settings()->setNameTemplate(u"{id}"_s);
}

void DownloadsPanelTest::serve(int number, int stalls)
{
    demo::Response task;
    task.headers.emplaceBack("Content-Type", "application/json");
    task.body = u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"model\":\"kling\",\"status\":\"completed\","
                u"\"input\":{\"prompt\":\"Clip %3\"},\"output\":{\"video_url\":\"%2\"}}}"_s
                    .arg(idOf(number), m_ui->service.baseUrl().toString() + QString::fromLatin1(clipPath(number)),
                         QString::number(number))
                    .toUtf8();
    m_ui->service.handle("/api/v1/task/" + idOf(number).toLatin1(), [task](const demo::Request &) { return task; });
    const auto left = std::make_shared<int>(stalls);
    m_ui->service.handle(clipPath(number), [left](const demo::Request &) {
        demo::Response clip;
        clip.headers.emplaceBack("Content-Type", "video/mp4");
        clip.body = test::clipBytes();
        clip.etag = "\"one\"";
        if ((*left)-- > 0)
            clip.stallAfter = kStall;
        return clip;
    });
}

void DownloadsPanelTest::fetch(const QList<int> &numbers)
{
    for (const int number : numbers)
        m_ui->context->repository()->add({idOf(number)});
    for (const int number : numbers) {
        SOON_VERIFY(m_ui->row(idOf(number)));
        SOON_COMPARE(m_ui->row(idOf(number))->status, TaskStatus::Completed);
    }
}

void DownloadsPanelTest::save(const QList<int> &numbers)
{
    const int before = m_ui->context->downloadModel()->rowCount();
    QStringList ids;
    for (const int number : numbers)
        ids.append(idOf(number));
    m_ui->context->downloads()->saveTasks(ids, VariantWish::Unwatermarked);
    SOON_COMPARE(m_ui->context->downloadModel()->rowCount(), before + int(numbers.size()));
}

void DownloadsPanelTest::openPanel()
{
    if (!table())
        m_ui->click("Show downloads");
    SOON_VERIFY(table());
}

QList<int> DownloadsPanelTest::order() const
{
    QList<int> numbers;
    const DownloadTableModel *model = m_ui->context->downloadModel();
    for (int row = 0; row < model->rowCount(); ++row)
        numbers.append(model->rowAt(row).taskId.right(6).toInt());
    return numbers;
}

void DownloadsPanelTest::select(int row)
{
    const QModelIndex index = table()->model()->index(row, int(Column::Name));
    table()->scrollTo(index);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(index).center());
    QCOMPARE(table()->currentIndex().row(), row);
}

QByteArray DownloadsPanelTest::content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void DownloadsPanelTest::opensAndTeaches()
{
    open();
    QVERIFY(!m_ui->window->findChild<QWidget *>(u"downloadsPanel"_s)->isVisible());
    QTest::keyClick(m_ui->window.get(), Qt::Key_J, Qt::ControlModifier);
    auto *words = m_ui->window->findChild<QLabel *>(u"downloadsEmptyText"_s);
    SOON_VERIFY(words->isVisible());
    QVERIFY(words->text().contains(u"Ctrl+D"_s));
    m_ui->click("Close downloads");
    QVERIFY(!words->isVisible());
    m_ui->click("Show downloads");
    QVERIFY(words->isVisible());
    m_ui->window->saveState();
    m_ui->close();
    m_ui->open(m_ui->profile()); // as it was left
    QVERIFY(m_ui->window->findChild<QWidget *>(u"downloadsPanel"_s)->isVisible());
}

void DownloadsPanelTest::pausedFileGoesOn()
{
    open();
    serve(1, 1);
    fetch({1});
    save({1});
    openPanel();
    const QString part = pathOf(1) + u".part"_s;
    SOON_VERIFY(QFileInfo(part).size() > 0);
    SOON_COMPARE(cell(0, Column::Status), u"Downloading"_s);
    select(0);
    m_ui->click("Pause download");
    SOON_COMPARE(cell(0, Column::Status), u"Paused"_s);
    QVERIFY(QFileInfo(part).size() > 0);
    SOON_COMPARE(m_ui->row(idOf(1))->saveHold, SaveHold::Paused);
    SOON_VERIFY(m_ui->words("Downloads summary").contains(u"1 paused"_s));
    m_ui->click("Resume download");
    SOON_COMPARE(cell(0, Column::Status), u"Saved"_s);
    QCOMPARE(content(pathOf(1)), test::clipBytes());
    QVERIFY(!QFile::exists(part));
    const QList<demo::Request> asked = m_ui->service.requestsTo(clipPath(1));
    QVERIFY(asked.constLast().header("Range").startsWith("bytes="));
    QCOMPARE(m_ui->row(idOf(1))->saveState, SaveState::Saved);
}

void DownloadsPanelTest::orderIsChangedAndFilesCalledOff()
{
    open();
    m_ui->context->settings()->setParallelDownloads(1);
    for (int number = 1; number <= 4; ++number)
        serve(number, 100);
    fetch({1, 2, 3, 4});
    save({1, 2, 3, 4});
    openPanel();
    SOON_COMPARE(cell(0, Column::Status), u"Downloading"_s);
    QCOMPARE(cell(2, Column::Status), u"Waiting"_s);
    SOON_COMPARE(m_ui->row(idOf(3))->saveHold, SaveHold::Waiting);
    select(3);
    m_ui->click("Move up");
    QCOMPARE(order(), QList<int>({1, 2, 4, 3}));
    QCOMPARE(table()->currentIndex().row(), 2); // the selection goes along
    table()->setFocus();
    m_ui->press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(order(), QList<int>({1, 4, 2, 3}));
    m_ui->press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(order(), QList<int>({1, 2, 4, 3}));
    m_ui->click("Move to top");
    QCOMPARE(order(), QList<int>({4, 1, 2, 3}));
    table()->setFocus();
    m_ui->press(Qt::Key_Space);
    SOON_COMPARE(cell(0, Column::Status), u"Paused"_s);
    m_ui->press(Qt::Key_Space);
    SOON_COMPARE(cell(0, Column::Status), u"Waiting"_s);
    m_ui->press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 4);
    m_ui->press(Qt::Key_Delete);
    SOON_COMPARE(table() ? table()->model()->rowCount() : 0, 0);
    QCOMPARE(m_ui->context->repository()->count(), 4); // Delete in the panel takes no task
    SOON_VERIFY(!QFile::exists(pathOf(1) + u".part"_s));
    SOON_COMPARE(m_ui->row(idOf(1))->saveState, SaveState::NotSaved);
}

void DownloadsPanelTest::allArePausedResumedAndCleared()
{
    open();
    for (int number = 1; number <= 3; ++number)
        serve(number, 1);
    fetch({1, 2, 3});
    save({1, 2, 3});
    openPanel();
    for (int row = 0; row < 3; ++row)
        SOON_VERIFY(QFileInfo(pathOf(row + 1) + u".part"_s).size() > 0);
    m_ui->click("Pause all downloads");
    for (int row = 0; row < 3; ++row)
        SOON_COMPARE(cell(row, Column::Status), u"Paused"_s);
    m_ui->click("Resume all downloads");
    for (int row = 0; row < 3; ++row)
        SOON_COMPARE(cell(row, Column::Status), u"Saved"_s);
    m_ui->click("Clear finished downloads");
    SOON_COMPARE(m_ui->context->downloadModel()->rowCount(), 0);
    QCOMPARE(content(pathOf(3)), test::clipBytes()); // out of the list, not off the disk
}

/// A download is on its way when the program ends; the next run begins.
void DownloadsPanelTest::leaveUnfinished(UnfinishedDownloads what)
{
    open();
    m_ui->context->settings()->setUnfinishedDownloads(what);
    serve(1, 1);
    fetch({1});
    save({1});
    SOON_VERIFY(QFileInfo(pathOf(1) + u".part"_s).size() > 0);
    m_ui->close();
    QVERIFY(QFile::exists(pathOf(1) + u".part"_s));
    m_ui->open(m_ui->profile());
}

void DownloadsPanelTest::unfinishedOnesAreContinued()
{
    leaveUnfinished(UnfinishedDownloads::Ask);
    SOON_VERIFY(m_ui->words("Message").contains(u"not finished"_s));
    openPanel();
    QCOMPARE(cell(0, Column::Status), u"Not finished last time"_s);
    QVERIFY(!QFile::exists(pathOf(1)));
    m_ui->click("Continue");
    SOON_COMPARE(cell(0, Column::Status), u"Saved"_s);
    QCOMPARE(content(pathOf(1)), test::clipBytes());
    SOON_VERIFY(!m_ui->words("Message").contains(u"not finished"_s));
}

void DownloadsPanelTest::unfinishedOnesAreDiscarded()
{
    leaveUnfinished(UnfinishedDownloads::Ask);
    m_ui->click("Discard");
    SOON_COMPARE(m_ui->context->downloadModel()->rowCount(), 0);
    SOON_VERIFY(!QFile::exists(pathOf(1) + u".part"_s));
    SOON_VERIFY(!m_ui->named("Message"));
    m_ui->close();
    m_ui->open(m_ui->profile()); // for good
    QCOMPARE(m_ui->context->downloads()->leftCount(), 0);
    QVERIFY(!m_ui->named("Message"));
}

void DownloadsPanelTest::unfinishedOnesGoOnByThemselves()
{
    leaveUnfinished(UnfinishedDownloads::Continue);
    SOON_VERIFY(QFile::exists(pathOf(1)));
    QCOMPARE(content(pathOf(1)), test::clipBytes());
}

void DownloadsPanelTest::namesInUseAreAsked()
{
    open();
    m_ui->context->settings()->setConflictPolicy(ConflictPolicy::Ask);
    QVERIFY(QDir().mkpath(m_ui->folder.filePath(u"downloads"_s)));
    QFile other(pathOf(1));
    QVERIFY(other.open(QIODevice::WriteOnly));
    QCOMPARE(other.write("mine"), 4);
    other.close();
    serve(1, 0);
    fetch({1});
    save({1});
    SOON_VERIFY(m_ui->words("Message").contains(idOf(1)));
    for (const char *button : {"Replace", "Keep both", "Skip identical"})
        QVERIFY2(m_ui->named<QAbstractButton>(button), button);
    QCOMPARE(content(pathOf(1)), QByteArray("mine")); // until somebody says so
    m_ui->click("Replace");
    SOON_COMPARE(m_ui->row(idOf(1))->saveState, SaveState::Saved);
    QCOMPARE(content(pathOf(1)), test::clipBytes());
    SOON_VERIFY(!m_ui->words("Message").contains(idOf(1)));
}

void DownloadsPanelTest::everyButtonHasNames()
{
    open();
    serve(1, 100);
    fetch({1});
    save({1});
    openPanel();
    const auto *panel = m_ui->window->findChild<QWidget *>(u"downloadsPanel"_s);
    QStringList names;
    for (const int width : {1400, 560}) {
        m_ui->window->resize(width, 700);
        SOON_COMPARE(m_ui->window->width(), width);
        names.clear();
        const QList<QAbstractButton *> buttons = panel->findChildren<QAbstractButton *>();
        for (const QAbstractButton *button : buttons) {
            if (!button->isVisible() || button->objectName().isEmpty())
                continue;
            QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
            QVERIFY2(panel->rect().contains(QRect(button->mapTo(panel, QPoint()), button->size())),
                     qPrintable(button->objectName()));
            QVERIFY(!names.contains(button->accessibleName()));
            names.append(button->accessibleName());
        }
        QVERIFY(names.size() >= 10);
    }
    QVERIFY(names.contains(u"More for downloads"_s));
}

TASKREEL_TEST_MAIN(DownloadsPanelTest, QApplication)
#include "tst_downloadspanel.moc"
