// SPDX-License-Identifier: MIT
#include "core/domain/tagedit.h"
#include "core/domain/taskmarks.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestTaskMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tidiesTags_data();
    void tidiesTags();
    void editsTagsOfSeveral();
};

void TestTaskMarks::tidiesTags_data()
{
    QTest::addColumn<QStringList>("typed");
    QTest::addColumn<QStringList>("kept");
    QTest::newRow("none") << QStringList{} << QStringList{};
    QTest::newRow("sorted") << QStringList{u"sky"_s, u"Client"_s} << QStringList{u"Client"_s, u"sky"_s};
    QTest::newRow("commas") << QStringList{u"sky, client,,"_s} << QStringList{u"client"_s, u"sky"_s};
    QTest::newRow("blanks") << QStringList{u"  wide \n sky "_s, u" "_s} << QStringList{u"wide sky"_s};
    QTest::newRow("doubles") << QStringList{u"Sky"_s, u"sky"_s, u"SKY"_s} << QStringList{u"Sky"_s};
}

void TestTaskMarks::tidiesTags()
{
    QFETCH(const QStringList, typed);
    QFETCH(const QStringList, kept);
    QCOMPARE(tidyTags(typed), kept);
    QCOMPARE(tidyTags(kept), kept);
}

void TestTaskMarks::editsTagsOfSeveral()
{
    QCOMPARE(editedTags({u"Sky"_s, u"sea"_s}, {u"client"_s}, {u"SKY"_s}),
             (QStringList{u"client"_s, u"sea"_s}));
    QCOMPARE(editedTags({}, {u"b, a"_s}, {u"c"_s}), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(editedTags({u"sky"_s}, {u"Sky"_s}, {u"sky"_s}), QStringList{u"Sky"_s}); // written anew
}

TASKREEL_TEST_MAIN(TestTaskMarks, QCoreApplication)
#include "tst_taskmarks.moc"
