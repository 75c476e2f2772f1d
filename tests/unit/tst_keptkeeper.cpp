// SPDX-License-Identifier: MIT
#include "core/downloads/keptkeeper.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static constexpr qint64 kClip = 10'000;

class TestKeptKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savedOnesGoFirst();
    void aSavedFileIsReadBeforeItsClipGoes();
    void thenThoseOfRemovedTasks();
    void anUndoFindsItsClips();
    void watchedOnesNeverGoSilently();
    void whatIsInUseStays();
    void lookedAtEarlierMayGo();
    void raisingTheLimitEndsIt();
    void listsByWhatALossWouldCost();
    void theUsersChoiceGoes();

private:
    static AssetId asset(const QString &task) { return {task, u"works[0].video"_s, Variant::Unwatermarked}; }
    /// A clip of kClip bytes in the kept folder. @param day when it was last shown
    void keep(const QString &task, int day, const QString &extension = u"mp4"_s);
    void save(const QString &task, bool intact = true);
    void open(qint64 budget);
    [[nodiscard]] QStringList kept() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<MediaLibrary> m_media;
    std::unique_ptr<KeptKeeper> m_keeper;
    QList<StoredFile> m_kept;
    QList<StoredFile> m_saved;
};

void TestKeptKeeper::init()
{
    m_kept.clear();
    m_saved.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"kept"_s));
    m_fetcher = std::make_unique<AssetFetcher>();
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_media = std::make_unique<MediaLibrary>(
        m_fetcher.get(), nullptr,
        MediaLibrary::Places{m_folder->filePath(u"kept"_s), m_folder->filePath(u"cache"_s)}, true);
    m_keeper = std::make_unique<KeptKeeper>(m_repository.get(), m_media.get());
}

void TestKeptKeeper::cleanup()
{
    m_keeper.reset();
    m_media.reset();
    m_repository.reset();
    m_fetcher.reset();
}

static QByteArray bytesOf(const QString &task)
{
    return task.toUtf8() + QByteArray(kClip - task.size(), 'x');
}

static void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestKeptKeeper::keep(const QString &task, int day, const QString &extension)
{
    StoredFile file;
    file.asset = asset(task);
    file.path = u"kept/"_s + file.asset.fileKey() + u'.' + extension;
    file.bytes = kClip;
    file.sha256 = QCryptographicHash::hash(bytesOf(task), QCryptographicHash::Sha256);
    file.at = QDateTime(QDate(2026, 1, 1), QTime(), Qt::UTC);
    file.lastShownAt = file.at.addDays(day);
    write(m_folder->filePath(file.path), bytesOf(task));
    m_kept.append(file);
}

void TestKeptKeeper::save(const QString &task, bool intact)
{
    StoredFile file;
    file.asset = asset(task);
    file.path = m_folder->filePath(task + u"-saved.mp4"_s);
    file.bytes = kClip;
    file.sha256 = QCryptographicHash::hash(bytesOf(task), QCryptographicHash::Sha256);
    write(file.path, intact ? bytesOf(task) : QByteArray(kClip, 'y'));
    m_saved.append(file);
}

/// As a start of the program does it.
void TestKeptKeeper::open(qint64 budget)
{
    m_media->setKeptBudget(budget);
    m_media->load(m_kept);
    m_keeper->loadSaved(m_saved);
}

QStringList TestKeptKeeper::kept() const
{
    QStringList tasks;
    const QList<StoredFile> files = m_media->keptFiles();
    for (const StoredFile &file : files) {
        if (QFile::exists(m_media->keptPath(file)))
            tasks.append(file.asset.taskId);
    }
    tasks.sort();
    return tasks;
}

void TestKeptKeeper::savedOnesGoFirst()
{
    m_repository->add({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 3);
    keep(u"c"_s, 2);
    keep(u"d"_s, 0);
    save(u"b"_s);
    save(u"c"_s);
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    QSignalSpy released(m_keeper.get(), &KeptKeeper::released);
    open(3 * kClip);
    SOON_COMPARE(released.size(), 1);
    QCOMPARE(released.first().at(1).toLongLong(), kClip);
    QCOMPARE(released.first().at(2).toBool(), false);
    // Not the longest unseen of all, but of the saved ones; and no more than is needed.
    QCOMPARE(kept(), QStringList({u"a"_s, u"b"_s, u"d"_s}));
    QCOMPARE(m_media->keptBytes(), 3 * kClip);
    QVERIFY(QFile::exists(m_folder->filePath(u"c-saved.mp4"_s)));
    QTest::qWait(0);
    QCOMPARE(full.size(), 0);
}

void TestKeptKeeper::aSavedFileIsReadBeforeItsClipGoes()
{
    m_repository->add({u"a"_s, u"b"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    save(u"a"_s, false); // the length is right, the content is not
    save(u"b"_s);
    QVERIFY(QFile::remove(m_saved.last().path)); // and this one was deleted
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    open(kClip);
    SOON_COMPARE(full.size(), 1);
    QCOMPARE(kept(), QStringList({u"a"_s, u"b"_s}));
}

void TestKeptKeeper::thenThoseOfRemovedTasks()
{
    m_repository->add({u"a"_s, u"b"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    save(u"b"_s);
    keep(u"gone"_s, 5);
    keep(u"older"_s, 4);
    keep(u"cover"_s, 3, u"jpg"_s);
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    open(2 * kClip);
    SOON_COMPARE(kept(), QStringList({u"a"_s, u"gone"_s}));
    QCOMPARE(full.size(), 0);
}

void TestKeptKeeper::anUndoFindsItsClips()
{
    m_repository->add({u"a"_s});
    QSignalSpy removed(m_repository.get(), &TaskRepository::tasksRemoved);
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    SOON_COMPARE(added.size(), 1);
    keep(u"a"_s, 1);
    m_repository->remove({u"a"_s});
    SOON_COMPARE(removed.size(), 1);
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    open(kClip / 2);
    SOON_COMPARE(full.size(), 1);
    QCOMPARE(kept(), QStringList{u"a"_s});
    // The user may let it go all the same.
    QCOMPARE(m_keeper->clips().at(0).loss, KeptClip::Class::RemovedTask);
}

void TestKeptKeeper::watchedOnesNeverGoSilently()
{
    m_repository->add({u"a"_s, u"b"_s, u"c"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    keep(u"c"_s, 3, u"png"_s);
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    open(kClip);
    SOON_COMPARE(full.size(), 1);
    QCOMPARE(full.first().at(0).toLongLong(), 3 * kClip);
    QCOMPARE(full.first().at(1).toLongLong(), kClip);
    QCOMPARE(kept(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
    // Said once, not with each clip.
    Q_EMIT m_media->budgetExceeded(0, 0);
    QTest::qWait(0);
    QCOMPARE(full.size(), 1);
}

void TestKeptKeeper::whatIsInUseStays()
{
    m_repository->add({u"a"_s, u"b"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    save(u"a"_s);
    save(u"b"_s);
    open(10 * kClip);
    const std::optional<LocalMedia> used = m_media->local(asset(u"a"_s));
    QVERIFY(used);
    QSignalSpy released(m_keeper.get(), &KeptKeeper::released);
    m_media->setKeptBudget(kClip);
    SOON_COMPARE(released.size(), 1);
    QCOMPARE(kept(), QStringList{u"a"_s});
}

void TestKeptKeeper::lookedAtEarlierMayGo()
{
    m_repository->add({u"a"_s, u"b"_s, u"c"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    keep(u"c"_s, 3);
    save(u"a"_s);
    open(10 * kClip);
    QVERIFY(m_media->local(asset(u"a"_s))); // looked at, and left
    const std::optional<LocalMedia> shown = m_media->local(asset(u"b"_s));
    QVERIFY(shown);
    QSignalSpy released(m_keeper.get(), &KeptKeeper::released);
    m_media->setKeptBudget(2 * kClip);
    SOON_COMPARE(released.size(), 1);
    QCOMPARE(kept(), QStringList({u"b"_s, u"c"_s}));
    // Asked for, too: what is shown stays, and the list says so.
    const QList<KeptClip> clips = m_keeper->clips();
    QVERIFY(clips.at(0).inUse && !clips.at(1).inUse);
    m_keeper->release(clips);
    SOON_COMPARE(released.size(), 2);
    QCOMPARE(released.at(1).at(0).toInt(), 1);
    QCOMPARE(kept(), QStringList{u"b"_s});
}

void TestKeptKeeper::raisingTheLimitEndsIt()
{
    m_repository->add({u"a"_s});
    keep(u"a"_s, 1);
    QSignalSpy full(m_keeper.get(), &KeptKeeper::full);
    QSignalSpy room(m_keeper.get(), &KeptKeeper::roomAgain);
    open(kClip / 2);
    SOON_COMPARE(full.size(), 1);
    m_media->setKeptBudget(kClip - 1);
    SOON_COMPARE(full.size(), 2); // another limit: said anew
    m_media->setKeptBudget(kClip);
    SOON_COMPARE(room.size(), 1);
    QCOMPARE(full.size(), 2);
}

void TestKeptKeeper::listsByWhatALossWouldCost()
{
    m_repository->add({u"a"_s, u"b"_s, u"c"_s, u"cover"_s});
    keep(u"a"_s, 2);
    keep(u"b"_s, 1);
    keep(u"c"_s, 9);
    keep(u"cover"_s, 0, u"jpg"_s);
    keep(u"gone"_s, 5);
    save(u"c"_s);
    open(100 * kClip);
    QStringList order;
    const QList<KeptClip> clips = m_keeper->clips();
    for (const KeptClip &clip : clips)
        order.append(clip.file.asset.taskId);
    QCOMPARE(order, QStringList({u"c"_s, u"gone"_s, u"b"_s, u"a"_s}));
    QCOMPARE(clips.at(0).loss, KeptClip::Class::AlsoSaved);
    QCOMPARE(clips.at(1).loss, KeptClip::Class::RemovedTask);
    QCOMPARE(clips.at(2).loss, KeptClip::Class::OnlyHere);
}

void TestKeptKeeper::theUsersChoiceGoes()
{
    m_repository->add({u"a"_s, u"b"_s, u"c"_s});
    keep(u"a"_s, 1);
    keep(u"b"_s, 2);
    keep(u"c"_s, 3);
    save(u"c"_s, false);
    open(100 * kClip);
    QList<KeptClip> chosen = m_keeper->clips();
    QCOMPARE(chosen.first().file.asset.taskId, u"c"_s);
    chosen.removeLast(); // b stays
    QSignalSpy released(m_keeper.get(), &KeptKeeper::released);
    m_keeper->release(chosen);
    SOON_COMPARE(released.size(), 1);
    QCOMPARE(released.first().at(0).toInt(), 1); // what is said to be saved is not: it stays
    QCOMPARE(released.first().at(2).toBool(), true);
    QCOMPARE(kept(), QStringList({u"b"_s, u"c"_s}));
}

TASKREEL_TEST_MAIN(TestKeptKeeper, QCoreApplication)
#include "tst_keptkeeper.moc"
