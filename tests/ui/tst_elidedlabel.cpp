// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/common/elidedlabel.h"
#include "ui/theme/theme.h"
#include "ui/window/banner.h"

#include <QApplication>
#include <QTextDocumentFragment>
#include <QVBoxLayout>
#include <QtTest>

using namespace taskreel;
using namespace Qt::StringLiterals;

class ElidedLabelTest final : public QObject
{
    Q_OBJECT

private:
    static void show(QWidget *window)
    {
        window->resize(900, 100);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window));
    }

private Q_SLOTS:
    void theToolTipIsThePlainText()
    {
        QWidget window;
        ElidedLabel label(&window);
        label.resize(60, 20);
        show(&window);
        const QString words = u"Tom & \"Jerry\" <img src='file:///x'> and many more words"_s;
        label.setWords(words);
        QVERIFY(label.text().endsWith(u'…'));
        QVERIFY(Qt::mightBeRichText(label.toolTip())); // so that the escapes are taken back
        QCOMPARE(QTextDocumentFragment::fromHtml(label.toolTip()).toPlainText(), words);
        QVERIFY(!label.toolTip().contains(u"<img"_s));
        label.resize(2000, 20);
        SOON_VERIFY(label.toolTip().isEmpty());
        QCOMPARE(label.text(), words);
    }

    void twoLinesBeforeAnythingIsCut()
    {
        QWidget window;
        ElidedLabel label(&window);
        label.setMostLines(2);
        show(&window);
        const QString words = u"The service cannot be reached. What is here stays usable."_s;
        label.setWords(words);
        const int whole = label.sizeHint().width();
        label.resize(whole + 4, 40);
        QCOMPARE(label.text(), words);
        const int one = label.heightForWidth(whole + 4);
        label.resize(whole * 2 / 3, 40);
        QCOMPARE(label.text().simplified(), words);
        QCOMPARE(label.text().count(u'\n'), 1);
        QVERIFY(label.toolTip().isEmpty());
        QVERIFY(label.heightForWidth(whole * 2 / 3) > one + 8);
        label.resize(whole / 3, 40);
        QCOMPARE(label.text().count(u'\n'), 1);
        QVERIFY(label.text().endsWith(u'…'));
        QVERIFY(!label.toolTip().isEmpty());
        QCOMPARE(label.words(), words);
    }

    void aNarrowBannerGrowsALine()
    {
        Theme theme;
        theme.apply(Appearance::Light);
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *banner = new Banner(&theme);
        layout->addWidget(banner);
        layout->addStretch(1);
        window.resize(1400, 300);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QString words = u"The service cannot be reached. What is here stays usable; asking goes on by "
                              u"itself, as soon as it answers."_s;
        banner->showNotice({.text = words, .buttons = {{u"Try again"_s, [] {}}, {u"Settings"_s, [] {}}}});
        auto *label = banner->findChild<ElidedLabel *>(u"message"_s);
        SOON_COMPARE(label->text(), words);
        const int low = banner->height();
        window.resize(700, 300);
        SOON_COMPARE(label->text().count(u'\n'), 1);
        SOON_COMPARE(label->text().simplified(), words);
        SOON_VERIFY(label->height() >= 2 * label->fontMetrics().height());
        QVERIFY(banner->height() > low);
        QVERIFY(banner->height() < low + 24);
    }
};

TASKREEL_TEST_MAIN(ElidedLabelTest, QApplication)
#include "tst_elidedlabel.moc"
