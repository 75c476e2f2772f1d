// SPDX-License-Identifier: MIT
#include "core/media/thumbnailfolder.h"
#include "support/isolation.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Origin = ThumbnailFolder::Origin;

class ThumbnailFolderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWhatWasWritten();
    void staysWithinItsBound();
    void countsWhatAnEarlierRunLeft();
    void theLongestUnusedGoFirst();
    void writingAgainReplaces();
    void remembersABrokenClipUntilItChanges();
    void leavesNoParts();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"kept/covers"_s); }
    [[nodiscard]] qint64 bytesOnDisk() const;
    void age(const QString &path, int days) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ThumbnailFolderTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

qint64 ThumbnailFolderTest::bytesOnDisk() const
{
    qint64 bytes = 0;
    for (const QFileInfo &file : QDir(folder()).entryInfoList(QDir::Files | QDir::Hidden))
        bytes += file.size();
    return bytes;
}

void ThumbnailFolderTest::age(const QString &path, int days) const
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days),
                             QFileDevice::FileModificationTime));
}

void ThumbnailFolderTest::findsWhatWasWritten()
{
    ThumbnailFolder store(folder());
    QVERIFY(!store.find(u"a/../b"_s, Origin::Cover));
    QVERIFY(store.write(u"a/../b"_s, Origin::Cover, "picture"));
    const std::optional<QString> path = store.find(u"a/../b"_s, Origin::Cover);
    QVERIFY(path);
    QVERIFY(path->startsWith(folder() + u'/'));
    QVERIFY(!path->contains(u".."_s));
    QFile file(*path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "picture");
    QVERIFY(!store.find(u"a/../b"_s, Origin::Frame));
    store.remove(u"a/../b"_s, Origin::Cover);
    QVERIFY(!store.find(u"a/../b"_s, Origin::Cover));
}

void ThumbnailFolderTest::staysWithinItsBound()
{
    constexpr qint64 kBound = 100'000;
    ThumbnailFolder store(folder(), kBound);
    const QByteArray picture(1500, 'p');
    for (int i = 0; i < 500; ++i) {
        QVERIFY(store.write(u"task%1"_s.arg(i), Origin::Cover, picture));
        QVERIFY2(bytesOnDisk() <= kBound, qPrintable(QString::number(i)));
    }
    QVERIFY(bytesOnDisk() > kBound / 2);
    QVERIFY(store.find(u"task499"_s, Origin::Cover));
}

void ThumbnailFolderTest::countsWhatAnEarlierRunLeft()
{
    const QByteArray picture(1000, 'p');
    ThumbnailFolder before(folder());
    for (int i = 0; i < 50; ++i)
        before.write(u"task%1"_s.arg(i), Origin::Cover, picture);
    ThumbnailFolder store(folder(), 20'000);
    QVERIFY(store.write(u"new"_s, Origin::Frame, picture));
    QVERIFY(bytesOnDisk() <= 20'000);
}

void ThumbnailFolderTest::theLongestUnusedGoFirst()
{
    ThumbnailFolder store(folder(), 10'000);
    const QByteArray picture(1000, 'p');
    for (int i = 0; i < 10; ++i) {
        const QString id = u"task%1"_s.arg(i);
        store.write(id, Origin::Cover, picture);
        age(store.pathFor(id, Origin::Cover), 20 - i);
    }
    QVERIFY(store.find(u"task0"_s, Origin::Cover)); // the oldest one is looked at
    store.write(u"new"_s, Origin::Cover, picture);
    QVERIFY(QFile::exists(store.pathFor(u"task0"_s, Origin::Cover)));
    QVERIFY(!QFile::exists(store.pathFor(u"task1"_s, Origin::Cover)));
    QVERIFY(QFile::exists(store.pathFor(u"task9"_s, Origin::Cover)));
    QVERIFY(QFile::exists(store.pathFor(u"new"_s, Origin::Cover)));
}

void ThumbnailFolderTest::writingAgainReplaces()
{
    ThumbnailFolder store(folder(), 10'000);
    for (int i = 0; i < 100; ++i)
        QVERIFY(store.write(u"task"_s, Origin::Cover, QByteArray(4000, 'p')));
    QVERIFY(store.write(u"other"_s, Origin::Cover, QByteArray(4000, 'p')));
    QVERIFY(store.find(u"task"_s, Origin::Cover)); // counted once: there was room for both
}

void ThumbnailFolderTest::remembersABrokenClipUntilItChanges()
{
    const QString clip = m_folder->filePath(u"clip.mp4"_s);
    QVERIFY(ThumbnailFolder::stampOf(clip).isEmpty());
    QFile file(clip);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nonsense");
    file.close();
    const QByteArray stamp = ThumbnailFolder::stampOf(clip);
    QVERIFY(!stamp.isEmpty());
    {
        ThumbnailFolder store(folder());
        QVERIFY(!store.isBroken(u"task"_s, stamp));
        store.setBroken(u"task"_s, stamp);
    }
    ThumbnailFolder store(folder());
    QVERIFY(store.isBroken(u"task"_s, stamp));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("another clip");
    file.close();
    QVERIFY(!store.isBroken(u"task"_s, ThumbnailFolder::stampOf(clip)));
}

void ThumbnailFolderTest::leavesNoParts()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile part(folder() + u"/x.cover.1.part"_s);
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write("half");
    part.close();
    age(part.fileName(), 2);
    ThumbnailFolder store(folder());
    QVERIFY(store.write(u"task"_s, Origin::Cover, "picture"));
    QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 1);
}

TASKREEL_TEST_MAIN(ThumbnailFolderTest, QCoreApplication)
#include "tst_thumbnailfolder.moc"
