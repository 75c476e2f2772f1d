// SPDX-License-Identifier: MIT
#include "core/media/cachefolder.h"
#include "core/media/keptstore.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

static void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

static void makeOld(const QString &path, int days)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days),
                             QFileDevice::FileModificationTime));
}

class KeptStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        m_folder = m_data->filePath(u"kept"_s);
        QVERIFY(QDir().mkpath(m_folder));
    }

    void recordsAreRelativeAndComeBack()
    {
        const AssetId asset{u"task"_s, u"works[0].video"_s, Variant::Watermarked};
        KeptStore store(m_folder);
        const QString path = store.pathFor(asset, u"mp4"_s);
        QCOMPARE(path, m_folder + u'/' + asset.fileKey() + u".mp4"_s);
        put(path, "12345");
        store.insert({asset, store.recordPath(path), 5, {}, {}, {}}, {});
        const StoredFile record = store.find(asset)->file;
        QCOMPARE(record.path, u"kept/"_s + asset.fileKey() + u".mp4"_s);

        KeptStore again(m_folder);
        again.load({record});
        QCOMPARE(again.bytes(), 5);
        QCOMPARE(again.absolutePath(again.find(asset)->file), path);
        QVERIFY(again.isIntact(again.find(asset)->file));
        put(path, "1234");
        QVERIFY(!again.isIntact(again.find(asset)->file));
        QFile::remove(path);
        QVERIFY(!again.isIntact(again.find(asset)->file));
    }

    void recordsCannotLeaveTheFolder()
    {
        KeptStore store(m_folder);
        QList<StoredFile> records;
        for (const QString &path :
             {u"../../etc/passwd"_s, u"/etc/passwd"_s, u"kept/../library"_s, u"elsewhere/a.mp4"_s})
            records.append({{path, u"k"_s, Variant::Unstated}, path, 9, {}, {}, {}});
        store.load(records);
        QCOMPARE(store.bytes(), 0);
        for (const StoredFile &record : std::as_const(records))
            QVERIFY(!store.find(record.asset));
    }

    void bytesFollowInsertAndRemove()
    {
        KeptStore store(m_folder);
        const AssetId asset{u"task"_s, u"k"_s, Variant::Unstated};
        store.insert({asset, u"kept/a"_s, 100, {}, {}, {}}, {});
        store.insert({asset, u"kept/a"_s, 40, {}, {}, {}}, {});
        QCOMPARE(store.bytes(), 40);
        store.remove(asset);
        store.remove(asset);
        QCOMPARE(store.bytes(), 0);
    }

    void cacheScanTidiesUp()
    {
        put(m_folder + u"/kept1.mp4"_s, "kept elsewhere");
        put(m_folder + u"/old.mp4"_s, "0123456789");
        put(m_folder + u"/new.mp4"_s, "0123456789");
        put(m_folder + u"/stale.1.part"_s, "x");
        put(m_folder + u"/fresh.2.part"_s, "x");
        makeOld(m_folder + u"/old.mp4"_s, 3);
        makeOld(m_folder + u"/stale.1.part"_s, 2);
        const CacheFolder::Index index = CacheFolder::scan(m_folder, {u"kept1"_s}, 15);
        QCOMPARE(index.keys(), QStringList{u"new"_s});
        QStringList left = QDir(m_folder).entryList(QDir::Files, QDir::Name);
        QCOMPARE(left, (QStringList{u"fresh.2.part"_s, u"new.mp4"_s}));
    }

private:
    std::unique_ptr<QTemporaryDir> m_data;
    QString m_folder;
};

TASKREEL_TEST_MAIN(KeptStoreTest, QCoreApplication)
#include "tst_keptstore.moc"
