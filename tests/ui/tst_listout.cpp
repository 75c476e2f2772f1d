// SPDX-License-Identifier: MIT
#include "core/downloads/downloadqueue.h"
#include "triagefixture.h"
#include "ui/window/actionids.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::TriageFixture;

// What goes out of the list, and what is said of the selection and of links that end soon, in the real
// window.
class ListOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void copiesTheSelection();
    void exportsTheList();
    void exportsTheSelection();
    void saysWhatTheSelectionComesTo();
    void warnsOfLinksThatEnd();

private:
    static void chooseFile(const TriageFixture &f, const QString &path, const QString &filterPart);
};

void ListOut::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void ListOut::copiesTheSelection()
{
    TriageFixture f;
    f.fill(4);
    QVERIFY(!f.action(actionid::kCopyLinks)->isEnabled() || !f.window->selection()->selected().isEmpty());
    f.select({2, 1});
    f.action(actionid::kCopyLinks)->trigger();
    QClipboard *clipboard = QGuiApplication::clipboard();
    // In the order of the list.
    SOON_COMPARE(clipboard->text(), u"http://127.0.0.1:9/1.mp4\nhttp://127.0.0.1:9/2.mp4\n"_s);
    SOON_VERIFY2(f.message().contains(u"2"_s), qPrintable(f.message()));
    f.action(actionid::kCopyCsv)->trigger();
    SOON_VERIFY(clipboard->text().startsWith(u"task_id,"_s));
    QCOMPARE(clipboard->text().count(u'\n'), 3);
    f.action(actionid::kCopyMarkdown)->trigger();
    SOON_VERIFY(clipboard->text().startsWith(u"| Prompt |"_s));
    f.action(actionid::kCopyJson)->trigger();
    SOON_VERIFY(clipboard->text().startsWith(u'['));
}

void ListOut::chooseFile(const TriageFixture &f, const QString &path, const QString &filterPart)
{
    QFileDialog *dialog = nullptr;
    SOON_VERIFY((dialog = f.window->findChild<QFileDialog *>(u"exportListDialog"_s)));
    const QStringList filters = dialog->nameFilters();
    for (const QString &filter : filters) {
        if (filter.contains(filterPart)) {
            dialog->selectNameFilter(filter);
            Q_EMIT dialog->filterSelected(filter); // as a choice by hand does
        }
    }
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
}

void ListOut::exportsTheList()
{
    TriageFixture f;
    f.fill(3);
    f.action(actionid::kExportList)->trigger();
    const QString path = f.folder.filePath(u"all"_s);
    chooseFile(f, path, u"CSV"_s.toLower());
    SOON_VERIFY(QFile::exists(path + u".csv"_s)); // with its suffix
    QFile file(path + u".csv"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 4);
    SOON_VERIFY2(f.message().contains(u"3"_s), qPrintable(f.message()));
}

void ListOut::exportsTheSelection()
{
    TriageFixture f;
    f.fill(3);
    f.select({1});
    f.action(actionid::kExportSelected)->trigger();
    const QString path = f.folder.filePath(u"ids"_s);
    chooseFile(f, path, u"Task IDs"_s);
    SOON_VERIFY(QFile::exists(path + u".txt"_s));
    QFile file(path + u".txt"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), TriageFixture::idOf(1).toUtf8() + '\n');
}

void ListOut::saysWhatTheSelectionComesTo()
{
    TriageFixture f;
    f.fill(3);
    f.merge(TriageFixture::task(3, TaskStatus::Processing));
    auto *summary = f.window->findChild<QWidget *>(u"selectionSummary"_s);
    QVERIFY(summary);
    f.select({0});
    QTest::qWait(80);
    QVERIFY(!summary->isVisible()); // one speaks for itself
    f.select({0, 1, 2});
    SOON_VERIFY(summary->isVisible());
    QString words = test::descriptionOf(summary);
    QVERIFY2(words.startsWith(u"3 selected"_s), qPrintable(words));
    QVERIFY2(words.contains(u"≈\u00a0$0.75"_s), qPrintable(words));
    QVERIFY2(words.contains(u"4\u00a0min\u00a030\u00a0s"_s), qPrintable(words));
    f.select({0, 3}); // one is not through
    SOON_VERIFY(test::descriptionOf(summary).startsWith(u"2 selected"_s));
    words = test::descriptionOf(summary);
    QVERIFY2(words.contains(u"(of 1)"_s), qPrintable(words));
    f.select({1});
    SOON_VERIFY(!summary->isVisible());
}

void ListOut::warnsOfLinksThatEnd()
{
    TriageFixture f;
    f.context->downloads()->setPatience({.tries = 1});
    f.fill(2);
    QTest::qWait(600); // the notice looks again half a second after a change
    QVERIFY2(!f.message().contains(u"within a day"_s), qPrintable(f.message()));
    QVERIFY(!f.action(actionid::kSaveExpiring)->isEnabled());
    Task later = TriageFixture::task(7);
    later.works[0].media[0].sources[0].expiresAt = QDateTime::currentDateTimeUtc().addDays(9);
    f.merge(later);
    SOON_VERIFY(f.action(actionid::kSaveExpiring)->isEnabled());
    QVERIFY2(!f.message().contains(u"within a day"_s), qPrintable(f.message()));
    Task soon = TriageFixture::task(8);
    soon.works[0].media[0].sources[0].expiresAt = QDateTime::currentDateTimeUtc().addSecs(3 * 3600 - 60);
    f.merge(soon);
    SOON_VERIFY2(f.message().contains(u"within a day"_s), qPrintable(f.message()));
    QVERIFY2(f.message().contains(u"3\u00a0h"_s), qPrintable(f.message()));
    auto *button = test::findByName<QAbstractButton>(f.window.get(), u"Save before it goes"_s);
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    // Here nobody listens, so the rows say that it failed. The button saves what it names, no more.
    SOON_COMPARE(f.context->repository()->find(soon.id)->saveState, SaveState::Failed);
    QCOMPARE(f.context->repository()->find(later.id)->saveState, SaveState::NotSaved);
    f.action(actionid::kSaveExpiring)->trigger();
    SOON_VERIFY(f.context->repository()->find(later.id)->saveState != SaveState::NotSaved);
    QCOMPARE(f.context->repository()->find(TriageFixture::idOf(0))->saveState, SaveState::NotSaved);
}

TASKREEL_TEST_MAIN(ListOut, QApplication)
#include "tst_listout.moc"
