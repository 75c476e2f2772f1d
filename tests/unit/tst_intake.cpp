// SPDX-License-Identifier: MIT
#include "core/tasks/intake.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QTemporaryDir>
#include <QThreadPool>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QString uuid(int n)
{
    return u"bbbbbbbb-0000-4000-8000-%1"_s.arg(n, 12, 10, QChar(u'0'));
}

static QString answerText(int n, const QString &status)
{
    return u"{\"task_id\":\"%1\",\"model\":\"kling\",\"task_type\":\"video_generation\","
           "\"status\":\"%2\",\"output\":{}}"_s.arg(uuid(n), status);
}

class TestIntake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsAddedAndKnown();
    void answersNeedNoRequest();
    void manyAnswersKeepTheirOrder();
    void largeTextsAreReadOnThePool();
    void reportsKeepTheOrderOfTheCalls();
    void waitsForTheDisk();
    void readsFiles();
    void refusesWhatIsNotText_data();
    void refusesWhatIsNotText();
    void refusesFilesOverTheLimit();
    void decodes_data();
    void decodes();
    void argumentsAreFilesOrIds();
    void offersParentsThatAreNotHere();
    void mayEndWhileTheFilesAreRead();

private:
    QString file(const QString &name, const QByteArray &bytes) const;
    IntakeReport report(int call = 0);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<QSignalSpy> m_finished;
};

void TestIntake::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_intake.reset();
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_intake = std::make_unique<Intake>(m_repository.get());
    m_finished = std::make_unique<QSignalSpy>(m_intake.get(), &Intake::finished);
}

QString TestIntake::file(const QString &name, const QByteArray &bytes) const
{
    const QString path = m_folder->filePath(name);
    QFile made(path);
    return made.open(QIODevice::WriteOnly) && made.write(bytes) == bytes.size() ? path : QString();
}

IntakeReport TestIntake::report(int call)
{
    const auto arrived = [this, call] { return m_finished->size() > call; };
    return QTest::qWaitFor(arrived, test::kPatienceMs)
        ? m_finished->at(call).at(0).value<IntakeReport>()
        : IntakeReport();
}

void TestIntake::countsAddedAndKnown()
{
    m_repository->add({uuid(1)});
    m_intake->addText(u"see %1, %2 and %3 (%2); 0123456789abcdef0123456789abcdef"_s.arg(
        uuid(3), uuid(1).toUpper(), uuid(2)));
    QCOMPARE(m_finished->size(), 0); // never inside the call
    IntakeReport expected;
    expected.added = {uuid(3), uuid(2)};
    expected.known = {uuid(1)};
    expected.notUnderstood = {u"0123456789abcdef0123456789abcdef"_s};
    QCOMPARE(report(), expected);
    m_intake->addText(u"nothing here"_s);
    QCOMPARE(report(1), IntakeReport());
    m_intake->addText({});
    QCOMPARE(report(2), IntakeReport());
    QCOMPARE(m_finished->size(), 3);
}

void TestIntake::answersNeedNoRequest()
{
    // Whoever takes up new rows must see the answer at once.
    TaskStatus seen = TaskStatus::NotAsked;
    connect(m_repository.get(), &TaskRepository::tasksAdded, this,
            [&](const QStringList &ids) { seen = m_repository->find(ids.first())->status; });
    m_intake->addText(u"[%1,\"%2\"]"_s.arg(answerText(1, u"completed"_s), uuid(2)));
    const IntakeReport told = report();
    QCOMPARE(told.added, (QStringList{uuid(1), uuid(2)}));
    QCOMPARE(told.answers, 1);
    QCOMPARE(seen, TaskStatus::Completed);
    QVERIFY(m_repository->task(uuid(1)).has_value());
    // The same again, older: nothing is lost.
    m_intake->addText(answerText(1, u"processing"_s));
    QCOMPARE(report(1).known, QStringList{uuid(1)});
    QCOMPARE(m_repository->find(uuid(1))->status, TaskStatus::Completed);
}

void TestIntake::manyAnswersKeepTheirOrder()
{
    QStringList ids;
    QStringList lines;
    for (int i = 0; i < 300; ++i) {
        ids += uuid(300 - i);
        lines += answerText(300 - i, u"completed"_s);
    }
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    m_intake->addText(lines.join(u'\n'));
    QCOMPARE(report().added, ids);
    QCOMPARE(m_repository->ids(), ids);
    QVERIFY(added.size() > 1); // not all in one turn
    const QDateTime batch = m_repository->find(ids.first())->addedAt;
    for (const QString &id : ids) {
        QCOMPARE(m_repository->find(id)->status, TaskStatus::Completed);
        QCOMPARE(m_repository->find(id)->addedAt, batch);
    }
    QCOMPARE(m_finished->size(), 1);
}

void TestIntake::largeTextsAreReadOnThePool()
{
    QString text = uuid(1) + u'\n' + QString(300'000, u'.') + u'\n' + uuid(2);
    m_intake->addText(text);
    QCOMPARE(m_repository->count(), 0);
    QCOMPARE(report().added, (QStringList{uuid(1), uuid(2)}));
}

void TestIntake::reportsKeepTheOrderOfTheCalls()
{
    m_intake->addText(uuid(1) + QString(300'000, u' ') + u"x"_s);
    m_intake->addText(uuid(2));
    m_intake->addFiles({file(u"a.txt"_s, uuid(3).toUtf8())});
    m_intake->addText(u"none"_s);
    m_intake->addText(uuid(1));
    SOON_COMPARE(m_finished->size(), 5);
    QCOMPARE(report(0).added, QStringList{uuid(1)});
    QCOMPARE(report(1).added, QStringList{uuid(2)});
    QCOMPARE(report(2).added, QStringList{uuid(3)});
    QCOMPARE(report(3), IntakeReport());
    QCOMPARE(report(4).known, QStringList{uuid(1)});
    QCOMPARE(m_repository->ids(), (QStringList{uuid(1), uuid(2), uuid(3)}));
}

void TestIntake::waitsForTheDisk()
{
    Store store(m_folder->filePath(u"library.sqlite"_s));
    TaskRepository repository(&store);
    Intake intake(&repository);
    QStringList order;
    connect(&store, &Store::committed, this, [&order] { order += u"committed"_s; });
    connect(&intake, &Intake::finished, this, [&order] { order += u"finished"_s; });
    store.open();
    intake.addText(uuid(1));
    intake.addText(u"none"_s);
    SOON_COMPARE(order.size(), 3);
    QCOMPARE(order, (QStringList{u"committed"_s, u"finished"_s, u"finished"_s}));

    // A disk that refuses ends the call as well.
    Store refusing(file(u"file"_s, "x") + u"/library.sqlite"_s);
    TaskRepository inMemory(&refusing);
    Intake other(&inMemory);
    QSignalSpy finished(&other, &Intake::finished);
    refusing.open();
    other.addText(uuid(1));
    SOON_COMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).value<IntakeReport>().added, QStringList{uuid(1)});
}

void TestIntake::readsFiles()
{
    const QString list = file(u"list.txt"_s, uuid(1).toUtf8() + "\r\n" + uuid(2).toUtf8());
    const QString json = file(u"answer.json"_s, answerText(3, u"failed"_s).toUtf8());
    const QString missing = m_folder->filePath(u"gone.txt"_s);
    m_intake->addFiles({list, missing, json, m_folder->path()});
    const IntakeReport told = report();
    QCOMPARE(told.added, (QStringList{uuid(1), uuid(2), uuid(3)}));
    QCOMPARE(told.answers, 1);
    QCOMPARE(told.unreadableFiles.size(), 2);
    QCOMPARE(told.unreadableFiles.at(0), u"gone.txt: No such file or directory"_s);
    QVERIFY(told.unreadableFiles.at(1).endsWith(u": not a file"_s));
}

void TestIntake::refusesWhatIsNotText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray noise(4096, Qt::Uninitialized);
    for (qsizetype i = 0; i < noise.size(); ++i)
        noise[i] = static_cast<char>(i * 37 + i / 11);
    QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QTest::newRow("mp4") << QByteArray("\0\0\0\x18"
                                       "ftypmp42",
                                       12);
    QTest::newRow("noise") << noise;
}

void TestIntake::refusesWhatIsNotText()
{
    QFETCH(QByteArray, bytes);
    m_intake->addFiles({file(u"a.bin"_s, bytes + uuid(1).toUtf8())});
    QCOMPARE(report().unreadableFiles, QStringList{u"a.bin: not text"_s});
    QCOMPARE(m_repository->count(), 0);
}

void TestIntake::refusesFilesOverTheLimit()
{
    QFile sparse(m_folder->filePath(u"big.txt"_s));
    QVERIFY(sparse.open(QIODevice::WriteOnly));
    QVERIFY(sparse.resize(kLongestIntakeFile + 1));
    sparse.close();
    const QString pipe = m_folder->filePath(u"pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    m_intake->addFiles({sparse.fileName(), pipe});
    const IntakeReport told = report();
    QCOMPARE(told.unreadableFiles,
             (QStringList{u"big.txt: larger than 64 MiB"_s, u"pipe: not a file"_s}));
}

void TestIntake::decodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text = u"IDs: %1 \u72d0"_s.arg(uuid(1));
    const auto utf16 = [&text](QStringConverter::Encoding encoding, bool mark) {
        QStringEncoder encoder(
            encoding, mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
        const QByteArray bytes = encoder.encode(text);
        return bytes;
    };
    QTest::newRow("utf-8") << text.toUtf8();
    QTest::newRow("utf-8 with mark") << "\xEF\xBB\xBF" + text.toUtf8();
    QTest::newRow("utf-16le with mark") << utf16(QStringConverter::Utf16LE, true);
    QTest::newRow("utf-16be with mark") << utf16(QStringConverter::Utf16BE, true);
    QTest::newRow("utf-16le") << utf16(QStringConverter::Utf16LE, false);
    QTest::newRow("utf-16be") << utf16(QStringConverter::Utf16BE, false);
    QTest::newRow("latin-1") << "caf\xe9 " + uuid(1).toLatin1() + " \xfc\xfe";
    QTest::newRow("cut utf-8") << uuid(1).toUtf8() + " \xE7\x8B";
    QTest::newRow("answer with mark") << "\xEF\xBB\xBF" + answerText(1, u"completed"_s).toUtf8();
}

void TestIntake::decodes()
{
    QFETCH(QByteArray, bytes);
    m_intake->addFiles({file(u"a.txt"_s, bytes)});
    QCOMPARE(report().added, QStringList{uuid(1)});
    QCOMPARE(report().unreadableFiles, QStringList());
}

void TestIntake::argumentsAreFilesOrIds()
{
    const QString list = file(u"list.txt"_s, uuid(5).toUtf8());
    m_intake->addArguments({uuid(2), list, u"my-task-77"_s, u"./gone.json"_s, u"what"_s,
                            u"https://app.example/task/"_s + uuid(1)});
    const IntakeReport told = report();
    QCOMPARE(told.added, (QStringList{uuid(2), uuid(5), u"my-task-77"_s, uuid(1)}));
    QCOMPARE(told.unreadableFiles, QStringList{u"gone.json: No such file or directory"_s});
    QCOMPARE(told.notUnderstood, QStringList{u"what"_s});
}

void TestIntake::offersParentsThatAreNotHere()
{
    const QString text = u"{\"task_id\":\"%1\",\"status\":\"completed\",\"model\":\"kling\","
                         "\"task_type\":\"extend_video\",\"input\":{\"origin_task_id\":\"%2\"}}"_s;
    m_intake->addText(text.arg(uuid(1), uuid(2)));
    QCOMPARE(report().offered, QStringList{uuid(2)});
    m_repository->add({uuid(2)});
    m_intake->addText(text.arg(uuid(3), uuid(2)));
    QCOMPARE(report(1).offered, QStringList());
}

void TestIntake::mayEndWhileTheFilesAreRead()
{
    const QString list = file(u"list.txt"_s, uuid(1).toUtf8() + QByteArray(2'000'000, ' '));
    for (int i = 0; i < 20; ++i) {
        m_intake = std::make_unique<Intake>(m_repository.get());
        m_intake->addFiles({list});
        m_intake.reset();
    }
    SOON_VERIFY(QThreadPool::globalInstance()->activeThreadCount() == 0);
    QCOMPARE(m_repository->count(), 0);
}

TASKREEL_TEST_MAIN(TestIntake, QCoreApplication)

#include "tst_intake.moc"
