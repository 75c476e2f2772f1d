// SPDX-License-Identifier: MIT
#include "core/downloads/expiring.h"
#include "core/tasks/selectiontotals.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestExpiring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soonestFirst();
    void onlyWhatCanStillBeSaved();
    void totals();
};

static const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

static TaskSummary rowOf(int n, int hoursLeft)
{
    TaskSummary row;
    row.id = u"task-%1"_s.arg(n);
    row.sequence = n;
    row.addedAt = kNow;
    row.status = TaskStatus::Completed;
    row.resultCount = 1;
    row.expiresAt = kNow.addSecs(qint64(hoursLeft) * 3600);
    return row;
}

void TestExpiring::soonestFirst()
{
    TaskRepository repository(nullptr);
    repository.load({rowOf(1, 30), rowOf(2, 3), rowOf(3, 200), rowOf(4, 23)});
    const Expiring all = expiringResults(repository, kNow);
    QCOMPARE(all.ids, (QStringList{u"task-2"_s, u"task-4"_s, u"task-1"_s, u"task-3"_s}));
    QCOMPARE(all.first, kNow.addSecs(3 * 3600));
    const Expiring later = expiringResults(repository, kNow.addSecs(24 * 3600));
    QCOMPARE(later.ids, (QStringList{u"task-1"_s, u"task-3"_s}));
}

void TestExpiring::onlyWhatCanStillBeSaved()
{
    TaskSummary over = rowOf(1, -1);
    TaskSummary silent = rowOf(2, 5);
    silent.expiresAt = {}; // never guessed at
    TaskSummary saved = rowOf(3, 5);
    saved.saveState = SaveState::Saved;
    TaskSummary saving = rowOf(4, 5);
    saving.saveState = SaveState::Saving;
    TaskSummary failed = rowOf(5, 5);
    failed.status = TaskStatus::Failed;
    TaskSummary empty = rowOf(6, 5);
    empty.resultCount = 0;
    TaskSummary rejected = rowOf(7, 5);
    rejected.marks.rejected = true;
    TaskSummary partly = rowOf(8, 5);
    partly.saveState = SaveState::Partly;
    TaskRepository repository(nullptr);
    repository.load({over, silent, saved, saving, failed, empty, rejected, partly});
    QCOMPARE(expiringResults(repository, kNow).ids, QStringList{u"task-8"_s});
}

void TestExpiring::totals()
{
    TaskSummary a = rowOf(1, 1);
    a.cost = 0.25;
    a.startedAt = kNow;
    a.endedAt = kNow.addSecs(90);
    TaskSummary b = rowOf(2, 1);
    b.cost = 0.5;
    b.startedAt = kNow;
    b.endedAt = kNow.addSecs(-5); // clocks that disagree tell nothing
    const TaskSummary c = rowOf(3, 1);
    TaskRepository repository(nullptr);
    repository.load({a, b, c});
    QCOMPARE(selectionTotals(repository, {}), SelectionTotals());
    const SelectionTotals some =
        selectionTotals(repository, {a.id, b.id, c.id, u"not here"_s});
    QCOMPARE(some, (SelectionTotals{3, 2, 0.75, 1, 90'000}));
}

TASKREEL_TEST_MAIN(TestExpiring, QCoreApplication)
#include "tst_expiring.moc"
