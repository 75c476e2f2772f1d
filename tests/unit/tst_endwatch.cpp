// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/tasks/endwatch.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QString statusWord(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Pending:
        return u"pending"_s;
    case TaskStatus::Completed:
        return u"completed"_s;
    case TaskStatus::Failed:
        return u"failed"_s;
    case TaskStatus::Cancelled:
        return u"cancelled"_s;
    default:
        return u"processing"_s;
    }
}

class TestEndWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneBatchWhenNothingIsLeft();
    void aQuietMomentClosesTheBatch();
    void aBatchDoesNotWaitForEver();
    void finishedAtFirstIsNoEnd();
    void cancelledAndRemovedAreNoEnds();
    void unfinishedOfTheLibraryCount();

private:
    static void answer(TaskRepository &repository, const QStringList &ids, TaskStatus status)
    {
        for (const QString &id : ids) {
            const QJsonObject task{{u"task_id"_s, id}, {u"status"_s, statusWord(status)}};
            const QByteArray json = QJsonDocument(task).toJson();
            repository.merge(readAnswersInText(json).constFirst(), true);
        }
    }
};

static constexpr EndWatch::Times kNever{3'600'000, 3'600'000};

void TestEndWatch::oneBatchWhenNothingIsLeft()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, kNever);
    QSignalSpy ended(&watch, &EndWatch::ended);
    QSignalSpy closed(&watch, &EndWatch::batchClosed);
    const QStringList ids{u"a"_s, u"b"_s, u"c"_s};
    answer(repository, ids, TaskStatus::Processing);
    QSignalSpy changed(&repository, &TaskRepository::tasksChanged);
    SOON_COMPARE(repository.find(u"c"_s)->status, TaskStatus::Processing);
    QTest::qWait(0);
    answer(repository, {u"a"_s}, TaskStatus::Completed);
    SOON_COMPARE(ended.count(), 1);
    QCOMPARE(closed.count(), 0); // the others may join it
    answer(repository, {u"b"_s}, TaskStatus::Failed);
    answer(repository, {u"c"_s}, TaskStatus::Completed);
    SOON_COMPARE(closed.count(), 1);
    QCOMPARE(closed.first(), (QVariantList{QStringList{u"a"_s, u"c"_s}, QStringList{u"b"_s}}));
    answer(repository, ids, TaskStatus::Completed);
    QTest::qWait(20);
    QCOMPARE(closed.count(), 1);
}

void TestEndWatch::aQuietMomentClosesTheBatch()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, {10, 3'600'000});
    QSignalSpy closed(&watch, &EndWatch::batchClosed);
    answer(repository, {u"a"_s, u"b"_s}, TaskStatus::Pending);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    SOON_COMPARE(added.count(), 1);
    answer(repository, {u"a"_s}, TaskStatus::Completed);
    SOON_COMPARE(closed.count(), 1); // while b is still under way
    QCOMPARE(closed.first().first(), QVariant(QStringList{u"a"_s}));
}

void TestEndWatch::aBatchDoesNotWaitForEver()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, {3'600'000, 10});
    QSignalSpy closed(&watch, &EndWatch::batchClosed);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    answer(repository, {u"a"_s, u"b"_s}, TaskStatus::Pending);
    SOON_COMPARE(added.count(), 1);
    answer(repository, {u"a"_s}, TaskStatus::Completed);
    SOON_COMPARE(closed.count(), 1);
}

void TestEndWatch::finishedAtFirstIsNoEnd()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, {0, 0});
    QSignalSpy ended(&watch, &EndWatch::ended);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    repository.add({u"a"_s, u"b"_s});
    SOON_COMPARE(added.count(), 1);
    QSignalSpy changed(&repository, &TaskRepository::tasksChanged);
    answer(repository, {u"a"_s, u"b"_s}, TaskStatus::Completed);
    SOON_COMPARE(changed.count(), 1);
    QCOMPARE(ended.count(), 0);
}

void TestEndWatch::cancelledAndRemovedAreNoEnds()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, kNever);
    QSignalSpy closed(&watch, &EndWatch::batchClosed);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    answer(repository, {u"a"_s, u"b"_s, u"c"_s, u"d"_s}, TaskStatus::Pending);
    SOON_COMPARE(added.count(), 1);
    answer(repository, {u"a"_s}, TaskStatus::Cancelled);
    answer(repository, {u"b"_s, u"c"_s}, TaskStatus::Completed);
    QSignalSpy removed(&repository, &TaskRepository::tasksRemoved);
    QTest::qWait(0);
    repository.remove({u"b"_s, u"d"_s}); // nothing is under way any more
    SOON_COMPARE(removed.count(), 1);
    SOON_COMPARE(closed.count(), 1);
    QCOMPARE(closed.first(), (QVariantList{QStringList{u"c"_s}, QStringList{}}));
}

void TestEndWatch::unfinishedOfTheLibraryCount()
{
    TaskRepository repository(nullptr);
    EndWatch watch(&repository, kNever);
    QSignalSpy closed(&watch, &EndWatch::batchClosed);
    TaskSummary row;
    row.id = u"a"_s;
    row.sequence = 1;
    row.status = TaskStatus::Processing;
    row.addedAt = QDateTime::currentDateTimeUtc();
    repository.load({row});
    answer(repository, {u"a"_s}, TaskStatus::Failed);
    SOON_COMPARE(closed.count(), 1);
    QCOMPARE(closed.first(), (QVariantList{QStringList{}, QStringList{u"a"_s}}));
}

TASKREEL_TEST_MAIN(TestEndWatch, QCoreApplication)
#include "tst_endwatch.moc"
