// SPDX-License-Identifier: MIT
// Longer than other files: every case needs the same rows, answers and store.
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QString uuid(int n)
{
    return u"aaaaaaaa-0000-4000-8000-%1"_s.arg(n, 12, 10, QChar(u'0'));
}

static ReadAnswer answer(const QString &id, const QByteArray &status, int works = 0,
                         const QByteArray &host = "a", const QByteArray &more = {})
{
    QByteArrayList list;
    for (int i = 0; i < works; ++i) {
        // No slashes in the raw strings: moc 6.4 takes them for a comment and finds no class.
        const QByteArray url = "http://" + host + ".example/" + QByteArray::number(i);
        list += R"({"status":99,"video":{"resource":")" + url
            + R"(","resource_without_watermark":""}})";
    }
    const QByteArray body = R"({"task_id":")" + id.toUtf8() + R"(","model":"kling",)"
        + R"("task_type":"video_generation","status":")" + status + R"(","output":{"works":[)"
        + list.join(',') + "]}" + more + "}";
    const Result<ReadAnswer> read = readAnswer(body, 200);
    return read ? *read : ReadAnswer();
}

static StoredFile saved(const QString &id, const QString &key)
{
    StoredFile file;
    file.asset = {id, key, Variant::Watermarked};
    file.path = u"/videos/"_s + key;
    file.bytes = 10;
    file.sha256 = QByteArray(32, 'h');
    file.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    return file;
}

/// One opened library with its repository, as a session has it.
struct Session
{
    explicit Session(const QString &path) : store(path), repository(&store)
    {
        QSignalSpy opened(&store, &Store::opened);
        QObject::connect(&store, &Store::opened, &repository, [this](const StoredLibrary &library) {
            repository.load(library.tasks, library.removed, library.saved);
        });
        store.open();
        isOpen = opened.wait(test::kPatienceMs);
    }
    Store store;
    TaskRepository repository;
    bool isOpen = false;
};

/// As another program would find them.
static int rowsOnDisk(const QString &path)
{
    int rows = -1;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(path);
        QSqlQuery query(database);
        if (database.open() && query.exec(u"SELECT COUNT(*) FROM tasks"_s) && query.next())
            rows = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return rows;
}

class TestTaskRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addsEachIdOnce();
    void announcesOnceATurn();
    void addCommittedFollowsTheCommit();
    void nothingChangedNothingAnnounced();
    void withoutAStoreAnswersAreInMemory();
    void volatileStatesAreNotWritten();
    void everythingIsThereAfterARestart();
    void savedIsSaidOnceTheRecordIsOnDisk();
    void whenWrittenWaitsForWhatIsOnItsWay();
    void mergesWithAnAnswerKeptBefore();
    void newestOfSeveralWinsWhileTheOldOneIsRead();
    void largeAnswersAreMergedOnThePool();
    void aFinishedTaskIsNotTakenBack();
    void anOlderPastedAnswerFillsGapsOnly();
    void aTryThatFailedKeepsTheState();
    void savedWhenEveryWorkHasAFile();
    void savingEndsAsTheFilesSay();
    void removedRowsComeBackAsTheyWere();
    void comingBackNothingIsUnderWay();
    void rowsOfOnePlaceAreBothThere();
    void inlineBytesAreHandedOn();
    void removeAndRestoreInOneTurnIsNoNews();
    void addedAgainAfterARestart();
    void lateAnswersDoNotBringRemovedRowsBack();
    void changesSurviveARefusingDisk();
    void aThousandAnswersInATurnAreOneBatch();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"library.sqlite"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTaskRepository::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestTaskRepository::addsEachIdOnce()
{
    TaskRepository repository(nullptr);
    AddOutcome outcome = repository.add({uuid(1), uuid(2)});
    QCOMPARE(outcome, (AddOutcome{{uuid(1), uuid(2)}, {}}));
    outcome = repository.add({uuid(2).toUpper(), u"token-1"_s, u"TOKEN-1"_s});
    // UUIDs are one whatever their case; other ids are opaque.
    QCOMPARE(outcome, (AddOutcome{{u"token-1"_s, u"TOKEN-1"_s}, {uuid(2)}}));
    QCOMPARE(repository.ids(), (QStringList{uuid(1), uuid(2), u"token-1"_s, u"TOKEN-1"_s}));
    QCOMPARE(repository.find(uuid(1))->addedAt, repository.find(uuid(2))->addedAt);
    QVERIFY(repository.find(u"token-1"_s)->addedAt > repository.find(uuid(2))->addedAt);
    repository.merge(answer(uuid(1).toUpper(), "completed", 1), true);
    QCOMPARE(repository.count(), 4);
    QCOMPARE(repository.task(uuid(1))->id, uuid(1));
}

void TestTaskRepository::announcesOnceATurn()
{
    TaskRepository repository(nullptr);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    QSignalSpy changed(&repository, &TaskRepository::tasksChanged);
    QSignalSpy removed(&repository, &TaskRepository::tasksRemoved);
    repository.add({uuid(3), uuid(1)});
    repository.add({uuid(2)});
    repository.merge(answer(uuid(1), "processing"), true);
    repository.remove({uuid(2)});
    QCOMPARE(added.size(), 0);
    SOON_COMPARE(added.size(), 1);
    QCOMPARE(added.at(0).at(0).toStringList(), (QStringList{uuid(3), uuid(1)}));
    QCOMPARE(changed.size(), 0);
    QCOMPARE(removed.size(), 0);

    repository.setMarks(uuid(1), {.starred = true});
    repository.setFetchState(uuid(1), FetchState::Asking);
    repository.setFetchState(uuid(3), FetchState::Queued);
    SOON_COMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toStringList(), (QStringList{uuid(3), uuid(1)}));
    QCOMPARE(added.size(), 1);
}

void TestTaskRepository::addCommittedFollowsTheCommit()
{
    Session session(path());
    QVERIFY(session.isOpen);
    QStringList order;
    connect(&session.repository, &TaskRepository::tasksAdded, this,
            [&order] { order += u"added"_s; });
    connect(&session.store, &Store::committed, this, [&order] { order += u"committed"_s; });
    QSignalSpy committed(&session.repository, &TaskRepository::addCommitted);
    session.repository.add({uuid(1), uuid(2)});
    SOON_COMPARE(committed.size(), 1);
    QCOMPARE(committed.at(0).at(0).toStringList(), (QStringList{uuid(1), uuid(2)}));
    QCOMPARE(order, (QStringList{u"added"_s, u"committed"_s}));
}

void TestTaskRepository::nothingChangedNothingAnnounced()
{
    Session session(path());
    QVERIFY(session.isOpen);
    QSignalSpy added(&session.repository, &TaskRepository::tasksAdded);
    session.repository.merge(answer(uuid(1), "completed", 2), true);
    SOON_COMPARE(added.size(), 1);
    QSignalSpy changed(&session.repository, &TaskRepository::tasksChanged);
    QSignalSpy committed(&session.store, &Store::committed);
    session.repository.merge(answer(uuid(1), "completed", 2), true);
    session.repository.merge(answer(uuid(1), "completed", 2), false);
    session.repository.merge(answer(uuid(1), "pending"), false);
    session.repository.setMarks(uuid(1), {});
    session.repository.setSaveState(uuid(1), SaveState::NotSaved);
    session.repository.add({uuid(2)}); // a turn that has something to do
    SOON_COMPARE(added.size(), 2);
    QCOMPARE(changed.size(), 0);
    // Other links are news, though the row looks the same.
    session.repository.merge(answer(uuid(1), "completed", 2, "b"), true);
    SOON_COMPARE(changed.size(), 1);
}

void TestTaskRepository::withoutAStoreAnswersAreInMemory()
{
    TaskRepository repository(nullptr);
    QSignalSpy committed(&repository, &TaskRepository::addCommitted);
    QSignalSpy json(&repository, &TaskRepository::answerReady);
    repository.merge(answer(uuid(1), "completed", 1), true);
    QVERIFY(repository.task(uuid(1)).has_value());
    QVERIFY(!repository.task(uuid(9)).has_value());
    repository.requestAnswer(uuid(1));
    repository.requestAnswer(uuid(9));
    QCOMPARE(json.size(), 0);
    SOON_COMPARE(json.size(), 2);
    QCOMPARE(json.at(0).at(1).toByteArray(), answer(uuid(1), "completed", 1).json);
    QCOMPARE(json.at(1).at(1).toByteArray(), QByteArray());
    SOON_COMPARE(committed.size(), 1);
}

void TestTaskRepository::volatileStatesAreNotWritten()
{
    Session session(path());
    QVERIFY(session.isOpen);
    QSignalSpy committed(&session.store, &Store::committed);
    QSignalSpy changed(&session.repository, &TaskRepository::tasksChanged);
    session.repository.add({uuid(1)});
    SOON_COMPARE(committed.size(), 1);
    session.repository.setFetchState(uuid(1), FetchState::Queued);
    SOON_COMPARE(changed.size(), 1);
    session.repository.setFetchState(uuid(1), FetchState::Asking);
    SOON_COMPARE(changed.size(), 2);
    session.repository.setSaveState(uuid(1), SaveState::Saving, 40);
    SOON_COMPARE(changed.size(), 3);
    const QDateTime due = QDateTime::fromMSecsSinceEpoch(1'900'000'000'000, Qt::UTC);
    session.repository.setFetchState(uuid(1), FetchState::Waiting, due);
    SOON_COMPARE(committed.size(), 2);

    Session again(path());
    QCOMPARE(again.repository.find(uuid(1))->nextCheckAt, due);
    QCOMPARE(again.repository.find(uuid(1))->saveState, SaveState::NotSaved);
}

void TestTaskRepository::everythingIsThereAfterARestart()
{
    QList<TaskSummary> before;
    {
        Session session(path());
        QVERIFY(session.isOpen);
        session.repository.add({uuid(1), uuid(2), uuid(3)});
        session.repository.merge(answer(uuid(2), "completed", 2), true);
        session.repository.recordSaved(saved(uuid(2), u"works[0].video"_s));
        session.repository.setMarks(uuid(3), {.starred = true});
        session.repository.setFetchError(uuid(3), {ErrorKind::NotFound, 404, u"no"_s, {}, -1});
        for (const QString &id : session.repository.ids())
            before.append(*session.repository.find(id));
        QCOMPARE(before.at(1).saveState, SaveState::Saving); // its record is not on disk yet
        before[1].saveState = SaveState::Partly;
        before[1].savePercent = 0;
        // No turn of the loop: the destructor writes what is pending.
    }
    Session session(path());
    QVERIFY(session.isOpen);
    QList<TaskSummary> after;
    for (const QString &id : session.repository.ids())
        after.append(*session.repository.find(id));
    QCOMPARE(after, before);
    QCOMPARE(after.at(1).saveState, SaveState::Partly);

    QSignalSpy ready(&session.repository, &TaskRepository::taskReady);
    QVERIFY(!session.repository.task(uuid(2)).has_value());
    QVERIFY(!session.repository.task(uuid(2)).has_value()); // asked once all the same
    SOON_COMPARE(ready.size(), 1);
    QCOMPARE(ready.at(0).at(0).value<Task>(), answer(uuid(2), "completed", 2).task);
    QCOMPARE(session.repository.task(uuid(2)), answer(uuid(2), "completed", 2).task);
    // New rows come after the old ones.
    session.repository.add({uuid(4)});
    QCOMPARE(session.repository.ids().last(), uuid(4));
    session.repository.recordSaved(saved(uuid(2), u"works[1].video"_s));
    SOON_COMPARE(session.repository.find(uuid(2))->saveState, SaveState::Saved);
}

void TestTaskRepository::savedIsSaidOnceTheRecordIsOnDisk()
{
    Session session(path());
    QVERIFY(session.isOpen);
    session.repository.merge(answer(uuid(1), "completed", 1), true);
    QSignalSpy added(&session.repository, &TaskRepository::tasksAdded);
    SOON_COMPARE(added.size(), 1);
    qsizetype committed = 0;
    connect(&session.store, &Store::committed, this, [&committed] { ++committed; });
    qsizetype committedWhenSaid = -1;
    connect(&session.repository, &TaskRepository::tasksChanged, this, [&] {
        if (session.repository.find(uuid(1))->saveState == SaveState::Saved)
            committedWhenSaid = committed;
    });
    session.repository.recordSaved(saved(uuid(1), u"works[0].video"_s));
    bool written = false;
    session.repository.whenWritten(this, [&](bool ok) {
        written = ok;
        QCOMPARE(session.repository.find(uuid(1))->saveState, SaveState::Saved);
    });
    QVERIFY(!written);
    SOON_COMPARE(written, true);
    QTRY_VERIFY_WITH_TIMEOUT(committedWhenSaid >= 1, test::kPatienceMs);
}

void TestTaskRepository::whenWrittenWaitsForWhatIsOnItsWay()
{
    Session session(path());
    QVERIFY(session.isOpen);
    session.repository.add({uuid(1)});
    session.repository.flush();
    int atCall = -1;
    session.repository.whenWritten(this, [&](bool) { atCall = rowsOnDisk(path()); }); // nothing new
    SOON_COMPARE(atCall, 1);
    bool again = false;
    session.repository.whenWritten(this, [&](bool ok) { again = ok; });
    QVERIFY(!again);
    SOON_COMPARE(again, true);
    // A listener that is gone is not called.
    auto context = std::make_unique<QObject>();
    bool called = false;
    session.repository.whenWritten(context.get(), [&](bool) { called = true; });
    context.reset();
    bool last = false;
    session.repository.whenWritten(this, [&](bool) { last = true; });
    SOON_COMPARE(last, true);
    QVERIFY(!called);

    TaskRepository inMemory(nullptr);
    bool told = false;
    inMemory.whenWritten(this, [&](bool ok) { told = ok; });
    QVERIFY(!told);
    SOON_COMPARE(told, true);
}

void TestTaskRepository::mergesWithAnAnswerKeptBefore()
{
    {
        Session session(path());
        session.repository.merge(answer(uuid(1), "completed", 3, "old"), true);
    }
    {
        Session session(path());
        QSignalSpy changed(&session.repository, &TaskRepository::tasksChanged);
        session.repository.merge(answer(uuid(1), "completed", 1, "new"), true);
        // At once: nothing lost. Soon: the two answers as one.
        QCOMPARE(session.repository.find(uuid(1))->resultCount, 3);
        SOON_VERIFY(session.repository.task(uuid(1)).has_value());
        const Task task = *session.repository.task(uuid(1));
        QCOMPARE(task.works.size(), 3);
        QCOMPARE(task.works.at(0).media.at(0).sources.at(0).url, "http://new.example/0");
        QVERIFY(task.works.at(2).media.at(0).noLongerOffered);
        SOON_COMPARE(changed.size(), 1);
    }
    Session session(path());
    QSignalSpy ready(&session.repository, &TaskRepository::taskReady);
    (void)session.repository.task(uuid(1));
    SOON_COMPARE(ready.size(), 1);
    const Task task = ready.at(0).at(0).value<Task>();
    QCOMPARE(task.works.size(), 3);
    QVERIFY(task.works.at(2).media.at(0).noLongerOffered);
}

void TestTaskRepository::newestOfSeveralWinsWhileTheOldOneIsRead()
{
    {
        Session session(path());
        session.repository.merge(answer(uuid(1), "pending"), true);
    }
    Session session(path());
    session.repository.merge(answer(uuid(1), "processing"), true);
    session.repository.merge(answer(uuid(1), "completed", 1, "b"), true);
    session.repository.merge(answer(uuid(1), "completed", 1, "c"), true);
    session.repository.merge(answer(uuid(1), "processing"), true);
    QCOMPARE(session.repository.find(uuid(1))->status, TaskStatus::Completed);
    SOON_VERIFY(session.repository.task(uuid(1)).has_value());
    const Task task = *session.repository.task(uuid(1));
    QCOMPARE(task.status, TaskStatus::Completed);
    QCOMPARE(task.works.at(0).media.at(0).sources.at(0).url, "http://c.example/0");
}

void TestTaskRepository::largeAnswersAreMergedOnThePool()
{
    const QByteArray padding = R"(,"detail":{"x":")" + QByteArray(400'000, 'x') + R"("})";
    {
        Session session(path());
        session.repository.merge(answer(uuid(1), "completed", 2, "old", padding), true);
    }
    Session session(path());
    session.repository.merge(answer(uuid(1), "completed", 1, "mid", padding), true);
    session.repository.merge(answer(uuid(1), "completed", 1, "new", padding), true);
    SOON_VERIFY(session.repository.task(uuid(1)).has_value());
    const auto url = [&session] {
        const std::optional<Task> task = session.repository.task(uuid(1));
        return task ? task->works.at(0).media.at(0).sources.at(0).url : QByteArray();
    };
    SOON_COMPARE(url(), "http://new.example/0");
    QCOMPARE(session.repository.task(uuid(1))->works.size(), 2);
    // At hand and large: on the pool as well.
    session.repository.merge(answer(uuid(1), "completed", 1, "last", padding), true);
    SOON_COMPARE(url(), "http://last.example/0");
}

void TestTaskRepository::aFinishedTaskIsNotTakenBack()
{
    TaskRepository repository(nullptr);
    repository.merge(answer(uuid(1), "completed", 1), true);
    repository.merge(answer(uuid(1), "processing"), true);
    QCOMPARE(repository.find(uuid(1))->status, TaskStatus::Completed);
    QCOMPARE(repository.task(uuid(1))->works.size(), 1);
    repository.merge(answer(uuid(1), "failed"), true);
    QCOMPARE(repository.find(uuid(1))->status, TaskStatus::Failed);
    QCOMPARE(repository.find(uuid(1))->resultCount, 1);
}

void TestTaskRepository::anOlderPastedAnswerFillsGapsOnly()
{
    TaskRepository repository(nullptr);
    repository.merge(answer(uuid(1), "completed", 1, "fresh"), true);
    repository.merge(answer(uuid(1), "processing", 1, "stale", R"(,"input":{"prompt":"a fox"})"),
                     false);
    QCOMPARE(repository.find(uuid(1))->prompt, u"a fox"_s);
    QCOMPARE(repository.find(uuid(1))->status, TaskStatus::Completed);
    const Task task = *repository.task(uuid(1));
    QCOMPARE(task.works.at(0).media.at(0).sources.at(0).url, "http://fresh.example/0");
}

void TestTaskRepository::aTryThatFailedKeepsTheState()
{
    TaskRepository repository(nullptr);
    repository.merge(answer(uuid(1), "processing"), true);
    const Error error{ErrorKind::ServerFault, 502, u"gateway"_s, {}, -1};
    repository.setFetchError(uuid(1), error);
    repository.setFetchError(uuid(1), error);
    QCOMPARE(repository.find(uuid(1))->status, TaskStatus::Processing);
    QCOMPARE(repository.find(uuid(1))->failedTries, 2);
    QCOMPARE(repository.find(uuid(1))->lastError, error);
    QSignalSpy changed(&repository, &TaskRepository::tasksChanged);
    QSignalSpy added(&repository, &TaskRepository::tasksAdded);
    SOON_COMPARE(added.size(), 1);
    repository.merge(answer(uuid(1), "processing"), true);
    QCOMPARE(repository.find(uuid(1))->failedTries, 0);
    QCOMPARE(repository.find(uuid(1))->lastError, Error());
    SOON_COMPARE(changed.size(), 1);
}

void TestTaskRepository::savedWhenEveryWorkHasAFile()
{
    TaskRepository repository(nullptr);
    repository.merge(answer(uuid(1), "completed", 2), true);
    repository.setSaveState(uuid(1), SaveState::Saving, 10);
    repository.recordSaved(saved(uuid(1), u"works[0].video"_s));
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Partly);
    StoredFile clean = saved(uuid(1), u"works[0].video"_s);
    clean.asset.variant = Variant::Unwatermarked;
    repository.recordSaved(clean);
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Partly);
    repository.recordSaved(saved(uuid(1), u"works[1].video"_s));
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Saved);
    QCOMPARE(repository.find(uuid(1))->savedPath, u"/videos/works[1].video"_s);
    // One more work is offered now.
    repository.merge(answer(uuid(1), "completed", 3), true);
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Partly);
}

void TestTaskRepository::savingEndsAsTheFilesSay()
{
    TaskRepository repository(nullptr);
    repository.merge(answer(uuid(1), "completed", 1), true);
    repository.setSaveState(uuid(1), SaveState::Failed, 0, u"The disk is full."_s);
    QCOMPARE(repository.find(uuid(1))->saveError, u"The disk is full."_s);
    repository.recordSaved(saved(uuid(1), u"works[0].video"_s));
    QCOMPARE(repository.find(uuid(1))->saveError, QString());
    repository.setSaveState(uuid(1), SaveState::Saving, 130);
    QCOMPARE(repository.find(uuid(1))->savePercent, 100);
    repository.setSaveState(uuid(1), SaveState::NotSaved); // cancelled
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Saved);
    QCOMPARE(repository.find(uuid(1))->savePercent, 0);
}

void TestTaskRepository::removedRowsComeBackAsTheyWere()
{
    Session session(path());
    QVERIFY(session.isOpen);
    session.repository.add({uuid(1), uuid(2), uuid(3)});
    session.repository.merge(answer(uuid(2), "completed", 1), true);
    session.repository.recordSaved(saved(uuid(2), u"works[0].video"_s));
    session.repository.setMarks(uuid(2), {.starred = true});
    QSignalSpy added(&session.repository, &TaskRepository::tasksAdded);
    QSignalSpy removed(&session.repository, &TaskRepository::tasksRemoved);
    SOON_COMPARE(added.size(), 1);
    SOON_COMPARE(session.repository.find(uuid(2))->saveState, SaveState::Saved);
    const TaskSummary before = *session.repository.find(uuid(2));
    session.repository.remove({uuid(2)});
    QVERIFY(!session.repository.contains(uuid(2)));
    SOON_COMPARE(removed.size(), 1);
    session.repository.restore({uuid(2), uuid(7)});
    SOON_COMPARE(added.size(), 2);
    QCOMPARE(*session.repository.find(uuid(2)), before);
    QCOMPARE(session.repository.ids(), (QStringList{uuid(1), uuid(2), uuid(3)}));
    QCOMPARE(session.repository.task(uuid(2)), answer(uuid(2), "completed", 1).task);
    session.repository.flush();

    Session again(path());
    QCOMPARE(*again.repository.find(uuid(2)), before);
}

void TestTaskRepository::comingBackNothingIsUnderWay()
{
    TaskRepository repository(nullptr);
    repository.add({uuid(1)});
    repository.setFetchState(uuid(1), FetchState::Asking);
    repository.setSaveState(uuid(1), SaveState::Saving, 40);
    repository.remove({uuid(1)});
    repository.setSaveState(uuid(1), SaveState::Failed, 0, u"The disk is full."_s);
    repository.restore({uuid(1)});
    QCOMPARE(repository.find(uuid(1))->fetchState, FetchState::Idle);
    QCOMPARE(repository.find(uuid(1))->saveState, SaveState::Failed);
}

void TestTaskRepository::rowsOfOnePlaceAreBothThere()
{
    TaskSummary a;
    a.id = uuid(1);
    a.sequence = 5;
    TaskSummary b = a;
    b.id = uuid(2);
    TaskSummary gone = a;
    gone.id = uuid(3);
    TaskRepository repository(nullptr);
    repository.load({a, b}, {gone});
    QCOMPARE(repository.ids(), (QStringList{uuid(1), uuid(2)}));
    repository.restore({uuid(3)});
    QCOMPARE(repository.ids(), (QStringList{uuid(1), uuid(2), uuid(3)}));
}

void TestTaskRepository::inlineBytesAreHandedOn()
{
    TaskRepository repository(nullptr);
    QSignalSpy arrived(&repository, &TaskRepository::inlineArrived);
    repository.merge(answer(uuid(1), "completed", 1), true);
    QCOMPARE(arrived.size(), 0);
    ReadAnswer inlined = answer(uuid(2), "completed", 1);
    inlined.task.works[0].media[0].sources[0] = Source{Variant::Unstated, {}, {}, "bytes"};
    repository.merge(inlined, true);
    QCOMPARE(arrived.size(), 1);
    QCOMPARE(arrived.at(0).at(0).value<Task>().id, uuid(2));
}

void TestTaskRepository::removeAndRestoreInOneTurnIsNoNews()
{
    Session session(path());
    QVERIFY(session.isOpen);
    session.repository.add({uuid(1), uuid(2)});
    QSignalSpy added(&session.repository, &TaskRepository::tasksAdded);
    QSignalSpy removed(&session.repository, &TaskRepository::tasksRemoved);
    SOON_COMPARE(added.size(), 1);
    session.repository.remove({uuid(1)});
    session.repository.restore({uuid(1)});
    session.repository.remove({uuid(2)});
    session.repository.add({uuid(2)});
    session.repository.add({uuid(3)});
    SOON_COMPARE(added.size(), 2);
    QCOMPARE(added.at(1).at(0).toStringList(), QStringList{uuid(3)});
    QCOMPARE(removed.size(), 0);
    QCOMPARE(session.repository.ids(), (QStringList{uuid(1), uuid(2), uuid(3)}));
    bool written = false;
    session.repository.whenWritten(this, [&written](bool ok) { written = ok; });
    SOON_COMPARE(written, true);
    Session again(path());
    QCOMPARE(again.repository.ids(), (QStringList{uuid(1), uuid(2), uuid(3)}));
}

void TestTaskRepository::addedAgainAfterARestart()
{
    {
        Session session(path());
        session.repository.add({uuid(1), uuid(2)});
        session.repository.merge(answer(uuid(1), "completed", 1), true);
        session.repository.setMarks(uuid(1), {.starred = true});
        session.repository.remove({uuid(1)});
    }
    {
        Session session(path());
        QCOMPARE(session.repository.ids(), QStringList{uuid(2)});
        QCOMPARE(session.repository.add({uuid(1)}).added, QStringList{uuid(1)});
        QVERIFY(session.repository.find(uuid(1))->marks.starred);
        QCOMPARE(session.repository.find(uuid(1))->status, TaskStatus::Completed);
        QCOMPARE(session.repository.ids(), (QStringList{uuid(2), uuid(1)}));
    }
    Session session(path());
    QCOMPARE(session.repository.ids(), (QStringList{uuid(2), uuid(1)}));
    QSignalSpy ready(&session.repository, &TaskRepository::taskReady);
    (void)session.repository.task(uuid(1));
    SOON_COMPARE(ready.size(), 1);
}

void TestTaskRepository::lateAnswersDoNotBringRemovedRowsBack()
{
    TaskRepository repository(nullptr);
    repository.add({uuid(1)});
    repository.remove({uuid(1)});
    repository.merge(answer(uuid(1), "completed", 1), true);
    QVERIFY(!repository.contains(uuid(1)));
    repository.merge(answer(uuid(1), "completed", 1), false);
    QCOMPARE(repository.find(uuid(1))->status, TaskStatus::Completed);
}

void TestTaskRepository::changesSurviveARefusingDisk()
{
    QFile blocked(m_folder->filePath(u"file"_s));
    QVERIFY(blocked.open(QIODevice::WriteOnly));
    Store store(m_folder->filePath(u"file/library.sqlite"_s));
    TaskRepository repository(&store);
    QSignalSpy failed(&repository, &TaskRepository::storeFailed);
    QSignalSpy notWritten(&repository, &TaskRepository::addNotWritten);
    store.open();
    repository.add({uuid(1)});
    SOON_COMPARE(notWritten.size(), 1);
    QCOMPARE(notWritten.at(0).at(0).toStringList(), QStringList{uuid(1)});
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::CannotWrite);
    QVERIFY(repository.contains(uuid(1)));
    // The raw view gets an answer even so.
    QSignalSpy json(&repository, &TaskRepository::answerReady);
    repository.requestAnswer(uuid(1));
    SOON_COMPARE(json.size(), 1);
}

void TestTaskRepository::aThousandAnswersInATurnAreOneBatch()
{
    Session session(path());
    QVERIFY(session.isOpen);
    QSignalSpy committed(&session.store, &Store::committed);
    QSignalSpy added(&session.repository, &TaskRepository::tasksAdded);
    for (int i = 0; i < 1000; ++i)
        session.repository.merge(answer(uuid(i), "completed", 1), true);
    SOON_COMPARE(committed.size(), 1);
    QCOMPARE(added.size(), 1);
    QCOMPARE(added.at(0).at(0).toStringList().size(), 1000);
}

TASKREEL_TEST_MAIN(TestTaskRepository, QCoreApplication)

#include "tst_taskrepository.moc"
