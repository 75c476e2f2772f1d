// SPDX-License-Identifier: MIT
#include "triagefixture.h"
#include "ui/details/detailpane.h"
#include "ui/window/actionids.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCompleter>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::TriageFixture;

// Star, reject, tag, note and remove in the real window, by keys.
class Triage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void starAndRejectByKeys();
    void starOfSeveral();
    void tagsByKey();
    void tagsOfSeveralAreMerged();
    void noteByKey();
    void aLineBelongsToThoseSelectedThen();
    void marksAreSeenAndSpoken();
    void removeFinishedAndFailed();
    void theBannerUndoesItsOwnStep();
    void anAnswerLeavesTypedTagsAlone();
    void keysDoNotClash();
    void menusHoldThem();

private:
    static QLineEdit *field(const TriageFixture &f, const char *name)
    {
        return f.window->findChild<QLineEdit *>(QLatin1StringView(name));
    }
};

void Triage::starAndRejectByKeys()
{
    TriageFixture f;
    f.fill(3);
    f.select({1});
    QTest::keyClick(f.table(), Qt::Key_B);
    QVERIFY(f.marks(1).starred);
    QVERIFY(!f.marks(0).starred);
    auto *button = f.window->findChild<QToolButton *>(u"paneStar"_s);
    QVERIFY(button && button->isVisible());
    SOON_VERIFY(button->isChecked());
    QTest::keyClick(f.table(), Qt::Key_X); // the newer word counts
    QVERIFY(f.marks(1).rejected);
    QVERIFY(!f.marks(1).starred);
    SOON_VERIFY(!button->isChecked());
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.marks(1), (TaskMarks{true, false, {}, {}}));
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.marks(1), TaskMarks());
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(f.marks(1).starred);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!f.marks(1).starred);
    QTest::keyClick(f.table(), Qt::Key_Asterisk);
    QVERIFY(f.marks(1).starred);
}

void Triage::starOfSeveral()
{
    TriageFixture f;
    f.fill(4);
    f.select({1});
    QTest::keyClick(f.table(), Qt::Key_B);
    f.select({0, 1, 2});
    SOON_VERIFY(!f.action(paneaction::kStar)->isChecked()); // not all of them are
    QTest::keyClick(f.table(), Qt::Key_B);
    for (int n = 0; n < 3; ++n)
        QVERIFY(f.marks(n).starred);
    QVERIFY(!f.marks(3).starred);
    SOON_VERIFY(f.action(paneaction::kStar)->isChecked());
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier); // one step
    QVERIFY(!f.marks(0).starred);
    QVERIFY(f.marks(1).starred); // as it was
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(f.table(), Qt::Key_B); // all of them are: the star goes
    for (int n = 0; n < 3; ++n)
        QVERIFY(!f.marks(n).starred);
}

void Triage::tagsByKey()
{
    TriageFixture f;
    f.fill(3);
    f.context->repository()->setMarks(TriageFixture::idOf(2), {false, false, {}, {u"sky"_s, u"sea"_s}});
    f.select({0, 1});
    SOON_VERIFY(f.action(actionid::kTags)->isEnabled());
    QVERIFY(f.table()->hasFocus());
    QTest::keyClick(f.table(), Qt::Key_G);
    QLineEdit *tags = field(f, "tagsField");
    SOON_VERIFY2(tags->hasFocus(), qPrintable(QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : u"nobody"_s));
    QTest::keyClicks(tags, u"client, sk"_s);
    auto *completer = tags->findChild<QCompleter *>();
    SOON_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(tags->text(), u"client, sky, "_s);
    QTest::keyClick(tags, Qt::Key_Return);
    QCOMPARE(f.marks(0).tags, (QStringList{u"client"_s, u"sky"_s}));
    QCOMPARE(f.marks(1).tags, (QStringList{u"client"_s, u"sky"_s}));
    SOON_VERIFY(f.table()->hasFocus());
    SOON_COMPARE(tags->text(), u"client, sky"_s);
    QTest::keyClick(f.table(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(f.marks(0).tags.isEmpty() && f.marks(1).tags.isEmpty());
    SOON_COMPARE(tags->text(), QString());
}

void Triage::tagsOfSeveralAreMerged()
{
    TriageFixture f;
    f.fill(2);
    f.context->repository()->setMarks(TriageFixture::idOf(0), {false, false, {}, {u"sea"_s, u"sky"_s}});
    f.context->repository()->setMarks(TriageFixture::idOf(1), {false, false, {}, {u"boats"_s, u"sky"_s}});
    f.select({0, 1});
    QLineEdit *tags = field(f, "tagsField");
    SOON_COMPARE(tags->text(), u"sky"_s); // what both have
    QTest::keyClick(f.table(), Qt::Key_G);
    SOON_VERIFY(tags->hasFocus());
    tags->selectAll();
    QTest::keyClicks(tags, u"client"_s);
    QTest::keyClick(tags, Qt::Key_Return);
    QCOMPARE(f.marks(0).tags, (QStringList{u"client"_s, u"sea"_s}));
    QCOMPARE(f.marks(1).tags, (QStringList{u"boats"_s, u"client"_s}));
}

void Triage::noteByKey()
{
    TriageFixture f;
    f.fill(3);
    f.select({0});
    QLineEdit *note = field(f, "noteField");
    QTest::keyClick(f.table(), Qt::Key_N);
    SOON_VERIFY(note->hasFocus());
    QTest::keyClicks(note, u"nothing"_s);
    QTest::keyClick(note, Qt::Key_Escape);
    SOON_VERIFY(f.table()->hasFocus());
    QCOMPARE(f.marks(0).note, QString());
    QCOMPARE(note->text(), QString());
    QTest::keyClick(f.table(), Qt::Key_N);
    SOON_VERIFY(note->hasFocus());
    QTest::keyClicks(note, u" <b>for</b> the client "_s);
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(f.marks(0).note, u"<b>for</b> the client"_s);
    f.select({0, 1});
    SOON_COMPARE(note->placeholderText(), u"Different notes"_s);
    QCOMPARE(note->text(), QString());
    QTest::keyClick(f.table(), Qt::Key_N);
    SOON_VERIFY(note->hasFocus());
    QTest::keyClick(note, Qt::Key_Return); // nothing typed, nothing said
    QCOMPARE(f.marks(0).note, u"<b>for</b> the client"_s);
    QCOMPARE(f.marks(1).note, QString());
}

void Triage::aLineBelongsToThoseSelectedThen()
{
    TriageFixture f;
    f.fill(2);
    f.select({0});
    QLineEdit *note = field(f, "noteField");
    QTest::keyClick(f.table(), Qt::Key_N);
    SOON_VERIFY(note->hasFocus());
    QTest::keyClicks(note, u"first"_s);
    f.select({1}); // as an intake does
    SOON_COMPARE(f.marks(0).note, u"first"_s);
    QCOMPARE(f.marks(1).note, QString());
    SOON_COMPARE(note->text(), QString());
}

void Triage::marksAreSeenAndSpoken()
{
    TriageFixture f;
    f.fill(2);
    f.select({1});
    const auto picture = [&f] {
        QRect row;
        for (int column = 0; column < f.table()->model()->columnCount(); ++column)
            row |= f.table()->visualRect(f.context->filter()->index(0, column));
        return f.table()->viewport()->grab(row & f.table()->viewport()->rect()).toImage();
    };
    const QModelIndex cover = f.context->filter()->indexOf(TriageFixture::idOf(0));
    QCOMPARE(cover.row(), 0);
    SOON_VERIFY(!f.table()->visualRect(cover).isEmpty());
    const QImage plain = picture();
    QList<QImage> seen{plain};
    for (const TaskMarks &marks : {TaskMarks{true, false, {}, {}}, TaskMarks{false, true, {}, {}},
                                   TaskMarks{false, false, {}, {u"sky"_s}}}) {
        f.context->repository()->setMarks(TriageFixture::idOf(0), marks);
        SOON_VERIFY(picture() != seen.constLast());
        for (const QImage &other : std::as_const(seen))
            QVERIFY(picture() != other);
        seen.append(picture());
        const QString words = cover.data(Qt::AccessibleTextRole).toString();
        QCOMPARE(words.contains(u"starred"_s), marks.starred);
        QCOMPARE(words.contains(u"rejected"_s), marks.rejected);
    }
}

void Triage::removeFinishedAndFailed()
{
    TriageFixture f;
    f.fill(3);
    f.merge(TriageFixture::task(3, TaskStatus::Failed));
    f.merge(TriageFixture::task(4, TaskStatus::Processing));
    f.merge(TriageFixture::task(5, TaskStatus::Cancelled));
    TaskRepository *repository = f.context->repository();
    SOON_VERIFY(f.action(actionid::kRemoveFailed)->isEnabled());
    f.action(actionid::kRemoveFailed)->trigger();
    QCOMPARE(repository->ids(), (QStringList{TriageFixture::idOf(0), TriageFixture::idOf(1),
                                             TriageFixture::idOf(2), TriageFixture::idOf(4)}));
    f.action(actionid::kRemoveFinished)->trigger();
    QCOMPARE(repository->ids(), QStringList{TriageFixture::idOf(4)});
    SOON_VERIFY(!f.action(actionid::kRemoveFinished)->isEnabled());
    f.action(actionid::kUndo)->trigger();
    QCOMPARE(repository->count(), 4);
    f.action(actionid::kUndo)->trigger();
    QCOMPARE(repository->count(), 6);
    f.action(actionid::kRedo)->trigger();
    QCOMPARE(repository->count(), 4);
}

void Triage::theBannerUndoesItsOwnStep()
{
    TriageFixture f;
    f.fill(3);
    f.select({1});
    const auto undo = [&f] { return test::findByName<QAbstractButton>(f.window.get(), u"Undo"_s); };
    QTest::keyClick(f.table(), Qt::Key_Delete);
    SOON_VERIFY(undo());
    f.select({0});
    QTest::keyClick(f.table(), Qt::Key_B);
    SOON_VERIFY(!undo()); // it would take the star instead
    f.action(actionid::kUndo)->trigger();
    f.action(actionid::kUndo)->trigger();
    QCOMPARE(f.context->repository()->count(), 3);
    f.select({2});
    QTest::keyClick(f.table(), Qt::Key_Delete);
    SOON_VERIFY(undo());
    QTest::mouseClick(undo(), Qt::LeftButton);
    QCOMPARE(f.context->repository()->count(), 3);
    SOON_VERIFY(!undo());
}

void Triage::anAnswerLeavesTypedTagsAlone()
{
    TriageFixture f;
    f.fill(2);
    f.context->repository()->setMarks(TriageFixture::idOf(0), {false, false, {}, {u"sea"_s}});
    f.select({0});
    QLineEdit *tags = field(f, "tagsField");
    SOON_COMPARE(tags->text(), u"sea"_s);
    QTest::keyClick(f.table(), Qt::Key_G);
    SOON_VERIFY(tags->hasFocus());
    QSignalSpy changed(f.context->repository(), &TaskRepository::tasksChanged);
    f.context->repository()->setMarks(TriageFixture::idOf(1), {.starred = true}); // of another task
    SOON_COMPARE(changed.count(), 1);
    QTest::qWait(100); // the line looks at changes a moment later
    QTest::keyClicks(tags, u"sky"_s);
    QTest::keyClick(tags, Qt::Key_Return);
    QCOMPARE(f.marks(0).tags, (QStringList{u"sea"_s, u"sky"_s}));
}

void Triage::keysDoNotClash()
{
    const TriageFixture f;
    QHash<QKeySequence, QString> owners;
    const QList<QAction *> all = f.window->actions()->all();
    QSet<QKeySequence> inPanel; // of downloads: its own while it has the focus, whatever the window uses
    for (const QAction *action : all) {
        for (const QKeySequence &key : f.window->actions()->shortcutsOf(action)) {
            if (action->objectName().startsWith(u"downloads."_s)) {
                QVERIFY2(!inPanel.contains(key), qPrintable(action->objectName()));
                QCOMPARE(action->shortcutContext(), Qt::WidgetShortcut);
                inPanel.insert(key);
                continue;
            }
            QVERIFY2(!owners.contains(key), qPrintable(key.toString() + u' ' + action->objectName()
                                                       + u' ' + owners.value(key)));
            owners.insert(key, action->objectName());
        }
    }
    // Kept for the snapshot and for comparing.
    QVERIFY(!owners.value(QKeySequence(Qt::Key_S)).startsWith(u"task."_s));
    QVERIFY(!owners.value(QKeySequence(Qt::Key_C)).startsWith(u"task."_s));
}

void Triage::menusHoldThem()
{
    const TriageFixture f;
    QSet<QString> inMenus;
    QSet<QString> inBar;
    const QList<QMenu *> menus = f.window->findChildren<QMenu *>();
    const QList<QAction *> bar = f.window->menuBar()->actions();
    for (const QMenu *menu : menus) {
        for (const QAction *action : menu->actions())
            inMenus.insert(action->objectName());
    }
    for (const QAction *entry : bar) {
        for (const QAction *action : entry->menu()->actions())
            inBar.insert(action->objectName());
    }
    for (const auto id : {paneaction::kStar, paneaction::kReject, actionid::kTags, actionid::kNote,
                          actionid::kRemoveFinished, actionid::kRemoveFailed, actionid::kSaveExpiring,
                          actionid::kExportList, actionid::kExportSelected})
        QVERIFY2(inBar.contains(id), qPrintable(QString(id)));
    for (const auto id : {actionid::kCopyLinks, actionid::kCopyMarkdown, actionid::kCopyCsv,
                          actionid::kCopyJson})
        QVERIFY2(inMenus.contains(id), qPrintable(QString(id)));
}

TASKREEL_TEST_MAIN(Triage, QApplication)
#include "tst_triage.moc"
