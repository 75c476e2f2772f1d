// SPDX-License-Identifier: MIT
#include "core/formats/csv.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void record();
};

void TestCsv::cells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    const auto add = [](const char *name, const QString &text, const QString &cell) {
        QTest::newRow(name) << text << cell;
    };
    add("empty", {}, {});
    add("plain", u"kling"_s, u"kling"_s);
    add("id", u"b3efc0ab-3fdb-4b88"_s, u"b3efc0ab-3fdb-4b88"_s);
    add("number", u"0.2600"_s, u"0.2600"_s);
    add("address", u"https://x.test/a?b=1&c=2"_s, u"https://x.test/a?b=1&c=2"_s);
    add("comma", u"a,b"_s, u"\"a,b\""_s);
    add("other separator", u"a;=1+1"_s, u"\"a;=1+1\""_s);
    add("quotes", u"say \"hi\""_s, u"\"say \"\"hi\"\"\""_s);
    add("lines", u"a\r\nb"_s, u"\"a\r\nb\""_s);
    add("formula", u"=HYPERLINK(\"http://x\")"_s, u"\"'=HYPERLINK(\"\"http://x\"\")\""_s);
    add("plus", u"+1"_s, u"\"'+1\""_s);
    add("minus", u"-1"_s, u"\"'-1\""_s);
    add("at", u"@SUM(A1)"_s, u"\"'@SUM(A1)\""_s);
    add("tab", u"\t=1"_s, u"\"'\t=1\""_s);
    add("carriage return", u"\r=1"_s, u"\"'\r=1\""_s);
    add("line feed", u"\n=1"_s, u"\"'\n=1\""_s);
    add("behind blanks", u"  =1"_s, u"\"'  =1\""_s);
    add("behind a zero-width blank", u"\u200b=1"_s, u"\"'\u200b=1\""_s);
    add("behind a NUL", QString(QChar(u'\0')) + u"=1"_s, u"\"'=1\""_s);
    add("wide sign", u"\uff1d1"_s, u"\"'\uff1d1\""_s);
    add("sign inside", u"a=b"_s, u"a=b"_s);
    add("quote first", u"\"=1"_s, u"\"\"\"=1\""_s);
}

void TestCsv::cells()
{
    QFETCH(const QString, text);
    QFETCH(const QString, cell);
    QCOMPARE(csvCell(text), cell);
}

void TestCsv::record()
{
    QCOMPARE(csvRecord({u"a"_s, {}, u"=b"_s, u"é"_s}), QByteArray("a,,\"'=b\",é\r\n"));
}

TASKREEL_TEST_MAIN(TestCsv, QCoreApplication)
#include "tst_csv.moc"
