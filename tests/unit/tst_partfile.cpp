// SPDX-License-Identifier: MIT
#include "core/net/partfile.h"
#include "core/net/partwriter.h"
#include "support/isolation.h"

#include <cerrno>

using namespace Qt::StringLiterals;
using namespace taskreel;

static void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

static QByteArray get(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class PartFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void getsItsName()
    {
        put(path(u"a.mp4.part"_s), "new");
        const Result<QString> placed = placeWithoutClobber(path(u"a.mp4.part"_s), path(u"a.mp4"_s));
        QVERIFY(placed);
        QCOMPARE(*placed, path(u"a.mp4"_s));
        QCOMPARE(get(*placed), "new");
        QVERIFY(!QFile::exists(path(u"a.mp4.part"_s)));
    }

    void neverReplaces()
    {
        put(path(u"a.mp4"_s), "first");
        QVERIFY(
            QFile::link(path(u"nowhere"_s), path(u"a (2).mp4"_s))); // dangling: a name all the same
        QVERIFY(QDir().mkdir(path(u"a (3).mp4"_s)));
        put(path(u"a.mp4.part"_s), "new");
        const Result<QString> placed = placeWithoutClobber(path(u"a.mp4.part"_s), path(u"a.mp4"_s));
        QVERIFY(placed);
        QCOMPARE(*placed, path(u"a (4).mp4"_s));
        QCOMPARE(get(*placed), "new");
        QCOMPARE(get(path(u"a.mp4"_s)), "first");
    }

    void freePathMindsFilesAndPlans()
    {
        put(path(u"a.mp4"_s), "first");
        QCOMPARE(freePath(path(u"b.mp4"_s)), path(u"b.mp4"_s));
        QCOMPARE(freePath(path(u"a.mp4"_s)), path(u"a (2).mp4"_s));
        QCOMPARE(freePath(path(u"a.mp4"_s), {path(u"a (2).mp4"_s)}), path(u"a (3).mp4"_s));
    }

    void saysWhatIsWrong()
    {
        put(path(u"a.part"_s), "new");
        const QString target = path(u"gone/a.mp4"_s);
        const Result<QString> placed = placeWithoutClobber(path(u"a.part"_s), target);
        QVERIFY(!placed);
        QCOMPARE(placed.error().kind, ErrorKind::CannotWrite);
        QVERIFY(placed.error().detail.contains(target));
        QCOMPARE(get(path(u"a.part"_s)), "new");
        QCOMPARE(writeError(target, ENOSPC).kind, ErrorKind::DiskFull);
        QCOMPARE(writeError(target, EDQUOT).kind, ErrorKind::DiskFull);
    }

    void replacesWhereNamedByContent()
    {
        put(path(u"a.part"_s), "new");
        put(path(u"a.mp4"_s), "old");
        QVERIFY(placeReplacing(path(u"a.part"_s), path(u"a.mp4"_s)));
        QCOMPARE(get(path(u"a.mp4"_s)), "new");
    }

    void secondNameKeepsTheFirst()
    {
        put(path(u"a.mp4"_s), "clip");
        put(path(u"b.mp4"_s), "stale");
        QVERIFY(linkOrMove(path(u"a.mp4"_s), path(u"b.mp4"_s)));
        QCOMPARE(get(path(u"a.mp4"_s)), "clip");
        QCOMPARE(get(path(u"b.mp4"_s)), "clip");
    }

    void anUnfinishedPartGoesWithItsWriter()
    {
        const QString part = path(u"deep/er/a.part"_s);
        {
            PartWriter writer(part);
            QVERIFY(!writer.restart());
            QVERIFY(!writer.write("abc", 3));
            QVERIFY(QFile::exists(part));
            QVERIFY(!writer.restart());
            QVERIFY(!writer.write("de", 2));
            QCOMPARE(writer.bytes(), 2);
            QCOMPARE(writer.sha256(), QCryptographicHash::hash("de", QCryptographicHash::Sha256));
        }
        QVERIFY(!QFile::exists(part));
    }

    void aReleasedPartStays()
    {
        const QString part = path(u"a.part"_s);
        {
            PartWriter writer(part);
            QVERIFY(!writer.restart());
            QVERIFY(!writer.write("abc", 3));
            QVERIFY(!writer.finish()()); // closed, then synced
            writer.release();
        }
        QCOMPARE(get(part), "abc");
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

TASKREEL_TEST_MAIN(PartFileTest, QCoreApplication)
#include "tst_partfile.moc"
