// SPDX-License-Identifier: MIT
#include "core/tasks/taskmerge.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QByteArray kId = "11111111-2222-4333-8444-555555555555";

/// An answer as the service sends it. `works` holds the elements of output.works.
static ReadAnswer answer(const QByteArray &status, const QByteArray &works,
                         const QByteArray &more = {})
{
    const QByteArray body = R"({"code":200,"data":{"task_id":")" + kId
        + R"(","model":"kling","task_type":"video_generation","status":")" + status
        + R"(","output":{"works":[)" + works + "]}" + more + R"(},"message":"success"})";
    const Result<ReadAnswer> read = readAnswer(body, 200);
    return read ? *read : ReadAnswer();
}

static QByteArray work(const QByteArray &watermarked, const QByteArray &clean,
                       const QByteArray &cover = {})
{
    const auto resource = [](const QByteArray &a, const QByteArray &b) {
        return R"({"resource":")" + a + R"(","resource_without_watermark":")" + b
            + R"(","width":1280,"height":720,"duration":5100})";
    };
    QByteArray json = R"({"status":99,"type":"video","video":)" + resource(watermarked, clean);
    if (!cover.isEmpty())
        json += R"(,"cover":)" + resource(cover, {});
    return json + "}";
}

static KeptAnswer kept(const ReadAnswer &answer)
{
    return {answer.task, answer.json, {}};
}

static TaskSummary row(const ReadAnswer &answer)
{
    TaskSummary summary = summarise(answer.task);
    summary.answeredAt = QDateTime::currentDateTimeUtc();
    return summary;
}

class TestTaskMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServiceLeadsUnlessItTakesAnEndBack_data();
    void theServiceLeadsUnlessItTakesAnEndBack();
    void aPastedAnswerLeadsOnlyWhenFurtherOn_data();
    void aPastedAnswerLeadsOnlyWhenFurtherOn();
    void nothingNewChangesNothing();
    void mediaNoLongerListedStay();
    void aVariantNoLongerListedStays();
    void newLinksReplaceOldOnes();
    void gapsAreFilledFromOlderAnswers();
    void olderAnswersThatTellNothingAreDropped();
    void theKeptFormGivesTheSameTask();
    void picturesOfAnUnfinishedTaskGiveWay();
    void anUnreadableKeptAnswerLosesNothing();
    void inHasteNothingIsLost();
    void oursIsUntouched();
};

void TestTaskMerge::theServiceLeadsUnlessItTakesAnEndBack_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("expected");
    QTest::newRow("goes on") << QByteArray("pending") << QByteArray("processing") << true;
    QTest::newRow("ends") << QByteArray("processing") << QByteArray("completed") << true;
    QTest::newRow("queued again") << QByteArray("processing") << QByteArray("pending") << true;
    QTest::newRow("end taken back") << QByteArray("completed") << QByteArray("processing") << false;
    QTest::newRow("unknown word after the end")
        << QByteArray("failed") << QByteArray("pondering") << false;
    QTest::newRow("another end") << QByteArray("failed") << QByteArray("completed") << true;
}

void TestTaskMerge::theServiceLeadsUnlessItTakesAnEndBack()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(bool, expected);
    QCOMPARE(leads(row(answer(before, {})), answer(now, {}).task, true), expected);
}

void TestTaskMerge::aPastedAnswerLeadsOnlyWhenFurtherOn_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("endedBefore");
    QTest::addColumn<QByteArray>("endedNow");
    QTest::addColumn<bool>("expected");
    const QByteArray early = "2026-01-01T10:00:00Z";
    const QByteArray late = "2026-01-01T11:00:00Z";
    QTest::newRow("older status") << QByteArray("processing") << QByteArray("pending")
                                  << QByteArray() << QByteArray() << false;
    QTest::newRow("newer status") << QByteArray("processing") << QByteArray("completed")
                                  << QByteArray() << late << true;
    QTest::newRow("same status, no times") << QByteArray("completed") << QByteArray("completed")
                                           << QByteArray() << QByteArray() << false;
    QTest::newRow("ended earlier")
        << QByteArray("completed") << QByteArray("completed") << late << early << false;
    QTest::newRow("ended later") << QByteArray("failed") << QByteArray("completed") << early << late
                                 << true;
    QTest::newRow("same end") << QByteArray("completed") << QByteArray("completed") << late << late
                              << false;
}

void TestTaskMerge::aPastedAnswerLeadsOnlyWhenFurtherOn()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, endedBefore);
    QFETCH(QByteArray, endedNow);
    QFETCH(bool, expected);
    const auto meta = [](const QByteArray &ended) {
        return ended.isEmpty() ? QByteArray() : R"(,"meta":{"ended_at":")" + ended + R"("})";
    };
    const TaskSummary known = row(answer(before, {}, meta(endedBefore)));
    QCOMPARE(leads(known, answer(now, {}, meta(endedNow)).task, false), expected);
    QVERIFY(leads(TaskSummary(), answer(now, {}).task, false));
}

void TestTaskMerge::nothingNewChangesNothing()
{
    const ReadAnswer a = answer("completed", work("http://w.example/1", "http://c.example/1"));
    QCOMPARE(mergedAnswer(kept(a), a, true), kept(a));
    // An older answer with the same media and other links: the newer links stay, nothing is new.
    const ReadAnswer old = answer("completed", work("http://w.example/0", "http://c.example/0"));
    QCOMPARE(mergedAnswer(kept(a), old, false), kept(a));
}

void TestTaskMerge::mediaNoLongerListedStay()
{
    const ReadAnswer before =
        answer("completed",
               work("http://w.example/1", "http://c.example/1", "http://p.example/1") + ","
                   + work("http://w.example/2", "http://c.example/2"));
    const ReadAnswer after = answer("completed", work("http://w.example/3", "http://c.example/3"));
    const KeptAnswer merged = mergedAnswer(kept(before), after, true);

    QCOMPARE(merged.task.works.size(), 2);
    const Media *first = merged.task.findMedia(u"works[0].video"_s);
    QVERIFY(first && !first->noLongerOffered);
    QCOMPARE(first->source(Variant::Watermarked)->url, "http://w.example/3");
    const Media *cover = merged.task.findMedia(u"works[0].cover"_s);
    QVERIFY(cover && cover->noLongerOffered);
    QVERIFY(merged.task.works.at(0).cover());
    const Media *second = merged.task.findMedia(u"works[1].video"_s);
    QVERIFY(second && second->noLongerOffered);
    QCOMPARE(second->sources.size(), 2);
    QCOMPARE(merged.earlier, QByteArrayList{before.json});
    QCOMPARE(withAnswer({}, merged.task).resultCount, 2);
}

void TestTaskMerge::aVariantNoLongerListedStays()
{
    const ReadAnswer before = answer("completed", work("http://w.example/1", "http://c.example/1"));
    const ReadAnswer after = answer("completed", work("http://w.example/2", ""));
    const KeptAnswer merged = mergedAnswer(kept(before), after, true);
    const Media *video = merged.task.findMedia(u"works[0].video"_s);
    QVERIFY(video && !video->noLongerOffered);
    QCOMPARE(video->source(Variant::Watermarked)->url, "http://w.example/2");
    QVERIFY(video->source(Variant::Unwatermarked));
    QCOMPARE(video->source(Variant::Unwatermarked)->url, "http://c.example/1");
}

void TestTaskMerge::newLinksReplaceOldOnes()
{
    const ReadAnswer before = answer("completed", work("http://w.example/1", "http://c.example/1"));
    const ReadAnswer after = answer("completed", work("http://w.example/2", "http://c.example/2"));
    QCOMPARE(mergedAnswer(kept(before), after, true), kept(after));
}

void TestTaskMerge::gapsAreFilledFromOlderAnswers()
{
    const ReadAnswer before =
        answer("pending", {},
               R"(,"input":{"prompt":"a fox"},"meta":{"created_at":"2026-01-01T10:00:00Z"})");
    const ReadAnswer after = answer("completed", work("http://w.example/1", "http://c.example/1"));
    QVERIFY(after.task.prompt.isEmpty());
    KeptAnswer merged = mergedAnswer(kept(before), after, true);
    QCOMPARE(merged.task.prompt, u"a fox"_s);
    QVERIFY(merged.task.createdAt.isValid());
    QCOMPARE(merged.task.status, TaskStatus::Completed);

    merged = mergedAnswer(kept(after), before, false);
    QCOMPARE(merged.json, after.json);
    QCOMPARE(merged.task.prompt, u"a fox"_s);
    QCOMPARE(merged.task.status, TaskStatus::Completed);
    QCOMPARE(merged.task.works, after.task.works);
}

void TestTaskMerge::olderAnswersThatTellNothingAreDropped()
{
    KeptAnswer current = kept(answer("pending", {}));
    for (int i = 0; i < 50; ++i) {
        const QByteArray percent = R"(,"detail":{"n":)" + QByteArray::number(i) + "}";
        current = mergedAnswer(current, answer("processing", {}, percent), true);
    }
    QVERIFY(current.earlier.isEmpty());
    const QByteArray two = work("http://w.example/1", "") + "," + work("http://w.example/2", "");
    current = mergedAnswer(current, answer("completed", two), true);
    for (int i = 0; i < 50; ++i) {
        const QByteArray url = "http://w.example/new" + QByteArray::number(i);
        current = mergedAnswer(current, answer("completed", work(url, "")), true);
    }
    QCOMPARE(current.earlier.size(), 1);
    QCOMPARE(current.task.works.size(), 2);
}

void TestTaskMerge::theKeptFormGivesTheSameTask()
{
    const ReadAnswer first = answer("completed", work("http://w.example/1", "http://c.example/1"),
                                    R"(,"input":{"prompt":"a fox"})");
    const ReadAnswer second = answer("completed", work("http://w.example/2", ""));
    const ReadAnswer pasted =
        answer("processing", work("http://w.example/3", "") + "," + work("http://w.example/4", ""));
    KeptAnswer merged = mergedAnswer(kept(first), second, true);
    merged = mergedAnswer(merged, pasted, false);
    QCOMPARE(merged.task.works.size(), 2);
    QCOMPARE(readKeptAnswer(QString::fromLatin1(kId), merged.json, merged.earlier), merged);
}

void TestTaskMerge::picturesOfAnUnfinishedTaskGiveWay()
{
    const auto task = [](TaskStatus status, MediaRole role, const QString &key) {
        Media medium;
        medium.key = key;
        medium.kind = MediaKind::Image;
        medium.role = role;
        medium.sources = {{Variant::Unstated, "http://i.example/" + key.toUtf8(), {}, {}}};
        Task made;
        made.status = status;
        made.works = {{{}, {}, {}, {medium}}};
        return made;
    };
    const Task unfinished = task(TaskStatus::Processing, MediaRole::Intermediate, u"preview"_s);
    Task result = task(TaskStatus::Completed, MediaRole::Result, u"image_url"_s);
    QVERIFY(!fillGaps(result, unfinished));
    QCOMPARE(result.works.size(), 1);
    // Without a result yet, they are all there is.
    Task hollow;
    hollow.status = TaskStatus::Processing;
    QVERIFY(fillGaps(hollow, unfinished));
    QCOMPARE(hollow.works.size(), 1);
    // A result stays, whatever the newer answer lists.
    Task other = task(TaskStatus::Completed, MediaRole::Result, u"other_url"_s);
    QVERIFY(fillGaps(other, result));
    QCOMPARE(other.works.size(), 2);
}

void TestTaskMerge::anUnreadableKeptAnswerLosesNothing()
{
    const ReadAnswer now = answer("completed", work("http://w.example/1", ""));
    const KeptAnswer broken = readKeptAnswer(QString::fromLatin1(kId), "{", {now.json});
    QCOMPARE(broken.task.id, QString::fromLatin1(kId));
    QCOMPARE(broken.json, "{");
    QCOMPARE(mergedAnswer(broken, now, true).task, now.task);
}

void TestTaskMerge::inHasteNothingIsLost()
{
    const ReadAnswer before =
        answer("processing", work("http://w.example/1", "", "http://p.example/1"),
               R"(,"input":{"prompt":"a fox"})");
    const ReadAnswer after = answer("completed", {});
    const TaskSummary next = withAnswerInHaste(row(before), after.task, true);
    QCOMPARE(next.status, TaskStatus::Completed);
    QCOMPARE(next.prompt, u"a fox"_s);
    QCOMPARE(next.resultCount, 1);
    QVERIFY(next.hasCover);
    QCOMPARE(next.kind, MediaKind::Video);
    const TaskSummary filled = withAnswerInHaste(row(after), before.task, false);
    QCOMPARE(filled.status, TaskStatus::Completed);
    QCOMPARE(filled.prompt, u"a fox"_s);
}

void TestTaskMerge::oursIsUntouched()
{
    TaskSummary ours = row(answer("pending", {}));
    ours.sequence = 7;
    ours.marks.starred = true;
    ours.saveState = SaveState::Saved;
    ours.savedPath = u"/a"_s;
    ours.failedTries = 2;
    ours.fetchState = FetchState::Waiting;
    const ReadAnswer now = answer("completed", work("http://w.example/1", ""));
    const TaskSummary told = summarise(now.task);
    const TaskSummary next = withAnswer(ours, now.task);
    QCOMPARE(next.status, told.status);
    QCOMPARE(next.resultCount, 1);
    QCOMPARE(next.sequence, 7);
    QVERIFY(next.marks.starred);
    QCOMPARE(next.saveState, SaveState::Saved);
    QCOMPARE(next.savedPath, u"/a"_s);
    QCOMPARE(next.failedTries, 2);
    QCOMPARE(next.fetchState, FetchState::Waiting);
}

TASKREEL_TEST_MAIN(TestTaskMerge, QCoreApplication)

#include "tst_taskmerge.moc"
