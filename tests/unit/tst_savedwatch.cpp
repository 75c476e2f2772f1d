// SPDX-License-Identifier: MIT
#include "core/downloads/savedwatch.h"
#include "core/models/tasktexts.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/turn.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace taskreel;

// Saved files are the user's: what they do to them is seen, and said on the row.
class TestSavedWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void untouchedFilesStaySaved();
    void removedOnesAreNoticed();
    void changedOnesAreNoticed_data();
    void changedOnesAreNoticed();
    void touchedButEqualOnesAreFine();
    void broughtBackIsSavedAgain();
    void savedAnewIsSaved();
    void oneOfTwoVersionsIsEnough();
    void aCoverIsNoResult();
    void goneOutlivesARestart();
    void rowsWithoutFilesCostNothing();

private:
    StoredFile write(const QString &name, const QByteArray &bytes, const QString &mediaKey = u"video"_s,
                     Variant variant = Variant::Watermarked);
    void load(const QList<StoredFile> &files, SaveState state = SaveState::Saved);
    void look();
    void repositoryTurn(); ///< what the repository has to tell is told when it returns
    [[nodiscard]] const TaskSummary &row() const { return *m_repository->find(u"task-1"_s); }
    [[nodiscard]] QString savedCell() const
    {
        return cellText(row(), TaskTableModel::Column::Saved, QDateTime::currentDateTimeUtc());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<SavedWatch> m_watch;
};

void TestSavedWatch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_watch = std::make_unique<SavedWatch>(m_repository.get());
}

void TestSavedWatch::cleanup()
{
    m_watch.reset();
    m_repository.reset();
}

StoredFile TestSavedWatch::write(const QString &name, const QByteArray &bytes, const QString &mediaKey,
                                 Variant variant)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(name));
    return {{u"task-1"_s, mediaKey, variant},
            file.fileName(),
            bytes.size(),
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256),
            QDateTime::currentDateTimeUtc(),
            {}};
}

void TestSavedWatch::load(const QList<StoredFile> &files, SaveState state)
{
    TaskSummary row;
    row.id = u"task-1"_s;
    row.sequence = 1;
    row.status = TaskStatus::Completed;
    row.resultCount = 1;
    row.saveState = state;
    row.savedPath = files.isEmpty() ? QString() : files.constFirst().path;
    m_repository->load({row}, {}, files);
}

void TestSavedWatch::repositoryTurn()
{
    bool over = false;
    m_repository->whenWritten(this, [&over](bool) { over = true; });
    SOON_VERIFY(over);
}

void TestSavedWatch::look()
{
    QSignalSpy looked(m_watch.get(), &SavedWatch::looked);
    m_watch->look({u"task-1"_s});
    SOON_COMPARE(looked.count(), 1);
}

void TestSavedWatch::untouchedFilesStaySaved()
{
    load({write(u"a.mp4"_s, "clip")});
    const TaskSummary before = row();
    QSignalSpy changed(m_repository.get(), &TaskRepository::tasksChanged);
    look();
    QCOMPARE(row(), before);
    repositoryTurn();
    QCOMPARE(changed.count(), 0);
}

void TestSavedWatch::removedOnesAreNoticed()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file});
    QVERIFY(QFile::remove(file.path));
    look();
    QCOMPARE(row().saveState, SaveState::Gone);
    QCOMPARE(savedCell(), u"Not there any more"_s);
    QCOMPARE(row().savedPath, file.path); // where it was
    QCOMPARE(m_repository->lostFiles(u"task-1"_s), QSet<AssetId>{file.asset});
}

void TestSavedWatch::changedOnesAreNoticed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("longer") << QByteArray("clip and more");
    QTest::newRow("as long as before") << QByteArray("clop");
}

void TestSavedWatch::changedOnesAreNoticed()
{
    QFETCH(QByteArray, bytes);
    StoredFile file = write(u"a.mp4"_s, "clip");
    file.at = file.at.addSecs(-60); // it was saved a while ago
    load({file});
    (void)write(u"a.mp4"_s, bytes);
    look();
    QCOMPARE(row().saveState, SaveState::Gone);
    QCOMPARE(savedCell(), u"Changed since it was saved"_s);
}

void TestSavedWatch::touchedButEqualOnesAreFine()
{
    StoredFile file = write(u"a.mp4"_s, "clip");
    file.at = file.at.addSecs(-60);
    load({file});
    look();
    QCOMPARE(row().saveState, SaveState::Saved);
}

void TestSavedWatch::broughtBackIsSavedAgain()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file});
    QVERIFY(QFile::rename(file.path, file.path + u".away"_s));
    look();
    QCOMPARE(row().saveState, SaveState::Gone);
    QVERIFY(QFile::rename(file.path + u".away"_s, file.path));
    look();
    QCOMPARE(row().saveState, SaveState::Saved);
    QCOMPARE(row().saveError, QString());
}

void TestSavedWatch::savedAnewIsSaved()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file});
    QVERIFY(QFile::remove(file.path));
    look();
    QCOMPARE(row().saveState, SaveState::Gone);
    m_repository->recordSaved(write(u"a (2).mp4"_s, "clip"));
    QCOMPARE(row().saveState, SaveState::Saved);
    look();
    QCOMPARE(row().saveState, SaveState::Saved);
}

void TestSavedWatch::oneOfTwoVersionsIsEnough()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file, write(u"b.mp4"_s, "clip without", u"video"_s, Variant::Unwatermarked)});
    QVERIFY(QFile::remove(file.path));
    look();
    QCOMPARE(row().saveState, SaveState::Saved);
    QCOMPARE(m_repository->lostFiles(u"task-1"_s), QSet<AssetId>{file.asset});
}

void TestSavedWatch::aCoverIsNoResult()
{
    const StoredFile cover = write(u"a.jpg"_s, "cover", u"works[0].cover"_s);
    load({}, SaveState::NotSaved);
    m_repository->recordSaved(cover);
    QCOMPARE(row().saveState, SaveState::NotSaved);
    QCOMPARE(row().savedPath, QString()); // of results alone
    const StoredFile clip = write(u"a.mp4"_s, "clip");
    m_repository->recordSaved(clip);
    QCOMPARE(row().saveState, SaveState::Saved);
    QVERIFY(QFile::remove(cover.path));
    look();
    QCOMPARE(row().saveState, SaveState::Saved);
    QCOMPARE(row().savedPath, clip.path);
}

void TestSavedWatch::goneOutlivesARestart()
{
    const StoredFile file = write(u"a.mp4"_s, "clip");
    load({file}, SaveState::Gone);
    QVERIFY(m_repository->lostFiles(u"task-1"_s).contains(file.asset));
    look(); // somebody has put it back meanwhile
    QCOMPARE(row().saveState, SaveState::Saved);
}

void TestSavedWatch::rowsWithoutFilesCostNothing()
{
    load({}, SaveState::NotSaved);
    QSignalSpy looked(m_watch.get(), &SavedWatch::looked);
    m_watch->look({u"task-1"_s, u"unknown"_s, QString()});
    QThreadPool::globalInstance()->waitForDone();
    test::awaitPosted();
    QCOMPARE(looked.count(), 0);
}

TASKREEL_TEST_MAIN(TestSavedWatch, QCoreApplication)
#include "tst_savedwatch.moc"
