// SPDX-License-Identifier: MIT
#include "core/models/tasktablemodel.h"
#include "support/isolation.h"
#include "support/servicethread.h"
#include "ui/windowfixture.h"


using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// 1,000 IDs at once keep the window fluid. What a machine takes is the benches' business; here it is counted
// that the rows come in one go and the requests a few at a time.
class MainWindowManyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandIdsComeInBatches();

private:
    static constexpr int kTasks = 1000;
};

void MainWindowManyTest::aThousandIdsComeInBatches()
{
    test::ServiceThread service(0);
    WindowFixture ui;
    Profile profile = ui.profile();
    profile.serviceUrl = service.baseUrl();
    ui.open(profile);

    const TaskTableModel *model = ui.context->tableModel();
    const TaskFilter *filter = ui.context->filter();
    const QSignalSpy inserted(model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy shown(filter, &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(filter, &QAbstractItemModel::modelReset);

    const QStringList ids = test::ServiceThread::taskIds(kTasks);
    ui.paste(ids.join(u'\n'));
    SOON_COMPARE(filter->rowCount(), kTasks);
    QCOMPARE(inserted.count(), 1);
    QVERIFY(shown.count() + reset.count() <= 1);
    const auto answered = [&ui, &ids] {
        return std::all_of(ids.cbegin(), ids.cend(), [&ui](const QString &id) {
            return ui.row(id)->status == TaskStatus::Completed;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 5 * test::kPatienceMs);
    QVERIFY(service.service().mostAtOnce() <= 6);
    QCOMPARE(service.service().requestsTo("/api/v1/task/").size(), kTasks);
    QCOMPARE(inserted.count(), 1);
}

TASKREEL_TEST_MAIN(MainWindowManyTest, QApplication)
#include "tst_mainwindow_many.moc"
