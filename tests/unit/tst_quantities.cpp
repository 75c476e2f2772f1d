// SPDX-License-Identifier: MIT
#include "core/text/quantities.h"
#include "support/isolation.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QDateTime kNow(QDate(2026, 11, 25), QTime(10, 0, 0), Qt::UTC);

/// `_` in an expected text stands for a no-break space.
static QString unbroken(QString text)
{
    return text.replace(u'_', u'\u00a0');
}

class TestQuantities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void relativeTimes_data();
    void relativeTimes();
    void countdowns_data();
    void countdowns();
    void exactTime();
    void otherLocale();
    void details_data();
    void details();
    void statusWords();
};

void TestQuantities::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &text, const char *expected) {
        QTest::newRow(expected) << text << unbroken(QString::fromUtf8(expected));
    };
    row(bytesText(4'200'000), "4.2_MB");
    row(bytesText(0), "0_bytes");
    row(bytesText(999), "999_bytes");
    row(secondsText(5100), "5.1_s");
    row(secondsText(10'000), "10.0_s");
    row(secondsText(0), "—");
    row(clockText(2100), "0:02.1");
    row(clockText(65'990), "1:05.9");
    row(clockText(3'723'400), "1:02:03.4");
    row(sizeText(QSize(1440, 1440)), "1440_×_1440");
    row(sizeText(QSize()), "");
    row(costText(0.26), "≈_$0.26");
    row(costText(0.0042), "≈_$0.004");
    row(costText(12.5), "≈_$12.50");
    row(spanText(400), "0.4_s");
    row(spanText(45'000), "45_s");
    row(spanText(105'000), "1_min_45_s");
    row(spanText(2LL * 3'600'000 + 5 * 60'000), "2_h_5_min");
    row(spanText(3LL * 86'400'000 + 4 * 3'600'000), "3_d_4_h");
}

void TestQuantities::numbers()
{
    QFETCH(QString, text);
    QTEST(text, "expected");
}

void TestQuantities::relativeTimes_data()
{
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, qint64 secondsAgo, const char *expected) {
        QTest::newRow(name) << secondsAgo << unbroken(QString::fromUtf8(expected));
    };
    row("seconds", 3, "3_s_ago");
    row("the service's clock is ahead", -20, "0_s_ago");
    row("minutes", 125, "2_min_ago");
    row("almost an hour", 3599, "59_min_ago");
    row("today", 3600, "Today_09:00");
    row("yesterday", 10 * 3600 + 60, "Yesterday_23:59");
    row("days", 34 * 3600 + 60, "23_Nov_2026");
    row("last year", 365 * 86400, "25_Nov_2025");
}

void TestQuantities::relativeTimes()
{
    QFETCH(qint64, secondsAgo);
    QTEST(relativeTimeText(kNow.addSecs(-secondsAgo), kNow), "expected");
    QCOMPARE(relativeTimeText({}, kNow), QString());
}

void TestQuantities::countdowns_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("expected");
    QTest::newRow("rounded up") << qint64(11'001) << unbroken(u"12_s"_s);
    QTest::newRow("over") << qint64(-5000) << unbroken(u"0_s"_s);
    QTest::newRow("last second of a minute") << qint64(59'000) << unbroken(u"59_s"_s);
    QTest::newRow("minute") << qint64(59'001) << unbroken(u"1_min"_s);
    QTest::newRow("minutes") << qint64(170'000) << unbroken(u"3_min"_s);
    QTest::newRow("hour") << qint64(3'600'000) << unbroken(u"1_h"_s);
}

void TestQuantities::countdowns()
{
    QFETCH(qint64, ms);
    QTEST(countdownText(ms), "expected");
}

void TestQuantities::exactTime()
{
    QCOMPARE(exactTimeText(kNow), unbroken(u"25_Nov_2026_10:00:00"_s));
    QCOMPARE(exactTimeText({}), QString());
}

void TestQuantities::otherLocale()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    const QString seconds = secondsText(5100);
    const QString clock = clockText(2100);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(seconds, unbroken(u"5,1_s"_s));
    QCOMPARE(clock, u"0:02,1"_s);
}

void TestQuantities::details_data()
{
    QTest::addColumn<TaskSummary>("row");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name, const TaskSummary &row, const char *expected) {
        QTest::newRow(name) << row << unbroken(QString::fromUtf8(expected));
    };
    TaskSummary waiting;
    waiting.status = TaskStatus::Pending;
    waiting.fetchState = FetchState::Waiting;
    waiting.nextCheckAt = kNow.addSecs(12);
    add("waiting", waiting, "next check in 12_s");

    TaskSummary running = waiting;
    running.status = TaskStatus::Processing;
    running.percent = 62.4;
    running.answeredAt = kNow.addSecs(-3);
    add("running", running, "62_% · asked 3_s_ago");
    running.fetchState = FetchState::Asking;
    add("asking again", running, "62_% · asking");

    TaskSummary slow = waiting;
    slow.answeredAt = kNow.addSecs(-3);
    slow.createdAt = kNow.addSecs(-2 * 3600 + 1);
    add("not long yet", slow, "next check in 12_s");
    slow.createdAt = kNow.addSecs(-2 * 3600);
    add("two hours", slow, "not ready after 2_h · next check in 12_s");
    slow.createdAt = kNow.addSecs(-47 * 3600 - 60);
    add("two days nearly", slow, "not ready after 47_h · next check in 12_s");
    slow.createdAt = {};
    slow.addedAt = kNow.addDays(-3);
    add("days, by its adding", slow, "not ready after 3_days · next check in 12_s");
    slow.fetchState = FetchState::Queued;
    add("long, in line", slow, "not ready after 3_days · waiting to be asked");
    slow.status = TaskStatus::Processing;
    slow.percent = 62.4;
    add("long, running", slow, "62_% · not ready after 3_days");

    TaskSummary asking;
    asking.fetchState = FetchState::Asking;
    add("asking", asking, "asking");
    asking.fetchState = FetchState::Queued;
    add("queued", asking, "waiting to be asked");
    add("queued, offline", whileOffline(asking), "waits for the network");
    add("long, offline", whileOffline(slow), "62_% · waits for the network");
    asking.fetchState = FetchState::Held;
    add("no key, offline", whileOffline(asking), "no key");
    add("no key", asking, "no key");
    asking.lastError.kind = ErrorKind::KeyRefused;
    add("key refused", asking, "key refused");

    TaskSummary ended;
    ended.status = TaskStatus::Failed;
    ended.errorText = u"content\nviolation"_s;
    add("failed", ended, "content violation");
    ended.errorText.clear();
    add("failed without a word", ended, "the service gave no reason");
    ended.status = TaskStatus::Completed;
    add("hollow", ended, "completed without a result");
    ended.resultCount = 1;
    add("completed", ended, "");
    ended.errorText = u"one of two failed"_s;
    add("completed with a warning", ended, "one of two failed");

    TaskSummary troubled = waiting;
    troubled.lastError = {ErrorKind::ServerFault, 502, u"Bad gateway"_s, {}, -1};
    add("passing", troubled, "service fault (502) · next try in 12_s");
    troubled.lastError = {ErrorKind::NotFound, 404, {}, {}, -1};
    add("not passing", troubled, "not found");
}

void TestQuantities::details()
{
    QFETCH(TaskSummary, row);
    QTEST(statusDetailText(row, kNow), "expected");
}

void TestQuantities::statusWords()
{
    TaskSummary row;
    QCOMPARE(statusText(row), u"Not asked yet"_s);
    row.status = TaskStatus::Completed;
    QCOMPARE(statusText(row), u"Completed"_s);
    row.status = TaskStatus::Other;
    row.rawStatus = u"archived\t"_s;
    QCOMPARE(statusText(row), u"archived"_s);
    QCOMPARE(variantText(Variant::Unwatermarked), u"Without watermark"_s);
    QCOMPARE(kindText(MediaKind::Video), u"Video"_s);
}

TASKREEL_TEST_MAIN(TestQuantities, QCoreApplication)
#include "tst_quantities.moc"
