// SPDX-License-Identifier: MIT
#include "core/downloads/libraryverifier.h"
#include "core/downloads/savedwatch.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/turn.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

// Every saved file is read anew: what is wrong with it is told to the list and to the rows,
// whatever the times of the files say.
class TestLibraryVerifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void untouchedFilesAreFine();
    void whatIsWrongIsFound_data();
    void whatIsWrongIsFound();
    void aLookAtTheRowDoesNotUndoIt();
    void broughtBackIsFine();
    void savedAnewMeanwhileIsNotBlamed();
    void progressCountsFilesAndBytes();
    void stopEndsIt();
    void goneWhileItRuns();
    void nothingSavedEndsAtOnce();
    void filesOfRemovedTasksAreRead();
    void thePoolStaysFree();

private:
    enum class Harm { Removed, Folder, Longer, Bit, Unreadable };
    StoredFile write(const QString &name, const QByteArray &bytes);
    /// Takes long to read, and no room on the disk.
    StoredFile hole(const QString &name);
    void load(const QList<StoredFile> &files);
    void run(const QList<StoredFile> &files);
    void harm(StoredFile *file, Harm harm);
    [[nodiscard]] const TaskSummary &row() const { return *m_repository->find(u"task-1"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<LibraryVerifier> m_verifier;
};

void TestLibraryVerifier::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_verifier = std::make_unique<LibraryVerifier>(m_repository.get());
}

void TestLibraryVerifier::cleanup()
{
    m_verifier.reset();
    m_repository.reset();
}

StoredFile TestLibraryVerifier::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(name));
    return {{u"task-1"_s, name, Variant::Watermarked},
            file.fileName(),
            bytes.size(),
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256),
            QDateTime::currentDateTimeUtc(),
            {}};
}

StoredFile TestLibraryVerifier::hole(const QString &name)
{
    StoredFile file = write(name, "clip");
    file.bytes = 64LL << 30;
    if (!QFile::resize(file.path, file.bytes))
        qFatal("%s", qPrintable(name));
    return file;
}

void TestLibraryVerifier::load(const QList<StoredFile> &files)
{
    TaskSummary row;
    row.id = u"task-1"_s;
    row.sequence = 1;
    row.status = TaskStatus::Completed;
    row.resultCount = static_cast<int>(files.size());
    row.saveState = SaveState::Saved;
    m_repository->load({row}, {}, files);
}

void TestLibraryVerifier::run(const QList<StoredFile> &files)
{
    m_verifier->start(files);
    QCOMPARE(m_verifier->state(), LibraryVerifier::State::Running);
    SOON_VERIFY(m_verifier->state() != LibraryVerifier::State::Running);
}

void TestLibraryVerifier::harm(StoredFile *file, Harm harm)
{
    const QByteArray name = QFile::encodeName(file->path);
    struct stat before = {};
    QCOMPARE(::stat(name.constData(), &before), 0);
    switch (harm) {
    case Harm::Folder:
        QVERIFY(QFile::remove(file->path));
        QVERIFY(QDir().mkdir(file->path));
        return;
    case Harm::Removed:
        QVERIFY(QFile::remove(file->path));
        return;
    case Harm::Unreadable:
        // Readable by its mode, and yet not: also for root.
        QVERIFY(QFile::remove(file->path));
        QVERIFY(QFile::link(u"/proc/self/mem"_s, file->path));
        file->bytes = 0;
        return;
    case Harm::Longer:
    case Harm::Bit: {
        QFile disk(file->path);
        QVERIFY(disk.open(QIODevice::ReadWrite));
        QVERIFY(disk.seek(harm == Harm::Longer ? disk.size() : disk.size() / 2));
        QVERIFY(disk.putChar('!'));
        break;
    }
    }
    // As a bad disk does it: the times say nothing.
    const timespec times[2] = {before.st_atim, before.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, name.constData(), times, 0), 0);
}

void TestLibraryVerifier::untouchedFilesAreFine()
{
    const QList<StoredFile> files{write(u"a.mp4"_s, "clip"), write(u"b.mp4"_s, "another")};
    load(files);
    const TaskSummary before = row();
    run(files);
    QCOMPARE(m_verifier->state(), LibraryVerifier::State::Finished);
    QCOMPARE(m_verifier->count(FileFind::Fine), 2);
    QVERIFY(m_verifier->findings().isEmpty());
    QCOMPARE(row(), before);
}

void TestLibraryVerifier::whatIsWrongIsFound_data()
{
    QTest::addColumn<int>("harm");
    QTest::addColumn<int>("find");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, Harm harm, FileFind find, const QString &words) {
        QTest::newRow(name) << static_cast<int>(harm) << static_cast<int>(find) << words;
    };
    row("removed", Harm::Removed, FileFind::Missing, u"Not there any more"_s);
    row("a folder now", Harm::Folder, FileFind::Missing, u"Not there any more"_s);
    row("longer", Harm::Longer, FileFind::Changed, u"Changed since it was saved"_s);
    row("one bit, same times", Harm::Bit, FileFind::Changed, u"Changed since it was saved"_s);
    row("unreadable", Harm::Unreadable, FileFind::Unreadable, u"Cannot be read"_s);
}

void TestLibraryVerifier::whatIsWrongIsFound()
{
    QFETCH(int, harm);
    QFETCH(int, find);
    QFETCH(QString, words);
    QList<StoredFile> files{write(u"a.mp4"_s, "clip"), write(u"b.mp4"_s, "another")};
    this->harm(&files[0], static_cast<Harm>(harm));
    load(files);
    QSignalSpy found(m_verifier.get(), &LibraryVerifier::found);
    run(files);
    QCOMPARE(m_verifier->findings(),
             (QList<SavedFind>{{files.at(0), static_cast<FileFind>(find)}}));
    QCOMPARE(m_verifier->count(FileFind::Fine), 1);
    QCOMPARE(m_verifier->count(static_cast<FileFind>(find)), 1);
    QCOMPARE(found, (QList<QVariantList>{{0, 1}}));
    QCOMPARE(row().saveState, SaveState::Gone);
    QCOMPARE(row().saveError, words);
    QCOMPARE(m_repository->lostFiles(u"task-1"_s), QSet<AssetId>{files.at(0).asset});
}

void TestLibraryVerifier::aLookAtTheRowDoesNotUndoIt()
{
    // The quick look trusts the times of files that were fine. This one was not.
    StoredFile file = write(u"a.mp4"_s, "clip");
    harm(&file, Harm::Bit);
    load({file});
    run({file});
    QCOMPARE(row().saveState, SaveState::Gone);
    SavedWatch watch(m_repository.get());
    QSignalSpy looked(&watch, &SavedWatch::looked);
    watch.look({u"task-1"_s});
    SOON_COMPARE(looked.count(), 1);
    QCOMPARE(row().saveState, SaveState::Gone);
    QCOMPARE(row().saveError, u"Changed since it was saved"_s);
}

void TestLibraryVerifier::broughtBackIsFine()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file});
    QVERIFY(QFile::rename(file.path, file.path + u".away"_s));
    run({file});
    QCOMPARE(row().saveState, SaveState::Gone);
    QVERIFY(QFile::rename(file.path + u".away"_s, file.path));
    run({file});
    QVERIFY(m_verifier->findings().isEmpty());
    QCOMPARE(row().saveState, SaveState::Saved);
    QCOMPARE(row().saveError, QString());
}

void TestLibraryVerifier::savedAnewMeanwhileIsNotBlamed()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file});
    QVERIFY(QFile::remove(file.path));
    m_verifier->start({file});
    StoredFile anew = write(u"a (2).mp4"_s, "clip");
    anew.asset = file.asset;
    m_repository->recordSaved(anew); // before the thread's word is heard
    SOON_VERIFY(m_verifier->state() != LibraryVerifier::State::Running);
    QCOMPARE(m_verifier->count(FileFind::Missing), 1);
    QCOMPARE(row().saveState, SaveState::Saved);
}

void TestLibraryVerifier::progressCountsFilesAndBytes()
{
    QList<StoredFile> files{write(u"a.mp4"_s, QByteArray(3'000'000, 'a')),
                            write(u"b.mp4"_s, QByteArray(1'000'000, 'b')), write(u"c.mp4"_s, "c")};
    QVERIFY(QFile::remove(files.at(1).path));
    load(files);
    m_verifier->start(files);
    QCOMPARE(m_verifier->progress(), (LibraryVerifier::Progress{0, 3, 0, 4'000'001, -1}));
    qint64 last = 0;
    connect(m_verifier.get(), &LibraryVerifier::progressed, this, [this, &last] {
        QVERIFY(m_verifier->progress().bytes >= last);
        last = m_verifier->progress().bytes;
    });
    SOON_VERIFY(m_verifier->state() != LibraryVerifier::State::Running);
    QCOMPARE(m_verifier->progress(), (LibraryVerifier::Progress{3, 3, 4'000'001, 4'000'001, -1}));
}

void TestLibraryVerifier::stopEndsIt()
{
    QList<StoredFile> files{write(u"a.mp4"_s, "clip"), hole(u"b.mp4"_s), write(u"c.mp4"_s, "gone")};
    QVERIFY(QFile::remove(files.at(2).path));
    load(files);
    m_verifier->start(files);
    SOON_COMPARE(m_verifier->progress().files, 1);
    m_verifier->stop();
    SOON_COMPARE(m_verifier->state(), LibraryVerifier::State::Stopped);
    QCOMPARE(m_verifier->progress().files, 1);
    QVERIFY(m_verifier->findings().isEmpty());
    QCOMPARE(row().saveState, SaveState::Saved); // what was not read is not judged
    QVERIFY(QFile::remove(files.at(1).path));
    run(files); // and once more, to the end
    QCOMPARE(m_verifier->state(), LibraryVerifier::State::Finished);
    QCOMPARE(m_verifier->count(FileFind::Missing), 2);
}

void TestLibraryVerifier::goneWhileItRuns()
{
    m_verifier->start({hole(u"a.mp4"_s)});
    m_verifier.reset(); // the program ends: nothing is told any more
    test::awaitPosted();
}

void TestLibraryVerifier::nothingSavedEndsAtOnce()
{
    run({});
    QCOMPARE(m_verifier->state(), LibraryVerifier::State::Finished);
}

void TestLibraryVerifier::filesOfRemovedTasksAreRead()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    QVERIFY(QFile::remove(file.path));
    run({file}); // nothing of it is in the list
    QCOMPARE(m_verifier->count(FileFind::Missing), 1);
}

void TestLibraryVerifier::thePoolStaysFree()
{
    // Nor is the pool taken up that decodes pictures.
    m_verifier->start({hole(u"a.mp4"_s)});
    SOON_VERIFY(m_verifier->progress().bytes > 0); // it reads
    QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
}

TASKREEL_TEST_MAIN(TestLibraryVerifier, QCoreApplication)
#include "tst_libraryverifier.moc"
