// SPDX-License-Identifier: MIT
#include "baretable.h"
#include "benchwindow.h"
#include "cellreader.h"
#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/manytasks.h"
#include "support/mediaserver.h"
#include "support/servicethread.h"

#include <QAbstractButton>
#include <QApplication>
#include <QTableView>
#include <QTemporaryDir>

#include <malloc.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Column = TaskTableModel::Column;

// One file, since every figure is of the same window and library, and the peer stands beside it. The loop
// blocks between events as in the program, so that the clock stops at the very event (QTest's waits look
// only every few ms).
//
// The real window over a library of 10,000 and of 100,000 tasks: start, sort, search, intake, answers and downloads;
// QTableView over QSortFilterProxyModel with as many plain rows is the peer. Prints figures, asserts none.
class BenchList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void start_data() { sizes(); }
    void start();
    void actions_data() { sizes(); }
    void actions();
    void bareActions_data() { sizes(); }
    void bareActions();
    void intake();
    void answersAndDownloads_data();
    void answersAndDownloads();

private:
    static void sizes();
    [[nodiscard]] QString libraryOf(int count);

    QTemporaryDir m_folder;
    test::ServiceThread m_service{50};
};

namespace {

double megabytesResident()
{
    ::malloc_trim(0);
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

/// Counts the paints of a view.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(const QAbstractItemView *view) : m_view(view)
    {
        view->viewport()->installEventFilter(this);
    }
    /// How long until what `act` did is painted, in ms.
    double timed(const std::function<void()> &act)
    {
        QElapsedTimer clock;
        clock.start();
        act();
        m_painted = false;
        m_view->viewport()->update();
        if (!test::loopUntil([this] { return m_painted; }))
            qFatal("not painted");
        return double(clock.nsecsElapsed()) / 1e6;
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_painted = m_painted || event->type() == QEvent::Paint;
        return false;
    }

private:
    const QAbstractItemView *m_view;
    bool m_painted = false;
};

void print(const char *what, QList<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) {
        return times.at(qsizetype(share * double(times.size() - 1)));
    };
    qInfo("%-44s p50 %7.2f ms, p99 %7.2f ms, max %7.2f ms of %d", what, at(0.5), at(0.99), at(1.0),
          int(times.size()));
}

} // namespace

void BenchList::sizes()
{
    QTest::addColumn<int>("count");
    QTest::newRow("10,000") << 10'000;
    QTest::newRow("100,000") << 100'000;
}

QString BenchList::libraryOf(int count)
{
    const QString folder = m_folder.filePath(QString::number(count));
    const QString file = folder + u"/library.sqlite"_s;
    if (!QFile::exists(file) && !test::fillLibrary(folder, count))
        qFatal("no library");
    return file;
}

void BenchList::start()
{
    QFETCH(int, count);
    const QString library = libraryOf(count);
    QList<double> first;
    QList<double> all;
    test::LoopWatch watch;
    QList<double> gaps;
    QList<double> p99;
    double resident = 0;
    for (int run = 0; run < 5; ++run) {
        test::BenchWindow bench(m_service.baseUrl(), library);
        const double before = megabytesResident();
        QObject::connect(bench.context.get(), &AppContext::ready, bench.context.get(),
                         [&bench] { bench.isReady = true; });
        const TaskFilter *filter = bench.context->filter();
        PaintWatch paints(bench.table);
        QElapsedTimer clock;
        clock.start();
        watch.clear();
        bench.window->show();
        bench.context->open();
        QVERIFY(test::loopUntil([&] { return filter->rowCount() >= 500; }));
        paints.timed([] {});
        first.append(double(clock.nsecsElapsed()) / 1e6);
        VERIFY_WATCHED(watch);
        watch.clear(); // the window itself is there, too: from here on only rows come
        QVERIFY(test::loopUntil([&] { return filter->rowCount() >= count && bench.isReady; }));
        paints.timed([] {});
        all.append(double(clock.nsecsElapsed()) / 1e6);
        gaps.append(watch.figures().max);
        p99.append(watch.figures().p99);
        test::loopFor(500);
        resident = std::max(resident, megabytesResident() - before);
    }
    print("start to the first 500 rows painted", first);
    print("start to all rows there", all);
    print("the longest event-loop gap while rows come", gaps);
    print("p99 of the gaps while rows come", p99);
    qInfo("event-loop gaps of the last one: %s; the rows take %.0f MB", qPrintable(watch.text()), resident);
}

void BenchList::actions()
{
    QFETCH(int, count);
    test::BenchWindow bench(m_service.baseUrl(), libraryOf(count));
    bench.openWhole();
    test::loopFor(800);
    TaskFilter *filter = bench.context->filter();
    PaintWatch paints(bench.table);
    const int rounds = count > 10'000 ? 5 : 15;
    const std::pair<Column, const char *> columns[] = {
        {Column::Status, "sort by status"},   {Column::Prompt, "sort by prompt"},
        {Column::Created, "sort by created"}, {Column::Model, "sort by model"},
        {Column::Cost, "sort by cost"},       {Column::Tags, "sort by tags"},
        {Column::TaskId, "sort by task ID"}};
    for (const auto &[column, what] : columns) {
        QList<double> times;
        for (int n = 0; n < rounds; ++n) {
            times.append(paints.timed([&, column = column] {
                bench.table->sortByColumn(int(column),
                                          n % 2 ? Qt::DescendingOrder : Qt::AscendingOrder);
            }));
        }
        print(what, times);
    }
    const auto searches = [&](const char *what) {
        QList<double> typed;
        QList<double> cleared;
        qInfo("first search (%s): %.2f ms", what, paints.timed([&] { filter->setSearch(u"f"_s); }));
        for (int n = 0; n < rounds; ++n) {
            for (const QString &text : {u"fo"_s, u"fox"_s, u"fox sn"_s, u"fox snow kling"_s})
                typed.append(paints.timed([&] { filter->setSearch(text); }));
            cleared.append(paints.timed([&] { filter->clear(); }));
        }
        print("a word typed", typed);
        print("filters cleared", cleared);
    };
    bench.table->sortByColumn(-1, Qt::AscendingOrder);
    filter->sort(-1);
    searches("as added");
    bench.table->sortByColumn(int(Column::Created), Qt::DescendingOrder);
    searches("sorted by created");
    QList<double> chips;
    for (int n = 0; n < rounds; ++n) {
        for (const auto status : {TaskCriteria::Status::Failed, TaskCriteria::Status::NotSaved,
                                  TaskCriteria::Status::All})
            chips.append(paints.timed([&] { filter->setStatus(status); }));
    }
    print("a chip pressed", chips);
    QList<double> all;
    QList<double> filtered;
    QList<double> backAgain;
    for (int n = 0; n < 3; ++n) {
        all.append(paints.timed([&] { bench.table->selectAll(); }));
        filtered.append(paints.timed([&] { filter->setStatus(TaskCriteria::Status::Failed); }));
        backAgain.append(paints.timed([&] { filter->clear(); }));
    }
    print("all selected", all);
    print("all selected, then a chip", filtered);
    print("all selected, then cleared", backAgain);
    QList<double> grid;
    for (int n = 0; n < 3; ++n) {
        QElapsedTimer clock;
        clock.start();
        bench.window->findChild<QAbstractButton *>(u"viewGrid"_s)->click();
        auto *view = bench.window->findChild<QAbstractItemView *>(u"taskGrid"_s);
        PaintWatch(view).timed([] {});
        grid.append(double(clock.nsecsElapsed()) / 1e6);
        bench.window->findChild<QAbstractButton *>(u"viewTable"_s)->click();
        test::loopFor(100);
    }
    print("to the grid", grid);
}

void BenchList::bareActions()
{
    QFETCH(int, count);
    const double before = megabytesResident();
    test::BareTable bare(test::manyTasks(count));
    bare.view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bare.view));
    qInfo("bare: rows, proxy and view take %.0f MB", megabytesResident() - before);
    PaintWatch paints(&bare.view);
    const int rounds = count > 10'000 ? 5 : 15;
    const std::pair<int, const char *> columns[] = {
        {4, "bare: sort by status"}, {1, "bare: sort by prompt"}, {5, "bare: sort by created"}};
    for (const auto &[column, what] : columns) {
        QList<double> times;
        for (int n = 0; n < rounds; ++n) {
            times.append(paints.timed([&, column = column] {
                bare.view.sortByColumn(column, n % 2 ? Qt::DescendingOrder : Qt::AscendingOrder);
            }));
        }
        print(what, times);
    }
    QList<double> typed;
    QList<double> cleared;
    for (int n = 0; n < rounds; ++n) {
        for (const QString &text : {u"fo"_s, u"fox"_s, u"fox runn"_s})
            typed.append(paints.timed([&] { bare.proxy.setFilterFixedString(text); }));
        cleared.append(paints.timed([&] { bare.proxy.setFilterFixedString({}); }));
    }
    print("bare: a word typed", typed);
    print("bare: filter cleared", cleared);
}

void BenchList::intake()
{
    test::BenchWindow bench(m_service.baseUrl(), libraryOf(10'000));
    bench.openWhole();
    test::loopFor(800);
    const QStringList ids = test::ServiceThread::taskIds(15'000).mid(10'000);
    QString text;
    for (const QString &id : ids)
        text += u"Re: your clip <https://piapi.ai/task/"_s + id + u"> (done?) \t"_s + id.toUpper() + u", -\n"_s;
    const TaskFilter *filter = bench.context->filter();
    const int before = filter->rowCount();
    PaintWatch paints(bench.table);
    test::LoopWatch watch;
    QElapsedTimer clock;
    clock.start();
    bench.context->intake()->addText(text);
    QVERIFY(test::loopUntil([&] { return filter->rowCount() >= before + 5'000; }));
    paints.timed([] {});
    VERIFY_WATCHED(watch);
    qInfo("5,000 IDs in %lld KB of text: rows painted after %lld ms; event-loop gaps %s",
          static_cast<long long>(text.size() / 1024), clock.elapsed(), qPrintable(watch.text()));
}

void BenchList::answersAndDownloads_data()
{
    QTest::addColumn<bool>("accessible");
    QTest::newRow("accessibility off") << false;
    QTest::newRow("accessibility on") << true;
}

void BenchList::answersAndDownloads()
{
    QFETCH(bool, accessible);
    constexpr int kAnswers = 1'000;
    constexpr int kFiles = 8;
    // An MP4 may end in a free box of any size: eight megabytes each.
    QByteArray clip = test::clipBytes();
    const quint32 padding = 8'000'000;
    const char box[] = {char(padding >> 24), char(padding >> 16), char(padding >> 8), char(padding & 255),
                        'f', 'r', 'e', 'e'};
    clip.append(box, 8).append(QByteArray(padding - 8, '\0'));
    test::MediaServer media; // its bytes go out from a thread of their own
    QThread thread;
    media.serveBytes("/clip.mp4", clip);
    const QByteArray url = media.url("/clip.mp4");
    media.service().moveToThread(&thread);
    thread.start();

    test::BenchWindow bench(m_service.baseUrl(), libraryOf(10'000));
    bench.openWhole();
    test::loopFor(800);
    QString text;
    QStringList withFiles = test::ServiceThread::taskIds(20'000).mid(19'000, kFiles);
    for (const QString &id : std::as_const(withFiles)) {
        QByteArray answer = test::ServiceThread::answer(id.toLatin1());
        answer.replace("http://127.0.0.1:9/u.mp4", url);
        text += QString::fromUtf8(answer) + u'\n';
    }
    bench.context->intake()->addText(text);
    QVERIFY(test::loopUntil([&] { return bench.context->repository()->count() == 10'000 + kFiles; }));
    test::loopFor(500);

    std::unique_ptr<test::CellReader> reader;
    if (accessible)
        reader = std::make_unique<test::CellReader>(bench.table);
    test::LoopWatch watch;
    QSignalSpy ended(bench.context->poller(), &TaskPoller::allEnded);
    QElapsedTimer clock;
    clock.start();
    bench.context->downloads()->saveTasks(withFiles, VariantWish::Unwatermarked);
    bench.context->intake()->addText(test::ServiceThread::taskIds(12'000).mid(11'000).join(u'\n'));
    const auto isSaved = [&](const QString &id) {
        return bench.context->repository()->find(id)->saveState == SaveState::Saved;
    };
    const auto answered = [&] { return bench.context->filter()->counts().completed; };
    const int before = answered();
    QVERIFY(test::loopUntil([&] { return answered() >= before + kAnswers; }));
    QVERIFY(test::loopUntil(
        [&] { return std::all_of(withFiles.cbegin(), withFiles.cend(), isSaved); }));
    VERIFY_WATCHED(watch);
    qInfo("%d answers and %d files of 8 MB in %.2f s, %lld characters read: event-loop gaps %s", kAnswers,
          kFiles, double(clock.elapsed()) / 1000, reader ? reader->characters() : 0, qPrintable(watch.text()));
    reader.reset();
    thread.quit();
    thread.wait();
}

TASKREEL_BENCH_MAIN(BenchList, QApplication)
#include "tst_bench_list.moc"
