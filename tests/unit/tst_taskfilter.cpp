// SPDX-License-Identifier: MIT
// Longer than other files: one list of rows, which every criterion and order is tried on.
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = TaskTableModel::Column;

static QString idOf(int n)
{
    return u"task-%1"_s.arg(n);
}

static TaskSummary row(int n)
{
    TaskSummary made;
    made.id = idOf(n);
    made.sequence = n;
    made.addedAt = QDateTime::fromMSecsSinceEpoch(1000 + n / 10, Qt::UTC); // batches of ten
    made.status = static_cast<TaskStatus>(n % 7);
    made.resultCount = 1;
    made.prompt = u"Prompt %1"_s.arg(n % 13);
    made.model = n % 2 ? u"kling"_s : u"Luma"_s;
    made.durationMs = 1000 * (n % 5);
    made.size = QSize(10 * (n % 3 + 1), 10);
    made.createdAt = QDateTime::fromMSecsSinceEpoch(1'000'000 - n % 17, Qt::UTC);
    if (n % 3) {
        made.cost = 0.1 * (n % 4);
        made.startedAt = made.createdAt;
        made.endedAt = made.createdAt.addSecs(n % 11);
    }
    if (n % 4)
        made.expiresAt = made.createdAt.addSecs(n % 6);
    if (n % 5)
        made.marks = {.note = u"note %1"_s.arg(n % 8), .tags = {u"tag %1"_s.arg(n % 9)}};
    return made;
}

static ReadAnswer answer(const QString &id, const QByteArray &status)
{
    const QByteArray body = R"({"task_id":")" + id.toUtf8()
        + R"(","model":"kling","task_type":"t","status":")" + status + R"(","output":{}})";
    const Result<ReadAnswer> read = readAnswer(body, 200);
    return read ? *read : ReadAnswer();
}

class TestTaskFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void startsInTheOrderOfAdding();
    void searchesAllWordsInSeveralFields_data();
    void searchesAllWordsInSeveralFields();
    void filtersByStatus();
    void combinesFacets();
    void facetsFindTheirRows_data();
    void facetsFindTheirRows();
    void customDaysCountWhole();
    void todayEndsAtMidnight();
    void criteriaSurviveTheSettings();
    void countsModelsAndKinds();
    void clearShowsEverything();
    void sortsByRawValuesAndKeepsTiesInOrder();
    void staysSortedWhileRowsChange();
    void staysSortedWhenScatteredRowsGoAndReturn();
    void countsEverythingOnceATurn();
    void rowsLeaveAFilterWhenTheyNoLongerFit();
    void mapsIds();
    void tenThousandRowsStayQuick();

private:
    void load(int count);
    [[nodiscard]] QStringList shown() const;
    void checkSorted(Column column, Qt::SortOrder order) const;

    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<TaskTableModel> m_model;
    std::unique_ptr<TaskFilter> m_filter;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTaskFilter::init()
{
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_model = std::make_unique<TaskTableModel>(m_repository.get());
    m_filter = std::make_unique<TaskFilter>(m_model.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_filter.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTaskFilter::cleanup()
{
    m_tester.reset();
    m_filter.reset();
    m_model.reset();
}

void TestTaskFilter::load(int count)
{
    QList<TaskSummary> rows;
    for (int i = 0; i < count; ++i)
        rows.append(row(i));
    m_repository->load(rows);
}

QStringList TestTaskFilter::shown() const
{
    QStringList ids;
    for (int i = 0; i < m_filter->rowCount(); ++i)
        ids.append(m_filter->idAt(m_filter->index(i, 0)));
    return ids;
}

void TestTaskFilter::startsInTheOrderOfAdding()
{
    load(20);
    QStringList expected;
    for (int i = 10; i < 20; ++i)
        expected += idOf(i);
    for (int i = 0; i < 10; ++i)
        expected += idOf(i);
    QCOMPARE(shown(), expected);
    m_filter->sort(static_cast<int>(Column::Duration), Qt::DescendingOrder);
    QVERIFY(shown() != expected);
    m_filter->sort(static_cast<int>(Column::Cover), Qt::DescendingOrder);
    QCOMPARE(shown(), expected);
}

void TestTaskFilter::searchesAllWordsInSeveralFields_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("id, any case") << u"FOX-1"_s << QStringList{u"fox-1"_s};
    QTest::newRow("prompt") << u"snow"_s << QStringList{u"fox-1"_s, u"owl-2"_s};
    QTest::newRow("all words, over fields") << u"  snow   KLING "_s << QStringList{u"fox-1"_s};
    QTest::newRow("type") << u"lip_sync"_s << QStringList{u"owl-2"_s};
    QTest::newRow("error of the task") << u"violation"_s << QStringList{u"owl-2"_s};
    QTest::newRow("note") << u"birthday"_s << QStringList{u"owl-2"_s};
    QTest::newRow("tag") << u"client"_s << QStringList{u"fox-1"_s};
    QTest::newRow("error of the last try") << u"gateway"_s << QStringList{u"fox-1"_s};
    QTest::newRow("folded") << u"HAUPTSTRASSE"_s << QStringList{u"owl-2"_s};
    QTest::newRow("not over two fields") << u"snowkling"_s << QStringList{};
    QTest::newRow("not a pattern") << u".*"_s << QStringList{};
    QTest::newRow("blank") << u"  "_s << QStringList{u"fox-1"_s, u"owl-2"_s};
}

void TestTaskFilter::searchesAllWordsInSeveralFields()
{
    QFETCH(QString, search);
    QFETCH(QStringList, expected);
    TaskSummary fox;
    fox.id = u"fox-1"_s;
    fox.sequence = 1;
    fox.prompt = u"A fox in the Snow"_s;
    fox.model = u"kling"_s;
    TaskSummary owl;
    owl.id = u"owl-2"_s;
    owl.sequence = 2;
    owl.prompt = u"snow owl"_s;
    owl.model = u"luma"_s;
    owl.taskType = u"lip_sync"_s;
    owl.errorText = u"content violation"_s;
    fox.marks.tags = {u"Client A"_s, u"draft"_s};
    fox.lastError.message = u"Bad gateway"_s;
    owl.marks.note = u"For the Birthday, Hauptstrasse"_s;
    m_repository->load({fox, owl});
    QSignalSpy changed(m_filter.get(), &TaskFilter::filterChanged);
    m_filter->setSearch(search);
    QCOMPARE(shown(), expected);
    QCOMPARE(changed.size(), search.trimmed().isEmpty() ? 0 : 1);
}

void TestTaskFilter::filtersByStatus()
{
    QList<TaskSummary> rows;
    const auto add = [&rows](const QString &id, TaskStatus status) -> TaskSummary & {
        TaskSummary made;
        made.id = id;
        made.sequence = rows.size();
        made.status = status;
        made.resultCount = 1;
        rows.append(made);
        return rows.last();
    };
    add(u"completed"_s, TaskStatus::Completed);
    add(u"saved"_s, TaskStatus::Completed).saveState = SaveState::Saved;
    add(u"hollow"_s, TaskStatus::Completed).resultCount = 0;
    add(u"pending"_s, TaskStatus::Pending);
    add(u"odd"_s, TaskStatus::Other).lastError.kind = ErrorKind::ServerFault;
    add(u"stopped"_s, TaskStatus::NotAsked).lastError.kind = ErrorKind::NotFound;
    TaskSummary &held = add(u"held"_s, TaskStatus::NotAsked);
    held.fetchState = FetchState::Held;
    held.lastError.kind = ErrorKind::KeyRefused;
    add(u"failed"_s, TaskStatus::Failed);
    add(u"cancelled"_s, TaskStatus::Cancelled);
    m_repository->load(rows);

    m_filter->setStatus(TaskFilter::Status::Completed);
    QCOMPARE(shown(), (QStringList{u"completed"_s, u"saved"_s, u"hollow"_s}));
    m_filter->setStatus(TaskFilter::Status::Running);
    QCOMPARE(shown(), (QStringList{u"pending"_s, u"odd"_s, u"held"_s}));
    m_filter->setStatus(TaskFilter::Status::Failed);
    QCOMPARE(shown(), (QStringList{u"stopped"_s, u"failed"_s, u"cancelled"_s}));
    m_filter->setStatus(TaskFilter::Status::NotSaved);
    QCOMPARE(shown(), QStringList{u"completed"_s});
    QCOMPARE(m_filter->counts(), (StatusCounts{9, 3, 3, 3, 1}));
}

/// One row with everything, and rows that each lack one thing.
static QList<TaskSummary> facetRows(const QDateTime &now)
{
    TaskSummary full;
    full.id = u"full"_s;
    full.status = TaskStatus::Completed;
    full.model = u"kling"_s;
    full.kind = MediaKind::Video;
    full.resultCount = 1;
    full.hasWatermarked = true;
    full.hasUnwatermarked = true;
    full.saveState = SaveState::Saved;
    full.marks.starred = true;
    full.createdAt = now;
    QList<TaskSummary> rows{full};
    const auto add = [&](const QString &id) -> TaskSummary & {
        rows.append(full);
        rows.last().id = id;
        rows.last().sequence = rows.size();
        return rows.last();
    };
    add(u"luma"_s).model = u"luma"_s;
    add(u"image"_s).kind = MediaKind::Image;
    add(u"marked"_s).hasUnwatermarked = false;
    add(u"clean"_s).hasWatermarked = false;
    add(u"unsaved"_s).saveState = SaveState::Partly;
    add(u"plain"_s).marks.starred = false;
    add(u"rejected"_s).marks = {.rejected = true};
    add(u"yesterday"_s).createdAt = now.addDays(-1);
    add(u"weekOld"_s).createdAt = now.addDays(-8);
    add(u"yearOld"_s).createdAt = now.addDays(-365);
    return rows;
}

void TestTaskFilter::combinesFacets()
{
    m_repository->load(facetRows(QDateTime::currentDateTimeUtc()));
    TaskCriteria all;
    all.search = u"kling"_s;
    all.status = TaskCriteria::Status::Completed;
    all.model = u"kling"_s;
    all.kind = MediaKind::Video;
    all.version = TaskCriteria::Version::WithoutWatermark;
    all.saved = TaskCriteria::Saved::Saved;
    all.mark = TaskCriteria::Mark::Starred;
    all.created = TaskCriteria::Created::ThirtyDays;
    QCOMPARE(all.facetCount(), 6);
    QSignalSpy changed(m_filter.get(), &TaskFilter::filterChanged);
    m_filter->setCriteria(all);
    QCOMPARE(shown(), (QStringList{u"full"_s, u"clean"_s, u"yesterday"_s, u"weekOld"_s}));
    QCOMPARE(m_filter->counts().starred, 9);
    QCOMPARE(changed.size(), 1);
    // A mark that goes takes its row along.
    m_repository->setMarks(u"clean"_s, {});
    SOON_COMPARE(shown(), (QStringList{u"full"_s, u"yesterday"_s, u"weekOld"_s}));
    m_filter->clear();
    QVERIFY(m_filter->criteria().isEmpty());
    QCOMPARE(m_filter->rowCount(), 11);
}

void TestTaskFilter::facetsFindTheirRows_data()
{
    using Facets = TaskCriteria;
    QTest::addColumn<QByteArray>("criteria");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<bool>("missing"); // all but those
    const auto add = [](const char *name, const TaskCriteria &criteria, const QStringList &ids,
                        bool missing = false) {
        QTest::newRow(name) << criteria.toBytes() << ids << missing;
    };
    add("model", {.model = u"luma"_s}, {u"luma"_s});
    add("kind", {.kind = MediaKind::Image}, {u"image"_s});
    add("without watermark", {.version = Facets::Version::WithoutWatermark}, {u"marked"_s}, true);
    add("watermarked", {.version = Facets::Version::Watermarked}, {u"clean"_s}, true);
    add("only watermarked", {.version = Facets::Version::OnlyWatermarked}, {u"marked"_s});
    add("saved", {.saved = Facets::Saved::Saved}, {u"unsaved"_s}, true);
    add("not saved", {.saved = Facets::Saved::NotSaved}, {u"unsaved"_s});
    add("starred", {.mark = Facets::Mark::Starred}, {u"plain"_s, u"rejected"_s}, true);
    add("rejected", {.mark = Facets::Mark::Rejected}, {u"rejected"_s});
    add("not rejected", {.mark = Facets::Mark::NotRejected}, {u"rejected"_s}, true);
    add("today", {.created = Facets::Created::Today}, {u"yesterday"_s, u"weekOld"_s, u"yearOld"_s},
        true);
    add("7 days", {.created = Facets::Created::SevenDays}, {u"weekOld"_s, u"yearOld"_s}, true);
    add("30 days", {.created = Facets::Created::ThirtyDays}, {u"yearOld"_s}, true);
}

void TestTaskFilter::facetsFindTheirRows()
{
    QFETCH(QByteArray, criteria);
    QFETCH(QStringList, expected);
    QFETCH(bool, missing);
    m_repository->load(facetRows(QDateTime::currentDateTimeUtc()));
    QStringList ids = shown();
    if (missing) {
        for (const QString &id : expected)
            ids.removeAll(id);
        expected = ids;
    }
    m_filter->setCriteria(TaskCriteria::fromBytes(criteria));
    QCOMPARE(shown(), expected);
}

void TestTaskFilter::customDaysCountWhole()
{
    TaskSummary row;
    row.status = TaskStatus::Completed;
    row.createdAt = QDateTime(QDate(2026, 3, 4), QTime(23, 59, 59, 999), Qt::LocalTime).toUTC();
    TaskCriteria criteria{.created = TaskCriteria::Created::Custom};
    const auto matches = [&] {
        return TaskMatcher(criteria, QDateTime::currentDateTime()).matchesFacets(row);
    };
    QVERIFY(matches());
    criteria.to = QDate(2026, 3, 4);
    QVERIFY(matches());
    criteria.to = QDate(2026, 3, 3);
    QVERIFY(!matches());
    criteria.to = {};
    criteria.from = QDate(2026, 3, 5);
    QVERIFY(!matches());
    row.createdAt = {}; // not answered yet: the day of adding counts
    row.addedAt = QDateTime(QDate(2026, 3, 5), QTime(0, 0), Qt::LocalTime).toUTC();
    QVERIFY(matches());
}

void TestTaskFilter::todayEndsAtMidnight()
{
    TaskSummary row;
    row.createdAt = QDateTime(QDate(2026, 3, 4), QTime(23, 0), Qt::LocalTime).toUTC();
    const TaskCriteria today{.created = TaskCriteria::Created::Today};
    const QDateTime late(QDate(2026, 3, 4), QTime(23, 59), Qt::LocalTime);
    QVERIFY(TaskMatcher(today, late).matchesFacets(row));
    QVERIFY(!TaskMatcher(today, late.addSecs(60)).matchesFacets(row));
}

void TestTaskFilter::criteriaSurviveTheSettings()
{
    TaskCriteria criteria{.search = u"a \"fox\" ★"_s,
                          .status = TaskCriteria::Status::NotSaved,
                          .model = u"kling"_s,
                          .kind = MediaKind::Text,
                          .version = TaskCriteria::Version::OnlyWatermarked,
                          .saved = TaskCriteria::Saved::NotSaved,
                          .mark = TaskCriteria::Mark::Rejected,
                          .created = TaskCriteria::Created::Custom,
                          .from = QDate(2026, 1, 2),
                          .to = {}};
    QCOMPARE(TaskCriteria::fromBytes(criteria.toBytes()), criteria);
    QCOMPARE(TaskCriteria::fromBytes(TaskCriteria().toBytes()), TaskCriteria());
    // Written by a later version, or by hand.
    QCOMPARE(TaskCriteria::fromBytes("{\"status\":99,\"mark\":-1,\"saved\":\"x\"}"),
             TaskCriteria());
    QCOMPARE(TaskCriteria::fromBytes("[no"), TaskCriteria());
}

void TestTaskFilter::countsModelsAndKinds()
{
    m_repository->load(facetRows(QDateTime::currentDateTimeUtc()));
    m_filter->setSearch(u"nothing like it"_s);
    const FacetCounts counts = m_filter->facetCounts();
    QCOMPARE(counts.models, (QList<std::pair<QString, int>>{{u"kling"_s, 10}, {u"luma"_s, 1}}));
    QCOMPARE(counts.kinds,
             (QList<std::pair<MediaKind, int>>{{MediaKind::Video, 10}, {MediaKind::Image, 1}}));
}

void TestTaskFilter::clearShowsEverything()
{
    load(20);
    m_filter->setSearch(u"kling"_s);
    m_filter->setStatus(TaskFilter::Status::Failed);
    QSignalSpy changed(m_filter.get(), &TaskFilter::filterChanged);
    m_filter->clear();
    QCOMPARE(m_filter->rowCount(), 20);
    QCOMPARE(m_filter->search(), QString());
    QCOMPARE(changed.size(), 1);
    m_filter->clear();
    QCOMPARE(changed.size(), 1);
}

/// Compared with a sort of our own over the raw values, ties in the model's order.
void TestTaskFilter::checkSorted(Column column, Qt::SortOrder order) const
{
    const int raw = static_cast<int>(column);
    const auto less = [](const QVariant &a, const QVariant &b) {
        if (a.userType() == QMetaType::QString)
            return a.toString().compare(b.toString(), Qt::CaseInsensitive) < 0;
        if (a.userType() == QMetaType::QDateTime)
            return a.toDateTime() < b.toDateTime();
        if (a.userType() == QMetaType::Double)
            return a.toDouble() < b.toDouble();
        return a.toLongLong() < b.toLongLong();
    };
    for (int i = 1; i < m_filter->rowCount(); ++i) {
        const QModelIndex upper = m_filter->mapToSource(m_filter->index(i - 1, raw));
        const QModelIndex lower = m_filter->mapToSource(m_filter->index(i, raw));
        const QVariant a = upper.data(TaskTableModel::SortRole);
        const QVariant b = lower.data(TaskTableModel::SortRole);
        const bool wrong = order == Qt::AscendingOrder ? less(b, a) : less(a, b);
        QVERIFY2(!wrong, qPrintable(u"%1: %2"_s.arg(QString::number(i), a.toString())));
        if (!less(a, b) && !less(b, a))
            QVERIFY(upper.row() < lower.row());
    }
}

void TestTaskFilter::sortsByRawValuesAndKeepsTiesInOrder()
{
    load(200);
    for (int column = 1; column < static_cast<int>(Column::Count); ++column) {
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            m_filter->sort(column, order);
            checkSorted(static_cast<Column>(column), order);
        }
    }
}

void TestTaskFilter::staysSortedWhileRowsChange()
{
    load(120);
    m_filter->sort(static_cast<int>(Column::Status), Qt::DescendingOrder);
    QRandomGenerator random(7);
    QSignalSpy changed(m_repository.get(), &TaskRepository::tasksChanged);
    for (int turn = 0; turn < 8; ++turn) {
        const int changes = turn % 2 ? 5 : 60; // some runs, and more than are told one by one
        for (int i = 0; i < changes; ++i) {
            static const QByteArray words[] = {"pending", "processing", "completed", "failed"};
            m_repository->merge(answer(idOf(random.bounded(120)), words[random.bounded(4)]), true);
        }
        m_repository->add({u"new-%1"_s.arg(turn)});
        m_repository->remove({idOf(turn)});
        const auto before = changed.size();
        SOON_VERIFY(changed.size() > before);
        checkSorted(Column::Status, Qt::DescendingOrder);
    }
}

void TestTaskFilter::staysSortedWhenScatteredRowsGoAndReturn()
{
    load(210);
    m_filter->sort(static_cast<int>(Column::Prompt));
    m_filter->setSearch(u"kling"_s);
    const QStringList before = shown();
    const QPersistentModelIndex selected = m_filter->indexOf(idOf(151));
    QStringList gone;
    for (int i = 0; i < 210; i += 3)
        gone += idOf(i);
    m_repository->remove(gone);
    SOON_COMPARE(m_filter->rowCount(), 70);
    checkSorted(Column::Prompt, Qt::AscendingOrder);
    QCOMPARE(m_filter->idAt(selected), idOf(151));
    m_repository->restore(gone);
    SOON_COMPARE(m_filter->rowCount(), 105);
    QCOMPARE(shown(), before);
    QCOMPARE(m_filter->idAt(selected), idOf(151));
}

void TestTaskFilter::countsEverythingOnceATurn()
{
    load(70);
    QSignalSpy counted(m_filter.get(), &TaskFilter::countsChanged);
    SOON_COMPARE(counted.size(), 1);
    QCOMPARE(m_filter->counts(), (StatusCounts{70, 10, 40, 20, 10}));
    m_filter->setStatus(TaskFilter::Status::Failed);
    QCOMPARE(m_filter->counts().all, 70);
    for (int n : {0, 7, 14})
        m_repository->merge(answer(idOf(n), "failed"), true);
    m_repository->remove({idOf(3)});
    SOON_COMPARE(counted.size(), 2);
    QCOMPARE(m_filter->counts(), (StatusCounts{69, 9, 37, 23, 9}));
    m_repository->setMarks(idOf(1), {.note = u"counts nothing"_s});
    m_repository->add({u"one-more"_s});
    SOON_COMPARE(counted.size(), 3);
}

void TestTaskFilter::rowsLeaveAFilterWhenTheyNoLongerFit()
{
    load(70);
    m_filter->setStatus(TaskFilter::Status::Running);
    QVERIFY(m_filter->indexOf(idOf(1)).isValid());
    m_repository->merge(answer(idOf(1), "completed"), true);
    SOON_VERIFY(!m_filter->indexOf(idOf(1)).isValid());
    QCOMPARE(m_filter->rowCount(), 39);
}

void TestTaskFilter::mapsIds()
{
    load(20);
    m_filter->sort(static_cast<int>(Column::TaskId));
    const QModelIndex index = m_filter->indexOf(idOf(12), 3);
    QCOMPARE(index.column(), 3);
    QCOMPARE(m_filter->idAt(index), idOf(12));
    QVERIFY(!m_filter->indexOf(u"unknown"_s).isValid());
    QCOMPARE(m_filter->idAt({}), QString());
}

void TestTaskFilter::tenThousandRowsStayQuick()
{
    m_tester.reset();
    load(10'000);
    QSignalSpy changed(m_repository.get(), &TaskRepository::tasksChanged);
    QElapsedTimer clock;
    for (const Column column : {Column::Cover, Column::Status, Column::Created}) {
        clock.start();
        m_filter->sort(static_cast<int>(column), Qt::DescendingOrder);
        qInfo("sorted by column %d in %lld ms", static_cast<int>(column), clock.restart());
        const auto before = changed.size();
        QSignalSpy moved(m_filter.get(), &QAbstractItemModel::layoutChanged);
        for (int i = 0; i < 1000; ++i) {
            const QByteArray word = column == Column::Status ? "failed" : "completed";
            m_repository->merge(answer(idOf(i * 10), word), true);
        }
        qInfo("1,000 answers merged in %lld ms", clock.restart());
        SOON_VERIFY(changed.size() > before);
        qInfo("and announced in %lld ms", clock.elapsed());
        // One change of the order for all of them, and none when the order is that of adding.
        QCOMPARE(moved.size(), column == Column::Status ? 1 : 0);
    }
    clock.start();
    m_filter->setSearch(u"prompt 7"_s);
    qInfo("searched in %lld ms", clock.elapsed());
    QVERIFY(m_filter->rowCount() > 0);
}

TASKREEL_TEST_MAIN(TestTaskFilter, QCoreApplication)

#include "tst_taskfilter.moc"
