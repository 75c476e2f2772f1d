// SPDX-License-Identifier: MIT
// Longer than other files: each way of changing rows is shown on the same model.
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = TaskTableModel::Column;

static QStringList idRange(int from, int to)
{
    QStringList ids;
    for (int i = from; i < to; ++i)
        ids.append(u"task-%1"_s.arg(i));
    return ids;
}

class TestTaskTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void namesItsColumns();
    void showsTheNewestBatchOnTop();
    void insertsARunAtOnce();
    void announcesChangesInRuns();
    void changesOfMostRowsAreOneRange();
    void onlyColumnsThatChangedAreAnnounced();
    void removesInRuns();
    void scatteredRemovalsAndReturnsKeepEveryRow();
    void tenThousandRowsStayQuick();
    void offlineIsOneChange();
    void offlineRowsFollowTheirTasks();
    void cellsReadWell_data();
    void cellsReadWell();
    void toolTipsShowServerTextLiterally();
    void followsALoad();
    void keepsRowsAsAnnounced();

private:
    void settle();
    [[nodiscard]] QStringList rows() const;
    [[nodiscard]] QString text(int row, Column column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, static_cast<int>(column)).data(role).toString();
    }

    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<TaskTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTaskTableModel::init()
{
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_model = std::make_unique<TaskTableModel>(m_repository.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTaskTableModel::cleanup()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        QCOMPARE(m_model->rowOf(m_model->idAt(row)), row);
    m_tester.reset();
    m_model.reset();
}

/// Until everything so far is announced.
void TestTaskTableModel::settle()
{
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    m_repository->add({u"settled-1"_s});
    SOON_COMPARE(added.size(), 1);
    QSignalSpy removed(m_repository.get(), &TaskRepository::tasksRemoved);
    m_repository->remove({u"settled-1"_s});
    SOON_COMPARE(removed.size(), 1);
}

QStringList TestTaskTableModel::rows() const
{
    QStringList ids;
    for (int row = 0; row < m_model->rowCount(); ++row)
        ids.append(m_model->idAt(row));
    return ids;
}

void TestTaskTableModel::namesItsColumns()
{
    QStringList names;
    for (int column = 0; column < m_model->columnCount(); ++column)
        names += m_model->headerData(column, Qt::Horizontal).toString();
    QCOMPARE(names,
             (QStringList{u"Cover"_s, u"Status"_s, u"Prompt"_s, u"Duration"_s, u"Created"_s,
                          u"Saved"_s, u"Model"_s, u"Type"_s, u"Size"_s, u"Task ID"_s, u"Expires"_s,
                          u"Cost"_s, u"Generation time"_s, u"Tags"_s, u"Note"_s}));
}

void TestTaskTableModel::showsTheNewestBatchOnTop()
{
    m_repository->add(idRange(0, 3));
    settle();
    m_repository->add(idRange(10, 12));
    settle();
    const QStringList expected = idRange(10, 12) + idRange(0, 3);
    QCOMPARE(rows(), expected);
    TaskTableModel fresh(m_repository.get());
    QCOMPARE(fresh.idAt(0), u"task-10"_s);
    QCOMPARE(fresh.rowOf(u"task-2"_s), 4);
    QCOMPARE(fresh.rowOf(u"unknown"_s), -1);
    // What comes back goes where it was.
    m_repository->remove({u"task-1"_s, u"task-10"_s});
    settle();
    m_repository->restore({u"task-10"_s, u"task-1"_s});
    settle();
    QCOMPARE(rows(), expected);
}

void TestTaskTableModel::insertsARunAtOnce()
{
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_repository->add(idRange(0, 100));
    SOON_COMPARE(m_model->rowCount(), 100);
    m_repository->add(idRange(100, 200));
    m_repository->add(idRange(200, 300));
    SOON_COMPARE(m_model->rowCount(), 300);
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(m_model->idAt(0), u"task-200"_s);
}

void TestTaskTableModel::announcesChangesInRuns()
{
    m_repository->add(idRange(0, 20));
    settle();
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (int i : {3, 4, 5, 10})
        m_repository->setFetchState(u"task-%1"_s.arg(i), FetchState::Asking);
    SOON_COMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 3);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 5);
    QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 10);
}

void TestTaskTableModel::changesOfMostRowsAreOneRange()
{
    m_repository->add(idRange(0, 20));
    settle();
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (int i = 1; i < 20; i += 2)
        m_repository->setFetchState(u"task-%1"_s.arg(i), FetchState::Asking);
    m_repository->setFetchState(u"task-2"_s, FetchState::Asking);
    SOON_COMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 19);
}

void TestTaskTableModel::onlyColumnsThatChangedAreAnnounced()
{
    m_repository->add(idRange(0, 5));
    settle();
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_repository->setFetchState(u"task-1"_s, FetchState::Asking);
    SOON_COMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().column(), static_cast<int>(Column::Status));
    QCOMPARE(changed.at(0).at(1).toModelIndex().column(), static_cast<int>(Column::Status));
    m_repository->setSaveState(u"task-1"_s, SaveState::Saving, 5);
    SOON_COMPARE(changed.size(), 2);
    QCOMPARE(changed.at(1).at(0).toModelIndex().column(), static_cast<int>(Column::Saved));
}

void TestTaskTableModel::removesInRuns()
{
    m_repository->add(idRange(0, 20));
    settle();
    QPersistentModelIndex kept = m_model->index(12, 0);
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    m_repository->remove(idRange(3, 6) + idRange(10, 12));
    SOON_COMPARE(m_model->rowCount(), 15);
    QCOMPARE(removed.size(), 2);
    QCOMPARE(rows(), idRange(0, 3) + idRange(6, 10) + idRange(12, 20));
    QCOMPARE(kept.row(), 7);
    QCOMPARE(m_model->rowOf(u"task-12"_s), 7);
    QCOMPARE(m_model->rowOf(u"task-4"_s), -1);
}

void TestTaskTableModel::scatteredRemovalsAndReturnsKeepEveryRow()
{
    m_repository->add(idRange(0, 500));
    settle();
    const QPersistentModelIndex kept = m_model->index(301, 2);
    QStringList even;
    QStringList odd;
    for (int i = 0; i < 500; ++i)
        (i % 2 ? odd : even) += u"task-%1"_s.arg(i);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_repository->remove(even);
    SOON_COMPARE(m_model->rowCount(), 250);
    QCOMPARE(rows(), odd);
    QCOMPARE(m_model->idAt(kept.row()), u"task-301"_s);
    m_repository->restore(even);
    SOON_COMPARE(m_model->rowCount(), 500);
    QCOMPARE(rows(), idRange(0, 500));
    QCOMPARE(kept.row(), 301);
    QCOMPARE(reset.size(), 0);
}

void TestTaskTableModel::tenThousandRowsStayQuick()
{
    // The tester looks at every row at every signal: measured without it.
    m_tester.reset();
    m_repository->add(idRange(0, 10'000));
    SOON_COMPARE(m_model->rowCount(), 10'000);
    QStringList scattered;
    for (int i = 0; i < 10'000; i += 3)
        scattered += u"task-%1"_s.arg(i);
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QElapsedTimer clock;
    clock.start();
    m_repository->remove(scattered);
    SOON_COMPARE(m_model->rowCount(), 10'000 - static_cast<int>(scattered.size()));
    qInfo("3,334 scattered rows removed of 10,000 in %lld ms", clock.restart());
    m_repository->restore(scattered);
    SOON_COMPARE(m_model->rowCount(), 10'000);
    qInfo("and back in %lld ms", clock.elapsed());
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 1);
}

void TestTaskTableModel::offlineIsOneChange()
{
    m_repository->add(idRange(0, 10'000));
    SOON_COMPARE(m_model->rowCount(), 10'000);
    const QDateTime due = QDateTime::currentDateTimeUtc().addSecs(60);
    for (int i = 0; i < 10'000; i += 2)
        m_repository->setFetchState(u"task-%1"_s.arg(i), FetchState::Waiting, due);
    settle();
    const TaskFilter filter(m_model.get());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy shown(&filter, &QAbstractItemModel::dataChanged);
    QSignalSpy told(m_repository.get(), &TaskRepository::tasksChanged);
    const QString before = text(0, Column::Status);
    m_model->setOffline(true);
    m_model->setOffline(true);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.at(0).at(0).toModelIndex(), filter.index(0, int(Column::Status)));
    QCOMPARE(shown.at(0).at(1).toModelIndex(), filter.index(9'999, int(Column::Status)));
    QCOMPARE(text(0, Column::Status), u"Not asked yet, waits for the network"_s);
    QCOMPARE(text(1, Column::Status), u"Not asked yet"_s); // nobody waits for it
    m_model->setOffline(false);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(text(0, Column::Status), before);
    settle();
    QCOMPARE(told.size(), 0); // the tasks themselves have not changed
}

void TestTaskTableModel::offlineRowsFollowTheirTasks()
{
    m_repository->add(idRange(0, 3));
    settle();
    m_model->setOffline(true); // nothing waits yet
    const QDateTime due = QDateTime::currentDateTimeUtc().addSecs(60);
    m_repository->setFetchState(u"task-0"_s, FetchState::Waiting, due);
    SOON_VERIFY(text(0, Column::Status).contains(u"waits for the network"_s));
    m_repository->add({u"task-9"_s});
    m_repository->setFetchState(u"task-9"_s, FetchState::Queued);
    settle();
    QVERIFY(text(0, Column::Status).contains(u"waits for the network"_s));
    QCOMPARE(m_repository->find(u"task-9"_s)->fetchState, FetchState::Queued);
    m_repository->setFetchState(u"task-0"_s, FetchState::Asking); // the one that tries
    SOON_VERIFY(text(1, Column::Status).contains(u"asking"_s));
    m_model->setOffline(false);
    QVERIFY(!text(0, Column::Status).contains(u"network"_s));
    QVERIFY(text(1, Column::Status).contains(u"asking"_s));
}

void TestTaskTableModel::cellsReadWell_data()
{
    QTest::addColumn<TaskSummary>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name, Column column, const TaskSummary &row,
                        const QString &expected) {
        QTest::newRow(name) << row << static_cast<int>(column) << expected;
    };
    TaskSummary row;
    row.id = u"task-1"_s;
    add("not asked", Column::Status, row, u"Not asked yet"_s);
    add("no cover", Column::Cover, row, u"No result yet"_s);
    add("no prompt", Column::Prompt, row, u"No prompt"_s);
    add("no duration", Column::Duration, row, u"—"_s);
    add("no size", Column::Size, row, u"—"_s);
    add("no time", Column::Created, row, u"—"_s);
    add("not saved", Column::Saved, row, u"Not saved"_s);
    row.status = TaskStatus::Processing;
    row.percent = 62;
    add("processing", Column::Status, row, u"Processing, 62 %"_s);
    row.percent.reset();
    row.status = TaskStatus::Pending;
    row.fetchState = FetchState::Waiting;
    row.nextCheckAt = QDateTime(QDate(2026, 11, 24), QTime(14, 3), Qt::UTC);
    add("pending", Column::Status, row, u"Pending, next check at 14:03"_s);
    row.fetchState = FetchState::Idle;
    row.nextCheckAt = {};
    row.lastError.kind = ErrorKind::NotFound;
    add("stopped", Column::Status, row, u"Pending, not found"_s);
    row.lastError = {};
    row.status = TaskStatus::Failed;
    row.errorText = u"content violation"_s;
    add("failed", Column::Status, row, u"Failed, content violation"_s);
    row.errorText.clear();
    row.status = TaskStatus::Completed;
    row.kind = MediaKind::Video;
    row.resultCount = 1;
    row.hasCover = true;
    row.size = QSize(1440, 1440);
    row.durationMs = 5100;
    row.prompt = u"a fox"_s;
    add("completed", Column::Status, row, u"Completed"_s);
    add("cover", Column::Cover, row, u"Video with cover"_s);
    add("duration", Column::Duration, row, u"5.1 s"_s);
    add("size", Column::Size, row, u"1440 × 1440"_s);
    add("prompt", Column::Prompt, row, u"a fox"_s);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    add("no cost", Column::Cost, row, QString());
    add("no expiry, no end", Column::Expires, row, QString());
    add("no generation time", Column::GenerationTime, row, QString());
    row.cost = 0.26;
    row.startedAt = now.addDays(-3).addSecs(-105);
    row.endedAt = now.addDays(-3);
    row.marks = {.note = u"two\nlines"_s, .tags = {u"a"_s, u"b"_s}};
    add("cost", Column::Cost, row, u"≈ $0.26"_s);
    add("generation time", Column::GenerationTime, row, u"1 min 45 s"_s);
    add("age of a result", Column::Expires, row, u"3 day(s) old"_s);
    add("tags", Column::Tags, row, u"a, b"_s);
    add("note", Column::Note, row, u"two lines"_s);
    row.expiresAt = now.addSecs(3 * 3600 + 12 * 60 + 30);
    add("expiry", Column::Expires, row, u"in 3 h 12 min"_s);
    row.expiresAt = now.addSecs(-1);
    add("expired", Column::Expires, row, u"Link ended"_s);
    row.saveState = SaveState::Saving;
    row.savePercent = 40;
    add("saving", Column::Saved, row, u"Saving, 40 %"_s);
    row.saveHold = SaveHold::Waiting;
    add("saving waits", Column::Saved, row, u"Waiting"_s);
    row.saveHold = SaveHold::Paused;
    add("saving paused", Column::Saved, row, u"Paused"_s);
    row.saveState = SaveState::Failed;
    row.saveError = u"The disk is full."_s;
    add("saving failed", Column::Saved, row, u"Saving failed: The disk is full."_s);
}

void TestTaskTableModel::cellsReadWell()
{
    QFETCH(TaskSummary, row);
    QFETCH(int, column);
    QFETCH(QString, expected);
    m_repository->load({row});
    QString shown = m_model->index(0, column).data().toString();
    QCOMPARE(m_model->index(0, column).data(Qt::AccessibleTextRole).toString(), shown);
    QCOMPARE(shown.replace(QChar(u'\u00a0'), u' '), expected);
}

void TestTaskTableModel::toolTipsShowServerTextLiterally()
{
    TaskSummary row;
    row.id = u"task-1"_s;
    row.prompt = u"<img src='file:///x'> & more\nsecond line"_s;
    row.errorText = u"<b>bold</b>"_s;
    row.createdAt = QDateTime(QDate(2026, 11, 24), QTime(14, 3, 59), Qt::UTC);
    m_repository->load({row});
    QCOMPARE(text(0, Column::Prompt, Qt::ToolTipRole),
             u"<p>&lt;img src='file:///x'&gt; &amp; more<br>second line</p>"_s);
    QCOMPARE(text(0, Column::Status, Qt::ToolTipRole), u"<p>&lt;b&gt;bold&lt;/b&gt;</p>"_s);
    QVERIFY(text(0, Column::Created, Qt::ToolTipRole).contains(u"14:03:59"_s));
    QCOMPARE(text(0, Column::Model, Qt::ToolTipRole), QString());
}

void TestTaskTableModel::followsALoad()
{
    m_repository->add(idRange(0, 3));
    settle();
    TaskSummary row;
    row.id = u"loaded-1"_s;
    m_repository->load({row});
    QCOMPARE(rows(), QStringList{u"loaded-1"_s});
    QCOMPARE(m_model->rowOf(u"task-1"_s), -1);
}

void TestTaskTableModel::keepsRowsAsAnnounced()
{
    m_repository->add(idRange(0, 3));
    settle();
    m_repository->setMarks(u"task-1"_s, {.starred = true});
    m_repository->remove({u"task-2"_s});
    QVERIFY(!m_model->summaryAt(1).marks.starred);
    QCOMPARE(m_model->summaryAt(2).id, u"task-2"_s);
    settle();
    QVERIFY(m_model->summaryAt(1).marks.starred);
    QCOMPARE(m_model->rowCount(), 2);
}

TASKREEL_TEST_MAIN(TestTaskTableModel, QCoreApplication)

#include "tst_tasktablemodel.moc"
