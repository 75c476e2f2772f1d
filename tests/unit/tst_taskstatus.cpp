// SPDX-License-Identifier: MIT
#include "core/domain/tasksummary.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestTaskStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void summaryOfATask();
    void summaryPrefersResults();
};

void TestTaskStatus::words_data()
{
    QTest::addColumn<TaskStatus>("status");
    QTest::addColumn<bool>("ended");
    const auto row = [](const char *word, TaskStatus status, bool ended) {
        QTest::newRow(word) << status << ended;
    };
    row("", TaskStatus::NotAsked, false);
    row("Completed", TaskStatus::Completed, true);
    row("success", TaskStatus::Completed, true);
    row("finished", TaskStatus::Completed, true);
    row("Processing", TaskStatus::Processing, false);
    row("processing\t", TaskStatus::Processing, false);
    row("running", TaskStatus::Processing, false);
    row("in_progress", TaskStatus::Processing, false);
    row("started", TaskStatus::Processing, false);
    row("Pending", TaskStatus::Pending, false);
    row("Staged", TaskStatus::Pending, false);
    row("starting", TaskStatus::Pending, false);
    row("retry", TaskStatus::Pending, false);
    row("FAILED", TaskStatus::Failed, true);
    row(" cancelled ", TaskStatus::Cancelled, true);
    row("archived", TaskStatus::Other, false);
}

void TestTaskStatus::words()
{
    const TaskStatus status = taskStatusFromWord(QString::fromLatin1(QTest::currentDataTag()));
    QTEST(status, "status");
    QTEST(isFinal(status), "ended");
}

void TestTaskStatus::summaryOfATask()
{
    Media video{u"works[0].video"_s,
                MediaKind::Video,
                MediaRole::Result,
                {},
                QSize(720, 1280),
                5100,
                {},
                {}};
    video.sources = {{Variant::Watermarked, "https://a/w", {}, {}},
                     {Variant::Unwatermarked, "https://a/c", {}, {}}};
    const Media cover{u"works[0].cover"_s, MediaKind::Image, MediaRole::Cover, {}, {}, 0, {}, {}};
    Task task;
    task.prompt = QString(2000, u'p');
    task.usageType = u"llm"_s;
    task.usageConsumed = 7'500'000;
    task.works = {Work{u"works[0]"_s, {}, {}, {cover, video}},
                  Work{u"works[1]"_s, {}, {}, {video}}};
    const TaskSummary summary = summarise(task);
    QCOMPARE(summary.prompt.size(), TaskSummary::kPromptLimit);
    QCOMPARE(summary.kind, MediaKind::Video);
    QCOMPARE(summary.size, QSize(720, 1280));
    QCOMPARE(summary.durationMs, 5100);
    QCOMPARE(summary.resultCount, 2);
    QVERIFY(summary.hasCover && summary.hasWatermarked && summary.hasUnwatermarked);
    QCOMPARE(summary.cost, std::optional<double>(0.75));
}

void TestTaskStatus::summaryPrefersResults()
{
    const Media link{u"href"_s, MediaKind::Audio, MediaRole::Link, {}, {}, 0, {}, {}};
    const Media video{u"video"_s, MediaKind::Video, MediaRole::Result, {}, {}, 0, {}, {}};
    Task task;
    task.works = {Work{u"href"_s, {}, {}, {link}}, Work{u"video"_s, {}, {}, {video}}};
    QCOMPARE(summarise(task).kind, MediaKind::Video);
    QCOMPARE(summarise(task).resultCount, 1);
}

TASKREEL_TEST_MAIN(TestTaskStatus, QCoreApplication)
#include "tst_taskstatus.moc"
