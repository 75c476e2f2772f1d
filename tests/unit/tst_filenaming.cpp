// SPDX-License-Identifier: MIT
#include "core/formats/filenaming.h"
#include "support/isolation.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static NameFields sampleFields()
{
    NameFields fields;
    fields.model = u"kling"_s;
    fields.type = u"video_generation"_s;
    fields.created = QDateTime(QDate(2026, 3, 21), QTime(12, 26, 9), Qt::UTC);
    fields.taskId = u"e0285388-b14c-4c1e-b78c-f5a32ac5df3b"_s;
    fields.variant = Variant::Watermarked;
    fields.size = QSize(1440, 1440);
    fields.durationMs = 5100;
    fields.prompt = u"A paper boat"_s;
    fields.extension = u"mp4"_s;
    return fields;
}

/// Every rule for one part of a path.
static bool isSafePart(const QString &part)
{
    static const QStringList reserved{u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s, u"com1"_s, u"lpt9"_s};
    for (const QChar c : part) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f || u"/\\<>:\"|?*"_s.contains(c))
            return false;
    }
    return !part.isEmpty() && part != u"."_s && part != u".."_s && !part.endsWith(u'.')
        && !part.endsWith(u' ') && !part.startsWith(u' ') && part.toUtf8().size() <= 255
        && !reserved.contains(part.section(u'.', 0, 0).toLower());
}

class TestFileNaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void templates_data();
    void templates();
    void hostileNames_data();
    void hostileNames();
    void hostileFieldsStayInside_data();
    void hostileFieldsStayInside();
    void longNamesAreCutBetweenCharacters();
    void partFileHasRoom();
    void numbers();
    void templateProblems_data();
    void templateProblems();
    void fieldsOfATask();
};

void TestFileNaming::templates_data()
{
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<QString>("path");
    QTest::newRow("default") << QString(kDefaultNameTemplate)
                             << u"2026-03-21_kling_e0285388_1_watermarked.mp4"_s;
    QTest::newRow("empty is the default")
        << u"  "_s << u"2026-03-21_kling_e0285388_1_watermarked.mp4"_s;
    QTest::newRow("everything") << u"{time} {type} {id} {size} {duration} {prompt}"_s
                                << u"122609 video_generation e0285388-b14c-4c1e-b78c-f5a32ac5df3b "
                                   "1440x1440 5s A paper boat.mp4"_s;
    QTest::newRow("folders") << u"{model}/{date}\\{id8}"_s << u"kling/2026-03-21/e0285388.mp4"_s;
    QTest::newRow("unknown placeholder") << u"{nope}_{id8}"_s << u"e0285388.mp4"_s;
    QTest::newRow("absolute") << u"/etc/{id8}"_s << u"etc/e0285388.mp4"_s;
    QTest::newRow("upwards") << u"../../ .. /{id8}"_s << u"e0285388.mp4"_s;
    QTest::newRow("only upwards") << u"../.."_s << u"2026-03-21_kling_e0285388_1_watermarked.mp4"_s;
}

void TestFileNaming::templates()
{
    QFETCH(QString, nameTemplate);
    QTEST(relativeFilePath(nameTemplate, sampleFields()), "path");
}

void TestFileNaming::hostileNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("clean");
    QTest::newRow("plain") << u"a clip.mp4"_s << u"a clip.mp4"_s;
    QTest::newRow("empty") << QString() << u"untitled"_s;
    QTest::newRow("dots") << u"...."_s << u"untitled"_s;
    QTest::newRow("upwards") << u"..\\..\\x.mp4"_s << u"_.._x.mp4"_s;
    QTest::newRow("separators") << u"a/b\\c:d*e?.mp4"_s << u"a_b_c_d_e_.mp4"_s;
    QTest::newRow("controls") << u"a\u0000b\n\u001bc\u007f.mp4"_s << u"ab c.mp4"_s;
    QTest::newRow("direction override") << u"cod\u202e4pm.exe"_s << u"cod4pm.exe"_s;
    QTest::newRow("trailing dots and blanks") << u"name. . "_s << u"name"_s;
    QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
    QTest::newRow("reserved") << u"Con.mp4"_s << u"_Con.mp4"_s;
    QTest::newRow("reserved with more") << u"lpt9.tar.gz"_s << u"_lpt9.tar.gz"_s;
    QTest::newRow("option") << u"-rf.mp4"_s << u"_rf.mp4"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) + u"x"_s << u"_x"_s;
    QTest::newRow("letters of the world")
        << u"Тихий маяк 夜の街 🌊.mp4"_s << u"Тихий маяк 夜の街 🌊.mp4"_s;
}

void TestFileNaming::hostileNames()
{
    QFETCH(QString, name);
    const QString clean = sanitisedFileName(name);
    QTEST(clean, "clean");
    QVERIFY(isSafePart(clean));
    QCOMPARE(sanitisedFileName(clean), clean);
}

void TestFileNaming::hostileFieldsStayInside_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u"../../etc/passwd"_s, u"/root"_s, u"C:\\Windows"_s, u"con"_s,
                                u".."_s, u"\u202e\u0000"_s, u"~/x"_s, u"a\nb"_s, u"{id}"_s,
                                QString(3000, u'.'), QString(3000, QChar(0x4e00)), QString()})
        QTest::addRow("%s", qPrintable(text.left(12).toHtmlEscaped())) << text;
}

void TestFileNaming::hostileFieldsStayInside()
{
    QFETCH(QString, text);
    NameFields fields = sampleFields();
    fields.model = fields.type = fields.taskId = fields.prompt = fields.extension = text;
    for (const QString &nameTemplate : {QString(kDefaultNameTemplate), u"{prompt}"_s,
                                        u"{model}/{prompt}/{id}"_s, u"{prompt}{prompt}{id}"_s}) {
        const QString path = relativeFilePath(nameTemplate, fields);
        const QStringList parts = path.split(u'/');
        for (const QString &part : parts)
            QVERIFY2(isSafePart(part), qPrintable(path));
        QVERIFY(QDir::cleanPath(u"/saved/"_s + path).startsWith(u"/saved/"_s));
    }
}

void TestFileNaming::longNamesAreCutBetweenCharacters()
{
    const QString wave = u"👩‍🚀"_s.left(2); // one character, two UTF-16 units, four bytes
    const QString name = sanitisedFileName(wave.repeated(200) + u".mp4"_s);
    QVERIFY(name.endsWith(u".mp4"_s));
    QVERIFY(name.toUtf8().size() <= 255);
    QVERIFY(!name.contains(QChar::ReplacementCharacter));
    QCOMPARE(name.chopped(4), wave.repeated(name.size() / 2 - 2));
}

void TestFileNaming::partFileHasRoom()
{
    const QString name = sanitisedFileName(QString(400, u'n') + u".mp4"_s);
    QVERIFY((name + u".part"_s).toUtf8().size() <= 255);
}

void TestFileNaming::numbers()
{
    QCOMPARE(numberedFileName(u"name.mp4"_s, 2), u"name (2).mp4"_s);
    QCOMPARE(numberedFileName(u"name"_s, 10), u"name (10)"_s);
    const QString longest = sanitisedFileName(QString(400, u'n') + u".mp4"_s);
    const QString numbered = numberedFileName(longest, 12345);
    QVERIFY(numbered.endsWith(u" (12345).mp4"_s));
    QVERIFY(numbered.toUtf8().size() <= 255);
}

void TestFileNaming::templateProblems_data()
{
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<QString>("problem");
    QTest::newRow("default") << QString(kDefaultNameTemplate) << QString();
    QTest::newRow("unknown") << u"{date}_{colour}"_s << u"{colour}"_s;
    QTest::newRow("open") << u"{date}_{id8"_s << u"{id8"_s;
    QTest::newRow("closed") << u"date}"_s << u"}"_s;
    QTest::newRow("one name for all") << u"clip"_s << u"{id8}"_s;
    QTest::newRow("upwards") << u"../{id8}"_s << u".."_s;
}

void TestFileNaming::templateProblems()
{
    QFETCH(QString, nameTemplate);
    QTEST(nameTemplateProblem(nameTemplate), "problem");
}

void TestFileNaming::fieldsOfATask()
{
    Task task;
    task.id = u"e0285388-b14c"_s;
    task.model = u"Qubico/flux1-dev"_s;
    task.works.resize(12);
    const NameFields fields = nameFields(task, 1, Media(), Variant::Unstated, u"PNG"_s);
    // No time, no variant: their separators go with them.
    QCOMPARE(relativeFilePath(kDefaultNameTemplate, fields), u"Qubico_flux1-dev_e0285388_02.png"_s);
}

TASKREEL_TEST_MAIN(TestFileNaming, QCoreApplication)
#include "tst_filenaming.moc"
