// SPDX-License-Identifier: MIT
#include "core/formats/httpdates.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

static QDateTime utc(int year, int month, int day, int hour, int minute, int second, int ms = 0)
{
    return {QDate(year, month, day), QTime(hour, minute, second, ms), Qt::UTC};
}

class TestHttpDates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryAfter_data();
    void retryAfter();
    void expiry_data();
    void expiry();
    void apiTimes_data();
    void apiTimes();
};

void TestHttpDates::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("seconds") << QByteArray(" 12 ") << qint64(12'000);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("a year") << QByteArray("31536000") << qint64(86'400'000);
    QTest::newRow("more digits than numbers have") << QByteArray(40, '9') << qint64(86'400'000);
    QTest::newRow("date") << QByteArray("Mon, 21 Sep 2026 14:00:30 GMT") << qint64(30'000);
    QTest::newRow("old date form")
        << QByteArray("Monday, 21-Sep-26 14:00:30 GMT") << qint64(30'000);
    QTest::newRow("asctime") << QByteArray("Mon Sep 21 14:00:30 2026") << qint64(30'000);
    QTest::newRow("past") << QByteArray("Mon, 21 Sep 2020 14:00:30 GMT") << qint64(0);
    QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
    QTest::newRow("words") << QByteArray("soon") << qint64(-1);
    QTest::newRow("nothing") << QByteArray() << qint64(-1);
}

void TestHttpDates::retryAfter()
{
    QFETCH(QByteArray, header);
    QTEST(retryAfterMs(header, utc(2026, 9, 21, 14, 0, 0)), "ms");
}

void TestHttpDates::expiry_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QDateTime>("time");
    QTest::newRow("seconds since 1970")
        << QByteArray("https://cdn.example/s/i.png?Expires=1790000000&Signature=abc%2Fdef%3D")
        << utc(2026, 9, 21, 14, 13, 20);
    QTest::newRow("date and span")
        << QByteArray("https://a/v.mp4?X-Amz-Date=20260917T000000Z&X-Amz-Expires=3600&x=1")
        << utc(2026, 9, 17, 1, 0, 0);
    QTest::newRow("span alone") << QByteArray("https://a/v.mp4?X-Amz-Expires=3600") << QDateTime();
    QTest::newRow("span of no sense")
        << QByteArray("https://a/v?X-Amz-Date=20260917T000000Z&X-Amz-Expires=99999999999")
        << QDateTime();
    QTest::newRow("not in the query") << QByteArray("https://a/Expires=1790000000") << QDateTime();
    QTest::newRow("in the fragment")
        << QByteArray("https://a/?x#&Expires=1790000000") << QDateTime();
    QTest::newRow("another name") << QByteArray("https://a/?NoExpires=1790000000") << QDateTime();
    QTest::newRow("words") << QByteArray("https://a/?Expires=tomorrow") << QDateTime();
    QTest::newRow("no query") << QByteArray("https://a/v.mp4") << QDateTime();
}

void TestHttpDates::expiry()
{
    QFETCH(QByteArray, url);
    QTEST(linkExpiry(url), "time");
}

void TestHttpDates::apiTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("time");
    QTest::newRow("nine digits") << u"2026-03-21T12:26:09.118133402Z"_s
                                 << utc(2026, 3, 21, 12, 26, 9, 118);
    QTest::newRow("six digits") << u"2024-09-02T19:24:28.194940Z"_s
                                << utc(2024, 9, 2, 19, 24, 28, 194);
    QTest::newRow("one digit") << u"2024-09-02T19:24:28.5Z"_s << utc(2024, 9, 2, 19, 24, 28, 500);
    QTest::newRow("none") << u"2025-01-22T13:11:07Z"_s << utc(2025, 1, 22, 13, 11, 7);
    QTest::newRow("offset") << u"2025-01-22T13:11:07.25+08:00"_s << utc(2025, 1, 22, 5, 11, 7, 250);
    QTest::newRow("no zone is UTC") << u"2025-01-22 13:11:07"_s << utc(2025, 1, 22, 13, 11, 7);
    QTest::newRow("unix") << u"1770952944"_s << utc(2026, 2, 13, 3, 22, 24);
    QTest::newRow("unset") << u"0001-01-01T00:00:00Z"_s << QDateTime();
    QTest::newRow("empty") << QString() << QDateTime();
    QTest::newRow("zero") << u"0"_s << QDateTime();
    QTest::newRow("words") << u"yesterday at some time"_s << QDateTime();
    QTest::newRow("impossible") << u"2025-13-42T99:11:07Z"_s << QDateTime();
}

void TestHttpDates::apiTimes()
{
    QFETCH(QString, text);
    QTEST(apiTime(text), "time");
}

TASKREEL_TEST_MAIN(TestHttpDates, QCoreApplication)
#include "tst_httpdates.moc"
