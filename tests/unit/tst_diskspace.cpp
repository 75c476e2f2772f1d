// SPDX-License-Identifier: MIT
#include "core/net/diskspace.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

class DiskSpaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForFoldersThatAreNotThereYet()
    {
        QTemporaryDir folder;
        const qint64 free = bytesFree(folder.filePath(u"not/made/yet"_s));
        QVERIFY(free > 0);
    }

    void whatDoesNotFitIsRefusedWithThePlace()
    {
        QTemporaryDir folder;
        const Result<qint64> much = checkDiskSpace(folder.path(), qint64{1} << 60);
        QVERIFY(!much);
        QCOMPARE(much.error().kind, ErrorKind::DiskFull);
        QVERIFY(much.error().detail.contains(folder.path()));
        QVERIFY(checkDiskSpace(folder.path(), 1));
    }

    void theReserveStaysFree()
    {
        QTemporaryDir folder;
        const qint64 all = bytesFree(folder.path());
        QVERIFY(!checkDiskSpace(folder.path(), all));
    }
};

TASKREEL_TEST_MAIN(DiskSpaceTest, QCoreApplication)
#include "tst_diskspace.moc"
