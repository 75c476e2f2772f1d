// SPDX-License-Identifier: MIT
#include "core/domain/tasksummary.h"
#include "core/formats/outputrules.h"
#include "support/isolation.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestOutputRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void keysInWords();
    void linksTellTheirExpiry();
    void linksAreBounded();
    void wideListsAreBounded();
};

void TestOutputRules::kinds_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("address");
    QTest::addColumn<MediaKind>("kind");
    QTest::newRow("last word counts")
        << u"video_cover_url"_s << u"https://a/x.mp4"_s << MediaKind::Image;
    QTest::newRow("camel case") << u"videoUrl"_s << u"https://a/x"_s << MediaKind::Video;
    QTest::newRow("name before extension")
        << u"audio_url"_s << u"https://a/x.mp4"_s << MediaKind::Audio;
    QTest::newRow("extension") << u"href"_s << u"https://a/x.FLAC?y=.png"_s << MediaKind::Audio;
    QTest::newRow("no extension") << u"href"_s << u"https://a.mp4/x"_s << MediaKind::Unknown;
    QTest::newRow("part of a word is none")
        << u"imagery"_s << u"https://a/x"_s << MediaKind::Unknown;
}

void TestOutputRules::kinds()
{
    QFETCH(QString, field);
    QFETCH(QString, address);
    QTEST(kindOf(field, address), "kind");
}

void TestOutputRules::keysInWords()
{
    QCOMPARE(keyInWords(u"result.assets[0].last_href"_s),
             u"result \u203a assets 1 \u203a last href"_s);
    QCOMPARE(keyInWords(u"[2]"_s), u"3"_s);
}

void TestOutputRules::linksTellTheirExpiry()
{
    Task task;
    task.works = worksOf(
        QJsonObject{{u"video_url"_s, u"https://a/v.mp4?X-Amz-Date=20260917T000000Z&X-Amz-Expires=3600"_s},
                    {u"image_url"_s, u"https://a/i.png?Expires=1790000000"_s}},
        {});
    const QDateTime first(QDate(2026, 9, 17), QTime(1, 0), Qt::UTC);
    QCOMPARE(summarise(task).expiresAt, first);
    task.works = worksOf(QJsonObject{{u"video_url"_s, u"https://a/v.mp4?t=1790000000"_s}}, {});
    QVERIFY(!summarise(task).expiresAt.isValid());
}

void TestOutputRules::linksAreBounded()
{
    QJsonArray list;
    for (int i = 0; i < 5000; ++i)
        list.append(u"https://a/%1"_s.arg(i));
    QCOMPARE(worksOf(QJsonObject{{u"x"_s, list}}, {}).size(), 500);
}

void TestOutputRules::wideListsAreBounded()
{
    QJsonArray works;
    for (int i = 0; i < 5000; ++i)
        works.append(QJsonObject{{u"video"_s, u"https://a/%1"_s.arg(i)}});
    // 500 works, and of the rest no more than 500 links.
    QCOMPARE(worksOf(QJsonObject{{u"works"_s, works}}, {}).size(), 1000);
}

TASKREEL_TEST_MAIN(TestOutputRules, QCoreApplication)
#include "tst_outputrules.moc"
