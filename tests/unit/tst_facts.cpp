// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/details/facts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

// How long a link holds, in words that promise nothing.
class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linkSaysItsEnd();
    void linkSaysNothing_data();
    void linkSaysNothing();
};

static const QDateTime kNow(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);

static QString factFor(const QByteArray &url, const QDateTime &endedAt)
{
    TaskSummary row;
    row.endedAt = endedAt;
    const Source source{Variant::Unstated, url, {}, {}};
    FactSources sources;
    sources.row = &row;
    sources.source = &source;
    sources.now = kNow;
    return linkFact(sources);
}

void TestFacts::linkSaysItsEnd()
{
    const QByteArray soon = QByteArray::number(kNow.addSecs(3600).toSecsSinceEpoch());
    const QString holds = factFor("https://x.test/a.mp4?Expires=" + soon, kNow.addDays(-3));
    QVERIFY2(holds.contains(u"until"_s) && holds.contains(u"13:00"_s), qPrintable(holds));
    QVERIFY2(!holds.contains(u"ago"_s), qPrintable(holds));
    const QByteArray past = QByteArray::number(kNow.addSecs(-3600).toSecsSinceEpoch());
    const QString over = factFor("https://x.test/a.mp4?Expires=" + past, kNow.addDays(-3));
    QVERIFY2(over.contains(u"ended"_s) && over.contains(u"11:00"_s), qPrintable(over));
}

void TestFacts::linkSaysNothing_data()
{
    QTest::addColumn<QDateTime>("endedAt");
    QTest::addColumn<QString>("age");
    QTest::newRow("days") << kNow.addDays(-3) << u"3 day"_s;
    QTest::newRow("hours") << kNow.addSecs(-5 * 3600) << u"5 hour"_s;
    QTest::newRow("minutes") << kNow.addSecs(-7 * 60) << u"7 minute"_s;
    QTest::newRow("clock behind") << kNow.addSecs(60) << u"just now"_s;
    QTest::newRow("not known") << QDateTime() << u"no end is stated"_s;
}

void TestFacts::linkSaysNothing()
{
    QFETCH(const QDateTime, endedAt);
    QFETCH(const QString, age);
    const QString fact = factFor("https://x.test/a.mp4", endedAt);
    QVERIFY2(fact.contains(age), qPrintable(fact));
    QVERIFY2(fact.contains(u"save soon"_s), qPrintable(fact));
    // No date is invented.
    QVERIFY2(!fact.contains(u"2026"_s) && !fact.contains(u"until"_s), qPrintable(fact));
}

TASKREEL_TEST_MAIN(TestFacts, QCoreApplication)
#include "tst_facts.moc"
