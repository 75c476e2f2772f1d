// SPDX-License-Identifier: MIT
#include "support/isolation.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

// English has two forms, and the source's "(s)" is neither: the translation that the program loads knows both, for
// every counted text of the sources.
class TestPlurals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneAndMany_data();
    void oneAndMany();
    void everyCountedTextIsThere();

private:
    struct Message
    {
        QByteArray context;
        QString source;
    };
    static QStringList countedTexts(const QString &path);
    QList<Message> m_messages;
};

void TestPlurals::initTestCase()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/../..") + u"/resources/translations/taskreel_en.ts"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QByteArray context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name"_s)
            context = xml.readElementText().toUtf8();
        else if (xml.name() == u"source"_s)
            m_messages.append({context, xml.readElementText()});
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(m_messages.size() > 10);
    auto *translator = new QTranslator(qApp);
    QVERIFY(translator->load(u":/i18n/taskreel_en.qm"_s));
    QVERIFY(QCoreApplication::installTranslator(translator));
}

void TestPlurals::oneAndMany_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QString>("source");
    for (const Message &message : std::as_const(m_messages))
        QTest::newRow(qPrintable(message.source)) << message.context << message.source;
}

void TestPlurals::oneAndMany()
{
    QFETCH(QByteArray, context);
    QFETCH(QString, source);
    const auto text = [&context, &source](int count) {
        return QCoreApplication::translate(context.constData(), source.toUtf8().constData(), nullptr, count);
    };
    for (const int count : {0, 1, 2}) {
        QVERIFY2(!text(count).contains(u"(s)"_s), qPrintable(text(count)));
        QVERIFY2(text(count).contains(QString::number(count)), qPrintable(text(count)));
    }
    if (source.contains(u"(s)"_s)) {
        QString other = text(2);
        QVERIFY(text(1) != other.replace(u'2', u'1'));
    }
}

/// The string literals of a source file that count with %n or %Ln; neighbouring ones are one.
QStringList TestPlurals::countedTexts(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression literals(u"(?:\"((?:[^\"\\\\\\n]|\\\\.)*)\"\\s*)+"_s);
    static const QRegularExpression seam(u"\"\\s*\""_s);
    QStringList texts;
    for (const QString &statement : QString::fromUtf8(file.readAll()).split(u';')) {
        for (auto it = literals.globalMatch(statement); it.hasNext();) {
            QString text = it.next().captured().trimmed();
            text = text.mid(1, text.size() - 2).remove(seam);
            if (text.contains(u"%n"_s) || text.contains(u"%Ln"_s))
                texts.append(text);
        }
    }
    return texts;
}

void TestPlurals::everyCountedTextIsThere()
{
    QSet<QString> known;
    for (const Message &message : std::as_const(m_messages))
        known.insert(message.source);
    int found = 0;
    QStringList missing;
    for (const QString &room : {u"/app"_s, u"/ui"_s}) {
        for (QDirIterator it(QStringLiteral(TEST_DATA_DIR "/../..") + room, {u"*.cpp"_s}, QDir::Files,
                             QDirIterator::Subdirectories);
             it.hasNext();) {
            const QString path = it.next();
            for (const QString &text : countedTexts(path)) {
                ++found;
                if (!known.contains(text))
                    missing.append(path + u": "_s + text);
            }
        }
    }
    QVERIFY(found > 10);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

TASKREEL_TEST_MAIN(TestPlurals, QCoreApplication)
#include "tst_plurals.moc"
