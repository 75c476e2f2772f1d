// SPDX-License-Identifier: MIT
#include "core/downloads/namecheck.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

static const std::atomic_bool kNeverStop{false};

static TaskSummary row(int n, int results = 1)
{
    TaskSummary row;
    row.id = u"%1-0000-4000-8000-000000000001"_s.arg(n, 8, 16, QChar(u'0'));
    row.model = u"kling"_s;
    row.createdAt = QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC);
    row.kind = MediaKind::Video;
    row.resultCount = results;
    row.hasWatermarked = row.hasUnwatermarked = true;
    return row;
}

static NameClashes clashes(const QString &nameTemplate, const QList<TaskSummary> &rows,
                           VariantWish wish = VariantWish::Unwatermarked)
{
    QList<NameFields> results;
    for (const TaskSummary &each : rows)
        results += resultNameFields(each, wish);
    return nameClashes(nameTemplate, results, kNeverStop);
}

class TestNameCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differentNamesDoNotClash()
    {
        const NameClashes none = clashes(kDefaultNameTemplate, {row(1), row(2, 3)});
        QCOMPARE(none, (NameClashes{4, 0, {}, {}}));
    }

    void saysWhatTellsThemApart_data()
    {
        QTest::addColumn<QString>("nameTemplate");
        QTest::addColumn<int>("wish");
        QTest::addColumn<int>("clashing");
        QTest::addColumn<QStringList>("helps");
        const int one = int(VariantWish::Unwatermarked);
        const int both = int(VariantWish::Both);
        QTest::newRow("works of one task") << u"{id8}"_s << one << 4 << QStringList{u"work"_s};
        QTest::newRow("tasks of one day")
            << u"{date} {work}"_s << one << 6 << QStringList{u"id8"_s};
        QTest::newRow("versions")
            << u"{id8}/{work}"_s << both << 12 << QStringList{u"variant"_s};
        QTest::newRow("all of it")
            << u"{model}"_s << both << 12 << QStringList{u"id"_s, u"work"_s, u"variant"_s};
        QTest::newRow("before the extension")
            << u"{id8}.{ext}"_s << one << 4 << QStringList{u"work"_s};
    }

    void saysWhatTellsThemApart()
    {
        QFETCH(QString, nameTemplate);
        QFETCH(int, wish);
        const NameClashes found =
            clashes(nameTemplate, {row(1), row(2, 2), row(3, 2), row(4)}, VariantWish(wish));
        QTEST(found.clashing, "clashing");
        QTEST(found.helps, "helps");
        QVERIFY(!found.example.isEmpty());
    }

    void caseDoesNotTellApart()
    {
        TaskSummary one = row(1);
        TaskSummary other = row(2);
        one.prompt = u"Caf\u00e9"_s;
        other.prompt = u"CAFE\u0301"_s;
        QCOMPARE(clashes(u"{prompt}"_s, {one, other}).clashing, 2);
        other.prompt = u"Cafe"_s;
        QCOMPARE(clashes(u"{prompt}"_s, {one, other}).clashing, 0);
    }

    void nothingHelpsTwins()
    {
        // The same task twice cannot be told apart by anything.
        const NameClashes twins = clashes(u"{model}"_s, {row(1), row(1)});
        QCOMPARE(twins.clashing, 2);
        QCOMPARE(twins.helps, QStringList());
    }

    void stopsWhenNobodyWaits()
    {
        const std::atomic_bool stop{true};
        QCOMPARE(nameClashes(u"{model}"_s, resultNameFields(row(1, 5), VariantWish::Both), stop)
                     .clashing,
                 0);
    }

    void theVersionIsTheOneThatIsSaved()
    {
        TaskSummary marked = row(1);
        marked.hasUnwatermarked = false;
        QCOMPARE(resultNameFields(marked, VariantWish::Unwatermarked).constFirst().variant,
                 Variant::Watermarked);
        marked.hasWatermarked = false;
        QCOMPARE(resultNameFields(marked, VariantWish::Both).size(), 1);
        QCOMPARE(resultNameFields(row(1, 2), VariantWish::Both).size(), 4);
        QCOMPARE(resultNameFields(row(1, 0), VariantWish::Both).size(), 0);
    }
};

TASKREEL_TEST_MAIN(TestNameCheck, QCoreApplication)
#include "tst_namecheck.moc"
