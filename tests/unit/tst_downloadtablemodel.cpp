// SPDX-License-Identifier: MIT
#include "core/downloads/downloadlist.h"
#include "core/downloads/saveholds.h"
#include "core/models/downloadtablemodel.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = DownloadTableModel::Column;

static AssetId assetOf(int number)
{
    return {u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(number, 12, 10, QChar(u'0')), u"video"_s,
            Variant::Unwatermarked};
}

// The queue as a table: what it says, and how few signals it takes to say it.
class TestDownloadTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void takesWhatIsThereAlready();
    void appendsARunAtOnce();
    void changesComeInRuns();
    void mostRowsAreOneRange();
    void nothingNewIsNotAnnounced();
    void removesInRuns();
    void followsTheOrder();
    void scatteredRemovalsStayQuick();
    void cellsReadWell_data();
    void cellsReadWell();
    void sortsByRawValues();
    void rowsSayWhatHolds();

private:
    DownloadItem &add(int number);
    void addMany(int count);
    void tell(const QList<int> &numbers);
    [[nodiscard]] QList<int> numbers() const;
    [[nodiscard]] QString text(Column column, int role = Qt::DisplayRole) const
    {
        return m_model->index(0, static_cast<int>(column)).data(role).toString();
    }

    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<DownloadList> m_list;
    std::unique_ptr<DownloadTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestDownloadTableModel::init()
{
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_list = std::make_unique<DownloadList>();
    m_model = std::make_unique<DownloadTableModel>(m_list.get(), m_repository.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestDownloadTableModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_list.reset();
    m_repository.reset();
}

DownloadItem &TestDownloadTableModel::add(int number)
{
    StoredDownload record;
    record.asset = assetOf(number);
    record.position = number;
    record.relativePath = u"clips/name_%1.mp4"_s.arg(number);
    return m_list->append(record, record.asset.taskId);
}

void TestDownloadTableModel::addMany(int count)
{
    for (int number = 0; number < count; ++number)
        add(number);
    SOON_COMPARE(m_model->rowCount(), count);
}

void TestDownloadTableModel::tell(const QList<int> &numbers)
{
    const QSignalSpy told(m_list.get(), &DownloadList::changed);
    for (const int number : numbers)
        m_list->touch(assetOf(number));
    SOON_COMPARE(told.count(), 1);
}

QList<int> TestDownloadTableModel::numbers() const
{
    QList<int> found;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const AssetId asset = m_model->rowAt(row).asset;
        if (m_model->rowOf(asset) != row)
            return {};
        found.append(asset.taskId.right(6).toInt());
    }
    return found;
}

void TestDownloadTableModel::takesWhatIsThereAlready()
{
    add(1);
    add(2);
    const DownloadTableModel late(m_list.get(), m_repository.get());
    QCOMPARE(late.rowCount(), 2);
    SOON_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(late.rowCount(), 2); // the list told of them only now: not twice
}

void TestDownloadTableModel::appendsARunAtOnce()
{
    const QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    addMany(500);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(numbers().constLast(), 499);
}

void TestDownloadTableModel::changesComeInRuns()
{
    addMany(20);
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (const int number : {2, 3, 4, 9})
        m_list->item(assetOf(number))->received = 10;
    tell({9, 4, 2, 3});
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 4);
    QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 9);
}

void TestDownloadTableModel::mostRowsAreOneRange()
{
    addMany(10);
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const QList<int> most{0, 2, 3, 5, 7, 9};
    for (const int number : most)
        m_list->item(assetOf(number))->received = 10;
    tell(most);
    QCOMPARE(changed.count(), 1);
}

void TestDownloadTableModel::nothingNewIsNotAnnounced()
{
    addMany(3);
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    tell({0, 1, 2});
    QCOMPARE(changed.count(), 0);
}

void TestDownloadTableModel::removesInRuns()
{
    addMany(8);
    const QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    m_list->remove({assetOf(1), assetOf(2), assetOf(3), assetOf(6)});
    QCOMPARE(removed.count(), 2);
    QCOMPARE(numbers(), QList<int>({0, 4, 5, 7}));
    add(2);
    SOON_COMPARE(numbers(), QList<int>({0, 4, 5, 7, 2}));
}

void TestDownloadTableModel::followsTheOrder()
{
    addMany(5);
    const QPersistentModelIndex two(m_model->index(2, static_cast<int>(Column::Name)));
    const QSignalSpy moved(m_model.get(), &QAbstractItemModel::layoutChanged);
    m_list->moveTo({assetOf(2), assetOf(4)}, 0);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(numbers(), QList<int>({2, 4, 0, 1, 3}));
    QCOMPARE(two.row(), 0);
    m_list->moveTo({assetOf(2)}, 2);
    QCOMPARE(numbers(), QList<int>({4, 2, 0, 1, 3}));
    QCOMPARE(two.row(), 1);
}

void TestDownloadTableModel::scatteredRemovalsStayQuick()
{
    m_tester.reset(); // it looks at every cell each time
    addMany(10'000);
    QSet<AssetId> odd;
    for (int number = 1; number < 10'000; number += 2)
        odd.insert(assetOf(number));
    m_list->remove(odd);
    QCOMPARE(m_model->rowCount(), 5'000);
    QCOMPARE(numbers().constLast(), 9'998);
}

void TestDownloadTableModel::cellsReadWell_data()
{
    QTest::addColumn<DownloadItem>("item");
    QTest::addColumn<Column>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spoken");
    const auto row = [](const char *name, const DownloadItem &item, Column column, const QString &text,
                        const QString &spoken = {}) {
        QTest::newRow(name) << item << column << text << (spoken.isEmpty() ? text : spoken);
    };
    DownloadItem item;
    item.state = DownloadState::Waiting;
    row("waiting", item, Column::Status, u"Waiting"_s);
    row("nothing has come", item, Column::Progress, u"0\u00a0%"_s);
    row("no size", item, Column::Size, {}, u"not known"_s);
    row("no speed", item, Column::Speed, {}, u"not moving"_s);
    item.left = true;
    row("left", item, Column::Status, u"Not finished last time"_s);
    item.left = false;
    item.error = {ErrorKind::DiskFull, 0, {}, {}, -1};
    row("disk full", item, Column::Status, u"Waiting: disk full"_s);
    item.error = {ErrorKind::ConnectionLost, 0, {}, {}, -1};
    item.nextTryAt = QDateTime(QDate(2026, 11, 24), QTime(14, 3), Qt::UTC);
    row("next try", item, Column::Status, u"Next try at 14:03: connection lost"_s);
    item = {};
    item.state = DownloadState::Running;
    item.received = 1'500'000;
    row("no length", item, Column::Progress, {}, u"not known"_s);
    row("of no length", item, Column::Size, u"1.5\u00a0MB"_s);
    item.total = 6'000'000;
    item.bytesPerSecond = 2'500'000;
    row("running", item, Column::Status, u"Downloading"_s);
    row("progress", item, Column::Progress, u"25\u00a0%"_s);
    row("size", item, Column::Size, u"1.5\u00a0MB of 6.0\u00a0MB"_s);
    row("speed", item, Column::Speed, u"2.5\u00a0MB/s"_s);
    row("time left", item, Column::TimeLeft, u"2\u00a0s"_s);
    item.state = DownloadState::Verifying;
    row("checking", item, Column::Status, u"Checking"_s);
    item.state = DownloadState::Paused;
    row("paused", item, Column::Status, u"Paused"_s);
    item.state = DownloadState::Done;
    item.received = 6'000'000;
    row("saved", item, Column::Status, u"Saved"_s);
    row("saved size", item, Column::Size, u"6.0\u00a0MB"_s);
    item.state = DownloadState::Failed;
    item.error = {ErrorKind::LinkDead, 410, {}, {}, -1};
    row("failed", item, Column::Status, u"Failed: link ended (410)"_s);
}

void TestDownloadTableModel::cellsReadWell()
{
    QFETCH(DownloadItem, item);
    QFETCH(Column, column);
    QFETCH(QString, text);
    QFETCH(QString, spoken);
    const StoredDownload record = add(1).record;
    *m_list->item(record.asset) = item;
    m_list->item(record.asset)->record = record;
    SOON_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(this->text(column), text);
    QCOMPARE(this->text(column, Qt::AccessibleTextRole), spoken);
    QCOMPARE(this->text(Column::Name), u"name_1.mp4"_s);
}

void TestDownloadTableModel::sortsByRawValues()
{
    DownloadItem &item = add(1);
    item.total = 8;
    item.received = 2;
    item.state = DownloadState::Running;
    SOON_COMPARE(m_model->rowCount(), 1);
    const auto raw = [this](Column column, int role = DownloadTableModel::SortRole) {
        return m_model->index(0, static_cast<int>(column)).data(role);
    };
    QCOMPARE(raw(Column::Size), QVariant(qint64(8)));
    QCOMPARE(raw(Column::Progress), QVariant(25));
    QCOMPARE(raw(Column::Progress, DownloadTableModel::PercentRole), QVariant(25));
    QCOMPARE(raw(Column::Name, DownloadTableModel::AssetRole).value<AssetId>(), assetOf(1));
}

void TestDownloadTableModel::rowsSayWhatHolds()
{
    const SaveHolds holds(m_list.get(), m_repository.get());
    const QString id = assetOf(1).taskId;
    m_repository->add({id});
    SOON_VERIFY(m_repository->find(id));
    m_repository->setSaveState(id, SaveState::Saving, 40);
    DownloadItem &item = add(1);
    SOON_COMPARE(m_repository->find(id)->saveHold, SaveHold::Waiting);
    item.state = DownloadState::Running;
    tell({1});
    QCOMPARE(m_repository->find(id)->saveHold, SaveHold::None);
    item.state = DownloadState::Paused;
    tell({1});
    QCOMPARE(m_repository->find(id)->saveHold, SaveHold::Paused);
    m_list->remove({assetOf(1)});
    QCOMPARE(m_repository->find(id)->saveHold, SaveHold::None);
}

TASKREEL_TEST_MAIN(TestDownloadTableModel, QCoreApplication)
#include "tst_downloadtablemodel.moc"
