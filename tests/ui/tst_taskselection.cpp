// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/list/taskselection.h"

#include <QSignalSpy>

using namespace taskreel;
using namespace Qt::StringLiterals;

class TaskSelectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysEachChangeOnce();
    void listenersSeeBothParts();
    void removedIdsLeave();
    void changesAreIncremental();
};

void TaskSelectionTest::saysEachChangeOnce()
{
    TaskSelection selection;
    QSignalSpy current(&selection, &TaskSelection::currentChanged);
    QSignalSpy selected(&selection, &TaskSelection::selectedChanged);
    selection.set(u"a"_s, {u"a"_s, u"b"_s});
    selection.set(u"a"_s, {u"a"_s, u"b"_s});
    selection.setCurrent(u"a"_s);
    QCOMPARE(current.count(), 1);
    QCOMPARE(selected.count(), 1);
}

void TaskSelectionTest::listenersSeeBothParts()
{
    TaskSelection selection;
    QString seen;
    connect(&selection, &TaskSelection::selectedChanged, this,
            [&] { seen = selection.current(); });
    selection.set(u"b"_s, {u"b"_s});
    QCOMPARE(seen, u"b"_s);
}

void TaskSelectionTest::removedIdsLeave()
{
    TaskSelection selection;
    selection.set(u"a"_s, {u"a"_s, u"b"_s});
    QSignalSpy current(&selection, &TaskSelection::currentChanged);
    selection.removeIds({u"a"_s, u"x"_s});
    QCOMPARE(selection.selected(), QSet<QString>{u"b"_s});
    QVERIFY(selection.current().isEmpty());
    QCOMPARE(current.count(), 1);
}

void TaskSelectionTest::changesAreIncremental()
{
    TaskSelection selection;
    selection.setSelected({u"a"_s, u"b"_s});
    QSignalSpy selected(&selection, &TaskSelection::selectedChanged);
    selection.change({u"c"_s}, {u"a"_s});
    QCOMPARE(selection.selected(), (QSet<QString>{u"b"_s, u"c"_s}));
    selection.change({u"c"_s}, {u"a"_s});
    QCOMPARE(selected.count(), 1);
}

TASKREEL_TEST_MAIN(TaskSelectionTest, QCoreApplication)
#include "tst_taskselection.moc"
