// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/details/jsontext.h"

#include <QtTest>

using namespace taskreel;
using namespace Qt::StringLiterals;

class JsonTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallAnswersStayWhole()
    {
        QCOMPARE(JsonText::readable("{\"a\":[1,\"two\",null,true]}"),
                 u"{\n    \"a\": [\n        1,\n        \"two\",\n        null,\n        true\n    ]\n}\n"_s);
        QCOMPARE(JsonText::readable("[1]"), u"[\n    1\n]\n"_s);
    }

    void longStringsAreCut()
    {
        const QByteArray picture(3'000'000, 'A');
        const QString text = JsonText::readable("{\"works\":[{\"data\":\"" + picture + "\",\"x\":1}]}");
        QVERIFY2(text.size() < 2'200, qPrintable(QString::number(text.size())));
        QVERIFY(text.contains(QString(JsonText::kLongestString, u'A') + u"… 3"_s));
        QVERIFY(text.contains(u"MB more\""_s));
        QVERIFY(text.contains(u"\"x\": 1"_s));
    }

    void longAnswersAreCut()
    {
        QByteArray many = "[";
        for (int i = 0; i < 200'000; ++i)
            many += "\"0123456789\",";
        many += "0]";
        const QString text = JsonText::readable(many);
        QVERIFY(text.size() < JsonText::kLongestText + 50);
        QVERIFY2(text.endsWith(u"MB more"_s), qPrintable(text.right(50)));
    }
};

TASKREEL_TEST_MAIN(JsonTextTest, QCoreApplication)
#include "tst_jsontext.moc"
