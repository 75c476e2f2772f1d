// SPDX-License-Identifier: MIT
#include "core/formats/redaction.h"
#include "support/isolation.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

static QByteArray redactedBytes(const QByteArray &json)
{
    return QJsonDocument(redactedTask(object(json))).toJson(QJsonDocument::Compact);
}

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsGo_data();
    void secretsGo();
    void ordinaryFieldsStay();
    void shortSecretIsNoWord();
    void secretsDoNotBreakLinks();
    void inlineBase64();
    void whatIsNoBase64Stays();
    void longWordsStay();
    void tooDeepIsDropped();
    void urls();
};

void TestRedaction::secretsGo_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("webhook secret")
        << QByteArray(R"({"config":{"webhook_config":{"secret":"SECRET-1"}}})");
    QTest::newRow("secret list") << QByteArray(
        R"({"config":{"webhook_config":{"secret":["SECRET-1"]}}})");
    QTest::newRow("settings as text") << QByteArray(R"({"config":"{\"secret\":\"SECRET-1\"}"})");
    QTest::newRow("webhook as text")
        << QByteArray(R"({"config":{"webhook_config":"secret=SECRET-1"}})");
    QTest::newRow("repeated elsewhere")
        << QByteArray(R"({"config":{"webhook_config":{"secret":"SECRET-1"}},"logs":["x SECRET-1 y",
            {"SECRET-1":1}],"output":{"note":"SECRET-1"}})");
    QTest::newRow("keys") << QByteArray(
        R"({"input":{"x-api-key":"SECRET-1","openai_api_key":"SECRET-1",
            "Authorization":"Bearer SECRET-1","client_secret":"SECRET-1"}})");
    QTest::newRow("endpoint's query") << QByteArray(
        R"({"config":{"webhook_config":{"endpoint":"https://u:SECRET-1@h/p?t=SECRET-1"}}})");
}

void TestRedaction::secretsGo()
{
    QFETCH(QByteArray, json);
    QVERIFY(!object(json).isEmpty());
    QVERIFY(!redactedBytes(json).contains("SECRET-1"));
}

void TestRedaction::ordinaryFieldsStay()
{
    const QByteArray json =
        R"({"config":{"service_mode":"public","webhook_config":{"endpoint":"","secret":""}},)"
        R"("output":{"url":"https://a/v.mp4?token=x&Signature=y","tokens":12}})";
    QCOMPARE(redactedTask(object(json)), object(json));
}

void TestRedaction::shortSecretIsNoWord()
{
    const QByteArray json =
        R"({"config":{"webhook_config":{"secret":"mp4"}},"output":"https://a/v.mp4"})";
    const QJsonObject result = redactedTask(object(json));
    QCOMPARE(result.value(u"output"_s).toString(), u"https://a/v.mp4"_s);
    QVERIFY(!redactedBytes(json).contains("\"mp4\""));
}

void TestRedaction::secretsDoNotBreakLinks()
{
    const QByteArray json = R"({"config":{"webhook_config":{"secret":"videos"}},"auth":"public",)"
                            R"("output":{"video":"https://a/videos/public/1.mp4"},"logs":["videos"]})";
    const QJsonObject result = redactedTask(object(json));
    QCOMPARE(result[u"output"_s][u"video"_s].toString(), u"https://a/videos/public/1.mp4"_s);
    QCOMPARE(result[u"logs"_s][0].toString(), u"redacted"_s);
    // One that is long enough to be a secret goes wherever it is.
    const QByteArray longer = R"({"config":{"webhook_config":{"secret":"4f9a1c77e0b2"}},)"
                              R"("output":{"video":"https://a/4f9a1c77e0b2/1.mp4"}})";
    QVERIFY(!redactedBytes(longer).contains("4f9a1c77e0b2"));
}

void TestRedaction::inlineBase64()
{
    const QByteArray bytes(1000, 'b');
    const QString expected = u"sha256:%1 (1000 bytes)"_s.arg(
        QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    const QString base64 = QString::fromLatin1(bytes.toBase64());
    const QJsonObject result = redactedTask({{u"a"_s, base64},
                                             {u"b"_s, u"data:image/png;base64,"_s + base64},
                                             {u"image_b64"_s, u"YWJj"_s}});
    QCOMPARE(result.value(u"a"_s).toString(), expected);
    QCOMPARE(result.value(u"b"_s).toString(), expected);
    QVERIFY(isInlineDataMarker(result.value(u"image_b64"_s).toString()));
    QCOMPARE(withoutInlineData(result), result);
}

void TestRedaction::whatIsNoBase64Stays()
{
    const QJsonObject json{{u"word"_s, u"abcd"_s},
                           {u"prompt"_s, u"a long walk "_s.repeated(200) + u"!"_s},
                           {u"image_base64"_s, QString()},
                           {u"url"_s, u"https://a/"_s + QString(2000, u'x')}};
    QCOMPARE(redactedTask(json), json);
}

void TestRedaction::longWordsStay()
{
    // Letters, digits and blanks are all that base64 needs; a prompt is not to become a checksum.
    for (const QString &words : {u"a long walk through the fields at dawn "_s.repeated(20),
                                 u"wide shot\nslow dolly in\n"_s.repeated(30),
                                 u"word"_s.repeated(200) + u"x"_s}) {
        const QJsonObject json{{u"input"_s, QJsonObject{{u"prompt"_s, words}}}};
        QCOMPARE(redactedTask(json), json);
    }
}

void TestRedaction::tooDeepIsDropped()
{
    const QByteArray json =
        R"({"a":)" + QByteArray(300, '[') + R"("SECRET-1")" + QByteArray(300, ']') + "}";
    QVERIFY(!object(json).isEmpty());
    QVERIFY(!redactedBytes(json).contains("SECRET-1"));
}

void TestRedaction::urls()
{
    QCOMPARE(urlForLog(QUrl(u"https://u:p@h.example/a/b?Signature=s#f"_s)),
             u"https://h.example/a/b"_s);
}

TASKREEL_TEST_MAIN(TestRedaction, QCoreApplication)
#include "tst_redaction.moc"
