// SPDX-License-Identifier: MIT
// Longer than other files: one table of hostile names, for the functions that must not let any pass.
#include "core/formats/filenaming.h"
#include "core/text/namingtext.h"
#include "support/isolation.h"

#include <QDir>
#include <QRegularExpression>

#include <array>
#include <random>

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
    fields.works = 3;
    fields.durationMs = 5100;
    fields.prompt = u"A paper boat"_s;
    fields.seed = u"777"_s;
    fields.extension = u"mp4"_s;
    return fields;
}

/// What is wrong with one part of a path; empty: nothing. Written apart from the sanitiser, by the
/// rules of the systems.
static QString fault(const QString &part)
{
    static const QRegularExpression reserved(
        u"^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|clock\\$|conin\\$|conout\\$)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (part.isEmpty() || part == u"."_s || part == u".."_s)
        return u"no name"_s;
    if (part.startsWith(u' ') || part.endsWith(u' ') || part.endsWith(u'.'))
        return u"blank or dot at an end"_s;
    if (part.toUtf8().size() > kLongestNumberedName)
        return u"too long"_s;
    if (!part.isValidUtf16() || QString::fromUtf8(part.toUtf8()) != part)
        return u"half a character"_s;
    if (part.normalized(QString::NormalizationForm_C) != part)
        return u"not composed"_s;
    if (reserved.match(part.section(u'.', 0, 0).trimmed()).hasMatch())
        return u"reserved"_s;
    for (const QChar c : part) {
        const ushort u = c.unicode();
        const bool control = u < 0x20 || (u >= 0x7f && u < 0xa0);
        const bool direction = (u >= 0x200b && u <= 0x200f) || (u >= 0x2028 && u <= 0x202e)
            || (u >= 0x2060 && u <= 0x206f) || u == 0xfeff || u == 0x061c;
        if (control || direction || u"/\\<>:\"|?*"_s.contains(c))
            return u"U+%1"_s.arg(u, 4, 16, QChar(u'0'));
    }
    return {};
}

static bool isSafePart(const QString &part)
{
    return fault(part).isEmpty();
}

/// What is wrong with a whole relative path.
static QString pathFault(const QString &path)
{
    const QStringList parts = path.split(u'/');
    for (const QString &part : parts) {
        if (const QString wrong = fault(part); !wrong.isEmpty())
            return wrong;
    }
    const bool inside = QDir::cleanPath(u"/saved/"_s + path) == u"/saved/"_s + path;
    return inside ? QString() : u"outside"_s;
}

/// Text as hostile as it gets, the same for a seed.
class Hostile
{
public:
    explicit Hostile(quint64 seed) : m_random(seed) { }

    int below(int limit) { return int(m_random() % quint64(limit)); }

    QString text(int longest)
    {
        QString result;
        for (int pieces = below(longest); pieces > 0; --pieces)
            result.append(piece());
        return result;
    }

private:
    QString piece()
    {
        static const QStringList kPieces{u"/"_s,
                                         u"\\"_s,
                                         u".."_s,
                                         u"."_s,
                                         u" "_s,
                                         u"con"_s,
                                         u"COM\u00b9"_s,
                                         u"lpt9"_s,
                                         u"aux."_s,
                                         u"nul .x"_s,
                                         u".part"_s,
                                         u"{id}"_s,
                                         u"{"_s,
                                         u"}"_s,
                                         u":"_s,
                                         u"*?<>|\""_s,
                                         u"\u202e"_s,
                                         u"\u200d"_s,
                                         u"e\u0301"_s,
                                         u"\u0301"_s,
                                         u"\u0338"_s,
                                         u"\ufeff"_s,
                                         u"\U0001F30A"_s,
                                         u"-"_s,
                                         u"\u4e00"_s,
                                         u"\n"_s,
                                         u"\u0085"_s,
                                         u"\u2028"_s,
                                         u"~"_s,
                                         u"$"_s,
                                         u"\u1100\u1161"_s,
                                         u"\U000E0041"_s,
                                         u"\U0001F468\u200d\U0001F469"_s,
                                         u"\ufffe"_s,
                                         u"C:"_s,
                                         u".mp4"_s};
        switch (below(4)) {
        case 0:
            return QString(QChar(ushort(below(0x10000)))); // also halves of characters
        case 1:
            return QString(1 + below(60), QChar(ushort(0x20 + below(0x60))));
        case 2:
            return QString::fromUcs4(std::array{char32_t(below(0x110000))}.data(), 1);
        default:
            return kPieces.at(below(int(kPieces.size())));
        }
    }

    std::mt19937_64 m_random;
};

/// Of the environment, to see a failure again; else another each time.
static quint64 fuzzSeed()
{
    bool given = false;
    const quint64 seed = qEnvironmentVariable("TASKREEL_FUZZ_SEED").toULongLong(&given);
    return given ? seed : std::random_device()();
}

/// How to see a failure again.
static QByteArray whereOf(quint64 seed, int number, const QString &text)
{
    return "TASKREEL_FUZZ_SEED=" + QByteArray::number(seed) + " case " + QByteArray::number(number)
        + " (" + text.toUtf8().toPercentEncoding() + "): ";
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
    void everyPlaceholderGivesSomething();
    void namesThatOneSystemTakesForTheSame();
    void longPathsAreCut();
    void fuzzedNames();
    void fuzzedTemplates();
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
    QTest::newRow("sizes and numbers")
        << u"{width} {height} {work} of {works}, {seed}"_s << u"1440 1440 1 of 3, 777.mp4"_s;
    QTest::newRow("extension") << u"{id8}.{ext}"_s << u"e0285388.mp4"_s;
    QTest::newRow("extension elsewhere") << u"{ext}/{id8} ({ext})"_s << u"mp4/e0285388 (mp4).mp4"_s;
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
    QTest::newRow("reserved, superscript") << u"COM\u00b9.mp4"_s << u"_COM\u00b9.mp4"_s;
    QTest::newRow("reserved, blank before the dot") << u"nul .mp4"_s << u"_nul.mp4"_s;
    QTest::newRow("reserved once cut")
        << u"con "_s + QString(400, QChar(0x0301)) + u".mp4"_s << u"_con.mp4"_s;
    QTest::newRow("accent apart") << u"cafe\u0301.mp4"_s << u"caf\u00e9.mp4"_s;
    QTest::newRow("accent behind something invisible")
        << u"cafe\u200d\u0301.mp4"_s << u"caf\u00e9.mp4"_s;
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
    QVERIFY(name.toUtf8().size() > 200);
    // What the program may add: a number, a longer extension, the details beside it and their part.
    const QString longest = numberedFileName(name, 99'999) + u"abcde.json.part"_s;
    QVERIFY(longest.toUtf8().size() <= 255);
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
    using Fault = TemplateProblem::Fault;
    QTest::addColumn<QString>("nameTemplate");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QString>("part");
    const auto add = [](const char *name, const QString &text, Fault wanted,
                        const QString &part = {}) {
        QTest::newRow(name) << text << int(wanted) << part;
    };
    add("default", kDefaultNameTemplate, Fault::None);
    add("every placeholder",
        u"{model} {type} {date} {time} {id} {id8} {work} {works} {variant} {width} "
        "{height} {duration} {prompt} {seed}.{ext}"_s,
        Fault::None);
    add("folders", u"{date}/{model}/{id8}"_s, Fault::None);
    add("unknown", u"{date}_{colour}"_s, Fault::UnknownPlaceholder, u"{colour}"_s);
    add("unknown, capitals", u"{Date}"_s, Fault::UnknownPlaceholder, u"{Date}"_s);
    add("nameless", u"{}"_s, Fault::UnknownPlaceholder, u"{}"_s);
    add("open", u"{date}_{id8"_s, Fault::OpenBrace, u"{id8"_s);
    add("open before another", u"{date_{id8}"_s, Fault::OpenBrace, u"{date_"_s);
    add("closed", u"date}"_s, Fault::StrayBrace);
    add("one name for all", u"clip"_s, Fault::OneNameForAll);
    add("upwards", u"../{id8}"_s, Fault::Upwards);
    add("empty", QString(), Fault::Empty);
    add("blank", u"  "_s, Fault::Empty);
    add("only the extension", u".{ext}"_s, Fault::Empty);
    add("only separators", u"{date}/ - _"_s, Fault::Empty);
    add("a folder without a name in it", u"{date}/{model}/"_s, Fault::Empty);
    add("invisible", u"\u202e"_s, Fault::Empty);
    add("deep", u"1/2/3/4/5/6/7/8/{id8}"_s, Fault::TooManyFolders);
}

void TestFileNaming::templateProblems()
{
    QFETCH(QString, nameTemplate);
    QFETCH(int, wanted);
    const TemplateProblem problem = nameTemplateProblem(nameTemplate);
    QCOMPARE(int(problem.fault), wanted);
    QTEST(problem.part, "part");
    // Each has its words, which name the part that is wrong.
    const QString words = templateProblemText(problem);
    QCOMPARE(words.isEmpty(), problem.isNone());
    QVERIFY2(words.contains(problem.part), qPrintable(words));
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

void TestFileNaming::everyPlaceholderGivesSomething()
{
    const QStringList names = namePlaceholders();
    for (const QString &wanted :
         {u"model"_s, u"type"_s, u"date"_s, u"time"_s, u"id"_s, u"id8"_s, u"work"_s, u"works"_s,
          u"variant"_s, u"width"_s, u"height"_s, u"duration"_s, u"prompt"_s, u"seed"_s, u"ext"_s})
        QVERIFY2(names.contains(wanted), qPrintable(wanted));
    for (const QString &name : names) {
        QVERIFY2(!placeholderText(name).isEmpty(), qPrintable(name));
        const QString path = relativeFilePath(u"x{"_s + name + u'}', sampleFields());
        QVERIFY2(path.size() > 5, qPrintable(path));
    }
}

void TestFileNaming::namesThatOneSystemTakesForTheSame()
{
    QCOMPARE(pathKey(u"Clip.MP4"_s), pathKey(u"clip.mp4"_s));
    QCOMPARE(pathKey(u"caf\u00e9"_s), pathKey(u"CAFE\u0301"_s));
    QCOMPARE(pathKey(u"\uac00"_s), pathKey(u"\u1100\u1161"_s)); // Hangul
    QVERIFY(pathKey(u"a"_s) != pathKey(u"b"_s));
}

void TestFileNaming::longPathsAreCut()
{
    NameFields fields = sampleFields();
    fields.prompt = QString(120, QChar(0x4e00)); // 360 bytes, of which a placeholder takes 120
    const QString deep = u"{prompt}/{prompt}{prompt}/{model}/{prompt}_{id8}"_s;
    const QString whole = relativeFilePath(deep, fields, 4000);
    QVERIFY(whole.toUtf8().size() > 450);
    for (const qsizetype room : {400, 200, 120, 60, 24}) {
        const QString path = relativeFilePath(deep, fields, room);
        QVERIFY2(path.toUtf8().size() <= room, qPrintable(path));
        QVERIFY2(path.endsWith(u".mp4"_s), qPrintable(path));
        QCOMPARE(pathFault(path), QString());
    }
    QCOMPARE(relativeFilePath(deep, fields, 200).count(u'/'), 3); // folders stay while they can
    // In a folder near the system's limit the whole path still holds.
    const QString folder = u'/' + QString(3'990, u'd');
    const qsizetype room = pathRoomIn(folder);
    QVERIFY(room >= 24);
    const QString path = folder + u'/' + relativeFilePath(deep, fields, room);
    QVERIFY(path.toUtf8().size() < 4'096);
}

void TestFileNaming::fuzzedNames()
{
    const quint64 seed = fuzzSeed();
    Hostile hostile(seed);
    for (int i = 0; i < 20'000; ++i) {
        const QString name = hostile.text(14);
        const QString clean = sanitisedFileName(name);
        const auto where = [&] { return whereOf(seed, i, name); };
        QVERIFY2(fault(clean).isEmpty(), (where() + qPrintable(fault(clean))).constData());
        QVERIFY2(clean.toUtf8().size() <= kLongestName, where().constData());
        QVERIFY2(sanitisedFileName(clean) == clean, where().constData());
        const QString numbered = numberedFileName(clean, 2 + hostile.below(99'998));
        QVERIFY2(fault(numbered).isEmpty() && numbered != clean, where().constData());
    }
}

void TestFileNaming::fuzzedTemplates()
{
    const quint64 seed = fuzzSeed();
    Hostile hostile(seed);
    const QStringList names = namePlaceholders();
    for (int i = 0; i < 20'000; ++i) {
        QString nameTemplate;
        for (int pieces = 1 + hostile.below(6); pieces > 0; --pieces) {
            nameTemplate += hostile.below(3) == 0
                ? hostile.text(3)
                : u'{' + names.at(hostile.below(int(names.size()))) + u'}';
        }
        NameFields fields = sampleFields();
        fields.model = hostile.text(5);
        fields.prompt = hostile.text(8);
        fields.taskId = hostile.text(5);
        fields.type = fields.seed = hostile.text(3);
        if (hostile.below(4) == 0)
            fields.extension = hostile.text(2);
        const qsizetype room = 24 + hostile.below(900);
        const QString path = relativeFilePath(nameTemplate, fields, room);
        const auto where = [&] { return whereOf(seed, i, nameTemplate); };
        QVERIFY2(pathFault(path).isEmpty(), (where() + qPrintable(pathFault(path))).constData());
        QVERIFY2(path.toUtf8().size() <= room, where().constData());
        QVERIFY2(path.count(u'/') < 8, where().constData());
    }
}

TASKREEL_TEST_MAIN(TestFileNaming, QCoreApplication)
#include "tst_filenaming.moc"
