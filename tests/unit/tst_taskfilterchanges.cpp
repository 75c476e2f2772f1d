// SPDX-License-Identifier: MIT
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = TaskTableModel::Column;

// The filter against a plain copy, filter and sort of the same rows, while everything changes.
class TestTaskFilterChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void agreesWithAPlainSort_data();
    void agreesWithAPlainSort();
    void countsAreOfNowWhoeverAsks();
    void fewChangesAreToldOneByOne();
    void manyChangesAreToldAtOnce();
    void aHiddenCurrentRowLeavesTheFirst();
    void columnsHaveNamesWhileNothingIsShown();

private:
    void load(int count);
    void settle();
    [[nodiscard]] QStringList shown() const;
    [[nodiscard]] QStringList expected() const;
    [[nodiscard]] StatusCounts counted() const;
    void changeSome(QRandomGenerator &random, int changes);

    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<TaskTableModel> m_model;
    std::unique_ptr<TaskFilter> m_filter;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_added = 0;
};

static QString idOf(int n)
{
    return u"task-%1"_s.arg(n);
}

void TestTaskFilterChanges::init()
{
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_model = std::make_unique<TaskTableModel>(m_repository.get());
    m_filter = std::make_unique<TaskFilter>(m_model.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_filter.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTaskFilterChanges::cleanup()
{
    m_tester.reset();
    m_filter.reset();
    m_model.reset();
}

void TestTaskFilterChanges::load(int count)
{
    QList<TaskSummary> rows;
    for (int n = 0; n < count; ++n) {
        TaskSummary row;
        row.id = idOf(n);
        row.sequence = n;
        row.addedAt = QDateTime::fromMSecsSinceEpoch(1000 + n / 7, Qt::UTC);
        row.status = static_cast<TaskStatus>(n % 7);
        // Of one beginning, in both cases, and beyond the first plane.
        static const QString prompts[] = {u"The long road"_s,  u"the long Road home"_s, u"Éclair"_s,
                                          u"\U0001F98A fox"_s, u"\uFF21 wide"_s,        u""_s};
        row.prompt = prompts[n % 6];
        row.model = n % 2 ? u"kling"_s : u"Luma"_s;
        row.createdAt = QDateTime::fromMSecsSinceEpoch(1'000'000 - n % 17, Qt::UTC);
        rows.append(row);
    }
    m_repository->load(rows);
    m_added = count;
}

/// Until everything so far is announced.
void TestTaskFilterChanges::settle()
{
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    m_repository->add({u"settle-%1"_s.arg(++m_added)});
    SOON_COMPARE(added.size(), 1);
}

QStringList TestTaskFilterChanges::shown() const
{
    QStringList ids;
    for (int i = 0; i < m_filter->rowCount(); ++i)
        ids.append(m_filter->idAt(m_filter->index(i, 0)));
    return ids;
}

QStringList TestTaskFilterChanges::expected() const
{
    const TaskMatcher matcher(m_filter->criteria(), QDateTime::currentDateTime());
    QList<const TaskSummary *> rows;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const TaskSummary &summary = m_model->summaryAt(row);
        if (matcher.matchesFacets(summary)
            && matcher.matchesWords(TaskMatcher::searchText(summary)))
            rows.append(&summary);
    }
    const auto compare = [this](const TaskSummary &a, const TaskSummary &b) {
        switch (static_cast<Column>(m_filter->sortColumn())) {
        case Column::Prompt:
            return a.prompt.compare(b.prompt, Qt::CaseInsensitive);
        case Column::Status:
            return static_cast<int>(a.status) - static_cast<int>(b.status);
        case Column::Note:
            return a.marks.note.compare(b.marks.note, Qt::CaseInsensitive);
        default:
            return 0;
        }
    };
    const bool up = m_filter->sortOrder() == Qt::AscendingOrder;
    std::stable_sort(rows.begin(), rows.end(), [&](const TaskSummary *a, const TaskSummary *b) {
        return up ? compare(*a, *b) < 0 : compare(*b, *a) < 0;
    });
    QStringList ids;
    for (const TaskSummary *row : rows)
        ids.append(row->id);
    return ids;
}

/// By a look at every row.
StatusCounts TestTaskFilterChanges::counted() const
{
    StatusCounts counts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const TaskSummary &summary = m_model->summaryAt(row);
        ++counts.all;
        counts.completed += summary.status == TaskStatus::Completed;
        counts.running += isRunning(summary);
        counts.failed += isFailed(summary);
        counts.notSaved += isUnsaved(summary);
        counts.starred += summary.marks.starred;
    }
    return counts;
}

void TestTaskFilterChanges::changeSome(QRandomGenerator &random, int changes)
{
    QStringList gone;
    QStringList back;
    for (int i = 0; i < changes; ++i) {
        const QString id = idOf(random.bounded(300));
        switch (random.bounded(4)) {
        case 0:
            m_repository->setMarks(
                id,
                {.starred = random.bounded(2) == 0, .note = u"note %1"_s.arg(random.bounded(9))});
            break;
        case 1:
            m_repository->setFetchError(id, {ErrorKind::NotFound, 404, u"gone"_s, {}, -1});
            break;
        case 2:
            gone.append(id);
            break;
        default:
            back.append(id);
        }
    }
    m_repository->remove(gone);
    m_repository->restore(back);
    if (random.bounded(3) == 0)
        m_repository->add({u"new-%1"_s.arg(++m_added)});
}

void TestTaskFilterChanges::agreesWithAPlainSort_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("changes");
    for (const int changes : {3, 150}) {
        QTest::addRow("as added, %d", changes) << -1 << changes;
        QTest::addRow("prompt, %d", changes) << int(Column::Prompt) << changes;
        QTest::addRow("status, %d", changes) << int(Column::Status) << changes;
        QTest::addRow("note, %d", changes) << int(Column::Note) << changes;
    }
}

void TestTaskFilterChanges::agreesWithAPlainSort()
{
    QFETCH(int, column);
    QFETCH(int, changes);
    load(300);
    QRandomGenerator random(quint32(column + 100 * changes));
    m_filter->sort(column, Qt::AscendingOrder);
    const QPersistentModelIndex watched = m_filter->indexOf(idOf(42), 2);
    QVERIFY(watched.isValid());
    bool wasHidden = false;
    const TaskCriteria criteria[] = {{},
                                     {.status = TaskCriteria::Status::Failed},
                                     {.mark = TaskCriteria::Mark::Starred},
                                     {.search = u"LONG road"_s},
                                     {.search = u"kling note"_s}};
    for (int turn = 0; turn < 25; ++turn) {
        changeSome(random, changes);
        if (turn % 3 == 0)
            m_filter->setCriteria(criteria[random.bounded(5)]);
        if (turn % 4 == 3)
            m_filter->sort(column, turn % 8 == 3 ? Qt::DescendingOrder : Qt::AscendingOrder);
        settle();
        QCOMPARE(shown(), expected());
        QCOMPARE(m_filter->counts(), counted());
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex place = m_filter->mapFromSource(m_model->index(row, 1));
            QVERIFY(!place.isValid() || m_filter->mapToSource(place).row() == row);
        }
        wasHidden = wasHidden || !m_filter->indexOf(idOf(42)).isValid();
        QVERIFY(wasHidden || m_filter->idAt(watched) == idOf(42));
    }
}

void TestTaskFilterChanges::countsAreOfNowWhoeverAsks()
{
    load(300);
    bool agreed = true;
    const auto compare = [&] { agreed = agreed && m_filter->counts() == counted(); };
    connect(m_filter.get(), &QAbstractItemModel::rowsInserted, this, compare);
    connect(m_filter.get(), &QAbstractItemModel::dataChanged, this, compare);
    connect(m_filter.get(), &QAbstractItemModel::layoutChanged, this, compare);
    connect(m_filter.get(), &TaskFilter::countsChanged, this, compare);
    QSignalSpy told(m_filter.get(), &TaskFilter::countsChanged);
    QRandomGenerator random(7);
    for (int turn = 0; turn < 12; ++turn) {
        changeSome(random, turn % 2 ? 4 : 120);
        settle();
    }
    QVERIFY(agreed);
    QVERIFY(told.size() > 0);
    // What is not counted is no news.
    settle();
    QTest::qWait(0);
    told.clear();
    m_repository->setFetchState(idOf(1), FetchState::Asking);
    QSignalSpy changed(m_repository.get(), &TaskRepository::tasksChanged);
    SOON_COMPARE(changed.size(), 1);
    QTest::qWait(0);
    QCOMPARE(told.size(), 0);
    QVERIFY(m_filter->counts() == counted());
}

void TestTaskFilterChanges::fewChangesAreToldOneByOne()
{
    load(100);
    QSignalSpy removed(m_filter.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(m_filter.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy moved(m_filter.get(), &QAbstractItemModel::layoutChanged);
    QSignalSpy changed(m_filter.get(), &QAbstractItemModel::dataChanged);
    m_repository->setMarks(idOf(3), {.starred = true});
    settle();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), m_filter->indexOf(idOf(3), 0));
    m_filter->setCriteria({.mark = TaskCriteria::Mark::Starred});
    QCOMPARE(shown(), QStringList{idOf(3)});
    m_filter->clear();
    QCOMPARE(moved.size(), 0);
    QVERIFY(removed.size() <= 3 && inserted.size() <= 3);
}

void TestTaskFilterChanges::manyChangesAreToldAtOnce()
{
    load(300);
    QSignalSpy removed(m_filter.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(m_filter.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy moved(m_filter.get(), &QAbstractItemModel::layoutChanged);
    m_filter->setSearch(u"kling"_s); // every second row
    QCOMPARE(m_filter->rowCount(), 150);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(moved.size(), 1);
    m_filter->clear();
    QCOMPARE(m_filter->rowCount(), 300);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(moved.size(), 2);
}

void TestTaskFilterChanges::aHiddenCurrentRowLeavesTheFirst()
{
    load(300);
    QItemSelectionModel selection(m_filter.get());
    selection.setCurrentIndex(m_filter->indexOf(idOf(200)), QItemSelectionModel::Current);
    m_filter->setSearch(u"kling"_s);
    QVERIFY(!m_filter->indexOf(idOf(200)).isValid());
    QCOMPARE(selection.currentIndex().row(), 0);
}

void TestTaskFilterChanges::columnsHaveNamesWhileNothingIsShown()
{
    load(3);
    m_filter->setSearch(u"no such words"_s);
    QCOMPARE(m_filter->rowCount(), 0);
    QCOMPARE(m_filter->headerData(int(Column::Prompt), Qt::Horizontal).toString(), u"Prompt"_s);
}

TASKREEL_TEST_MAIN(TestTaskFilterChanges, QCoreApplication)

#include "tst_taskfilterchanges.moc"
