// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/store/store.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/manytasks.h"
#include "support/patience.h"
#include "support/profile.h"
#include "support/servicethread.h"

#include <QAbstractEventDispatcher>
#include <QAbstractItemModelTester>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = TaskTableModel::Column;

// A large library comes in slices, newest rows first: from the disk through the list to what is
// shown.
class TestSlicedLoading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theStoreGivesSlices();
    void aSmallLibraryHasNoSlices();
    void theListTakesSlices();
    void rowsOfOnePlaceInTwoSlicesAreBothThere();
    void loadingBegunAnewForgets();
    void aRowAddedBeforeItsSliceIsTheLibrarys();
    void eachSliceIsOneInsertion_data();
    void eachSliceIsOneInsertion();
    void theContextTakesASliceATurn();
    void whatIsPastedMeanwhileWaits();
    void closingInTheMiddleLosesNothing();

private:
    static constexpr int kCount = 3'000;
    [[nodiscard]] Profile profile() const;

    QTemporaryDir m_folder; ///< data/library.sqlite in it
    QList<TaskSummary> m_newestFirst; ///< what the library was filled with, as the list shows it
};

static TaskSummary row(const QString &id, qint64 sequence, qint64 addedMs)
{
    TaskSummary row;
    row.id = id;
    row.sequence = sequence;
    row.addedAt = QDateTime::fromMSecsSinceEpoch(addedMs, Qt::UTC);
    row.status = TaskStatus::Completed;
    row.answeredAt = row.addedAt;
    return row;
}

static QStringList idsOf(const QList<TaskSummary> &rows)
{
    QStringList ids;
    for (const TaskSummary &row : rows)
        ids.append(row.id);
    return ids;
}

static QStringList shown(const QAbstractItemModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(TaskTableModel::IdRole).toString());
    return ids;
}

void TestSlicedLoading::initTestCase()
{
    QVERIFY(test::fillLibrary(m_folder.filePath(u"data"_s), kCount));
    m_newestFirst = test::manyTasks(kCount);
    std::sort(m_newestFirst.begin(), m_newestFirst.end(), TaskTableModel::comesBefore);
}

/// Without any key, so that nothing is asked.
Profile TestSlicedLoading::profile() const
{
    Profile profile = test::profileIn(m_folder.path());
    profile.serviceUrl = QUrl(u"http://127.0.0.1:1"_s);
    return profile;
}

void TestSlicedLoading::theStoreGivesSlices()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"library.sqlite"_s);
    StoredFile file;
    file.asset = {u"task-7"_s, u"works[0].video"_s, Variant::Watermarked};
    file.path = u"kept/a.mp4"_s;
    file.at = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC);
    QList<TaskSummary> rows;
    QStringList removed;
    {
        StoreBatch batch;
        for (int n = 0; n < 2'600; ++n) {
            // Batches of seventy; every ninth row is an older one from another library.
            const QString id = u"task-%1"_s.arg(n);
            rows.append(row(id, n + 1, n % 9 == 0 ? n : 1'000'000 + n / 70));
            if (n % 50 == 0)
                removed.append(id);
        }
        batch.upserts = rows;
        batch.removals = removed;
        batch.kept = {file};
        batch.saved = {file};
        Store store(path);
        store.open();
        store.apply(batch);
    }
    Store store(path);
    QSignalSpy slices(&store, &Store::sliceRead);
    QSignalSpy opened(&store, &Store::opened);
    store.open(Store::Rows::InSlices);
    SOON_COMPARE(opened.size(), 1);
    QCOMPARE(slices.size(), 3);
    QList<StoredLibrary> parts;
    for (const QList<QVariant> &slice : slices)
        parts.append(slice.first().value<StoredLibrary>());
    parts.append(opened.first().first().value<StoredLibrary>());
    QCOMPARE(parts[0].tasks.size() + parts[0].removed.size(), 500);
    QCOMPARE(parts[0].kept.size(), 1);
    QCOMPARE(parts[0].saved.size(), 1);
    QStringList came;
    QStringList cameRemoved;
    for (const StoredLibrary &part : std::as_const(parts)) {
        QVERIFY(!part.tasks.isEmpty());
        QCOMPARE(part.lastSequence, 2'600);
        QVERIFY(&part == &parts.first() || (part.kept.isEmpty() && part.saved.isEmpty()));
        came += idsOf(part.tasks);
        cameRemoved += idsOf(part.removed);
    }
    std::sort(rows.begin(), rows.end(), TaskTableModel::comesBefore);
    QStringList wanted = idsOf(rows);
    wanted.removeIf([&removed](const QString &id) { return removed.contains(id); });
    QCOMPARE(came, wanted);
    cameRemoved.sort();
    removed.sort();
    QCOMPARE(cameRemoved, removed);
}

void TestSlicedLoading::aSmallLibraryHasNoSlices()
{
    QTemporaryDir folder;
    QVERIFY(test::fillLibrary(folder.path(), 500));
    Store store(folder.filePath(u"library.sqlite"_s));
    QSignalSpy slices(&store, &Store::sliceRead);
    QSignalSpy opened(&store, &Store::opened);
    store.open(Store::Rows::InSlices);
    SOON_COMPARE(opened.size(), 1);
    QCOMPARE(slices.size(), 0);
    QCOMPARE(opened.first().first().value<StoredLibrary>().tasks.size(), 500);
}

void TestSlicedLoading::theListTakesSlices()
{
    TaskRepository repository(nullptr);
    QSignalSpy came(&repository, &TaskRepository::rowsLoaded);
    QSignalSpy loaded(&repository, &TaskRepository::loaded);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    repository.beginLoading();
    repository.loadSlice({row(u"d"_s, 4, 20), row(u"c"_s, 3, 10)}, {}, 5);
    QCOMPARE(repository.ids(), (QStringList{u"c"_s, u"d"_s}));
    QCOMPARE(came.size(), 1);
    // What is new meanwhile stands behind all that is still to come.
    repository.add({u"new"_s});
    repository.loadSlice({row(u"b"_s, 2, 10)}, {row(u"gone"_s, 5, 1)}, 5);
    QCOMPARE(loaded.size(), 0);
    TaskSummary last = row(u"a"_s, 1, 5);
    last.saveState = SaveState::Saved;
    last.resultCount = 2;
    repository.loadSlice({last}, {}, 5);
    StoredFile file;
    file.asset = {u"a"_s, u"works[0].video"_s, Variant::Watermarked};
    StoredFile ofGone = file;
    ofGone.asset.taskId = u"gone"_s;
    repository.endLoading({file, ofGone});
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(came.size(), 3);
    QCOMPARE(repository.ids(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"new"_s}));
    SOON_COMPARE(added.size(), 1);
    QCOMPARE(added.first().first().toStringList(), QStringList{u"new"_s});
    // The saved files are known: one of two works has one.
    repository.setSaveState(u"a"_s, SaveState::NotSaved);
    QCOMPARE(repository.find(u"a"_s)->saveState, SaveState::Partly);
    repository.restore({u"gone"_s});
    QVERIFY(repository.contains(u"gone"_s));
}

void TestSlicedLoading::rowsOfOnePlaceInTwoSlicesAreBothThere()
{
    TaskRepository repository(nullptr);
    repository.beginLoading();
    repository.loadSlice({row(u"b"_s, 7, 20)}, {row(u"gone"_s, 8, 20)}, 9);
    repository.loadSlice({row(u"a"_s, 7, 10), row(u"c"_s, 8, 10), row(u"d"_s, 9, 10)}, {}, 9);
    repository.endLoading({});
    QCOMPARE(repository.ids(), (QStringList{u"b"_s, u"d"_s, u"a"_s, u"c"_s}));
}

void TestSlicedLoading::loadingBegunAnewForgets()
{
    TaskRepository repository(nullptr);
    TaskTableModel model(&repository);
    repository.beginLoading();
    repository.loadSlice({row(u"a"_s, 1, 10)}, {row(u"gone"_s, 2, 10)}, 2);
    QCOMPARE(model.rowCount(), 1);
    repository.beginLoading(); // the library was damaged after all
    QCOMPARE(repository.count(), 0);
    QCOMPARE(model.rowCount(), 0);
    repository.restore({u"gone"_s});
    QVERIFY(!repository.contains(u"gone"_s));
}

void TestSlicedLoading::aRowAddedBeforeItsSliceIsTheLibrarys()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"library.sqlite"_s);
    {
        StoreBatch batch;
        TaskSummary known = row(u"known"_s, 1, 10);
        known.marks.starred = true;
        batch.upserts = {known};
        Store store(path);
        store.open();
        store.apply(batch);
    }
    {
        Store store(path);
        TaskRepository repository(&store);
        QSignalSpy opened(&store, &Store::opened);
        QSignalSpy committed(&repository, &TaskRepository::addCommitted);
        store.open(Store::Rows::InSlices);
        repository.beginLoading();
        repository.add({u"known"_s, u"other"_s});
        SOON_COMPARE(opened.size(), 1);
        SOON_COMPARE(committed.size(), 1);
        const auto library = opened.first().first().value<StoredLibrary>();
        repository.loadSlice(library.tasks, library.removed, library.lastSequence);
        repository.endLoading(library.saved);
        QCOMPARE(repository.count(), 2);
        QVERIFY(repository.find(u"known"_s)->marks.starred);
    }
    Store store(path);
    QSignalSpy opened(&store, &Store::opened);
    store.open();
    SOON_COMPARE(opened.size(), 1);
    const auto library = opened.first().first().value<StoredLibrary>();
    QCOMPARE(library.tasks.size(), 2);
    QVERIFY(library.tasks.first().marks.starred); // what the early row wrote is put right
}

void TestSlicedLoading::eachSliceIsOneInsertion_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("oneInsertion"); // elsewhere a slice lies at many places
    QTest::newRow("as added") << -1 << true;
    QTest::newRow("by created") << int(Column::Created) << true;
    QTest::newRow("by prompt") << int(Column::Prompt) << false;
}

void TestSlicedLoading::eachSliceIsOneInsertion()
{
    QFETCH(int, column);
    QFETCH(bool, oneInsertion);
    TaskRepository repository(nullptr);
    TaskTableModel model(&repository);
    TaskFilter filter(&model);
    QAbstractItemModelTester tester(&filter,
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(column, Qt::DescendingOrder);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy shownAnew(&filter, &QAbstractItemModel::rowsInserted);
    repository.beginLoading();
    repository.loadSlice(m_newestFirst.first(500), {}, kCount);
    const QSignalSpy reset(&filter, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex watched = filter.indexOf(m_newestFirst[123].id);
    for (int from = 500; from < kCount; from += 500)
        repository.loadSlice(m_newestFirst.mid(from, 500), {}, kCount);
    repository.endLoading({});
    QCOMPARE(inserted.size(), kCount / 500);
    QCOMPARE(shownAnew.size(), kCount / 500);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(filter.idAt(watched), m_newestFirst[123].id);
    QCOMPARE(shown(model), idsOf(m_newestFirst));
    QCOMPARE(filter.counts().all, kCount);
    const QStringList sliced = shown(filter);
    filter.sort(-1);
    filter.sort(column, Qt::DescendingOrder);
    QCOMPARE(sliced, shown(filter));
    if (oneInsertion)
        QVERIFY(shownAnew.last().at(1).toInt() > 0);
}

void TestSlicedLoading::theContextTakesASliceATurn()
{
    AppContext context(profile());
    int turn = 0;
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this,
            [&turn] { ++turn; });
    QList<int> turns;
    connect(context.tableModel(), &QAbstractItemModel::rowsInserted, this,
            [&turns, &turn] { turns.append(turn); });
    int rowsAtFirst = 0;
    int unfinishedAtFirst = -1;
    connect(&context, &AppContext::rowsCame, this, [&] {
        rowsAtFirst = context.filter()->rowCount();
        unfinishedAtFirst = context.poller()->unfinished();
    });
    QSignalSpy came(&context, &AppContext::rowsCame);
    QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    SOON_COMPARE(ready.size(), 1);
    disconnect(QAbstractEventDispatcher::instance(), nullptr, this, nullptr);
    QCOMPARE(came.size(), 1);
    QCOMPARE(rowsAtFirst, 500);
    QCOMPARE(unfinishedAtFirst, 0); // nothing is asked before all is known
    QCOMPARE(turns.size(), 4); // 500, 1,000, 1,000, 500
    for (qsizetype i = 1; i < turns.size(); ++i)
        QVERIFY(turns[i] > turns[i - 1]);
    QCOMPARE(shown(*context.filter()), idsOf(m_newestFirst));
    QVERIFY(context.poller()->unfinished() > 0);
}

void TestSlicedLoading::whatIsPastedMeanwhileWaits()
{
    const QString last = m_newestFirst.last().id;
    AppContext context(profile());
    QSignalSpy finished(context.intake(), &Intake::finished);
    // When the first rows are there, the oldest one is not: it must not pass for new.
    connect(&context, &AppContext::rowsCame, &context, [&] {
        QVERIFY(!context.repository()->contains(last));
        context.intake()->addText(last);
    });
    context.open();
    SOON_COMPARE(finished.size(), 1);
    const auto report = finished.first().first().value<IntakeReport>();
    QCOMPARE(report.known, QStringList{last});
    QCOMPARE(report.added, QStringList());
    QCOMPARE(context.repository()->find(last)->status, m_newestFirst.last().status);
    QCOMPARE(context.repository()->count(), kCount);
}

void TestSlicedLoading::closingInTheMiddleLosesNothing()
{
    const QString first = m_newestFirst.first().id;
    {
        AppContext context(profile());
        QSignalSpy came(&context, &AppContext::rowsCame);
        context.open();
        SOON_COMPARE(came.size(), 1);
        context.repository()->setMarks(first, {.note = u"seen early"_s});
    }
    AppContext context(profile());
    QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    SOON_COMPARE(ready.size(), 1);
    QCOMPARE(context.repository()->count(), kCount);
    QCOMPARE(context.repository()->find(first)->marks.note, u"seen early"_s);
    QCOMPARE(shown(*context.filter()), idsOf(m_newestFirst));
}

TASKREEL_TEST_MAIN(TestSlicedLoading, QCoreApplication)
#include "tst_slicedloading.moc"
