// SPDX-License-Identifier: MIT
#include "core/text/errortext.h"
#include "support/isolation.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasWords();
    void filesPromiseNoFurtherTry();
    void serverWordsAreIncluded();
    void serverWordsStayPlain();
    void longWordsAreCut();
    void phrases();
};

void TestErrorText::everyKindHasWords()
{
    QSet<QString> sentences;
    QSet<QString> phrases;
    const int last = static_cast<int>(ErrorKind::Other);
    for (int i = 1; i <= last; ++i) {
        const Error error{static_cast<ErrorKind>(i), 0, {}, {}, -1};
        const QString sentence = errorSentence(error);
        const QString phrase = errorPhrase(error);
        QVERIFY2(sentence.endsWith(u'.') && sentence.at(0).isUpper(), qPrintable(sentence));
        // What happened and what to do are at least two statements.
        QVERIFY2(sentence.contains(u". "_s) || sentence.contains(u", "_s), qPrintable(sentence));
        QVERIFY2(!sentence.contains(u'!'), qPrintable(sentence));
        QVERIFY2(phrase.size() > 0 && phrase.size() < 30, qPrintable(phrase));
        sentences.insert(sentence);
        phrases.insert(phrase);
    }
    QCOMPARE(sentences.size(), last);
    QCOMPARE(phrases.size(), last);
    QVERIFY(errorSentence({}).isEmpty());
    QVERIFY(errorPhrase({}).isEmpty());
}

void TestErrorText::filesPromiseNoFurtherTry()
{
    for (int i = 1; i <= static_cast<int>(ErrorKind::Other); ++i) {
        const QString sentence =
            errorSentence({static_cast<ErrorKind>(i), 0, {}, {}, -1}, Retry::ByHand);
        QVERIFY2(!sentence.contains(u"by itself"_s) && sentence.endsWith(u'.'), qPrintable(sentence));
    }
}

void TestErrorText::serverWordsAreIncluded()
{
    const QString text = errorSentence({ErrorKind::ServerFault, 502, u"Bad gateway"_s, {}, -1});
    QVERIFY(text.contains(u"Bad gateway"_s));
    QVERIFY(text.contains(u"HTTP 502"_s));
    const QString moved =
        errorSentence({ErrorKind::Redirected, 302, {}, u"https://new.example/"_s, -1});
    QVERIFY(moved.contains(u"https://new.example/"_s));
    QVERIFY(moved.contains(u"Settings"_s));
}

void TestErrorText::serverWordsStayPlain()
{
    const QString hostile = u"<img src='file:///x'> %1 %2"_s;
    const QString text = errorSentence({ErrorKind::NotFound, 404, hostile, {}, -1});
    QVERIFY(text.contains(hostile));
    QVERIFY(errorSentence({ErrorKind::NotFound, 404, u"two\nlines"_s, {}, -1})
                .contains(u"two lines"_s));
}

void TestErrorText::longWordsAreCut()
{
    QVERIFY(errorSentence({ErrorKind::Other, 0, QString(100'000, u'x'), {}, -1}).size() < 600);
}

void TestErrorText::phrases()
{
    QCOMPARE(errorPhrase({ErrorKind::ServerFault, 502, u"x"_s, {}, -1}), u"service fault (502)"_s);
    QCOMPARE(errorPhrase({ErrorKind::KeyRefused, 401, {}, {}, -1}), u"key refused"_s);
    QCOMPARE(errorPhrase({ErrorKind::NotFound, 404, {}, {}, -1}), u"not found"_s);
}

TASKREEL_TEST_MAIN(TestErrorText, QCoreApplication)
#include "tst_errortext.moc"
