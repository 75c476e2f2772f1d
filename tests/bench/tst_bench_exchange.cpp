// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/exchange/libraryexchange.h"
#include "core/formats/answerreader.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/mediaserver.h"
#include "support/patience.h"
#include "support/profile.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace taskreel;

// A year's library with a big clip, out and in: time, the most memory taken meanwhile, event-loop gaps.
// Prints figures, asserts none but that all of it came.
class BenchExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outAndIn();
};

static constexpr int kTasks = 10'000;
static constexpr qint64 kClipBytes = 1024LL * 1024 * 1024;

/// Makes the kernel forget the highest mark, or reads it.
static void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

static double peakMebibytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').constFirst().toDouble() / 1024;
    }
    return -1;
}

static Profile profileIn(const QDir &dir)
{
    Profile profile = test::profileIn(dir.path());
    profile.serviceUrl = QUrl(u"http://127.0.0.1:9"_s);
    profile.fixedKey = u"bench"_s;
    return profile;
}

static bool open(AppContext &context)
{
    QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    return ready.wait(test::kPatienceMs);
}

/// A whole MP4 with one box of nothing behind it: as large as wanted, sparse on disk.
static StoredFile makeClip(const QString &keptFolder, const AssetId &asset)
{
    StoredFile file;
    file.asset = asset;
    file.path = u"kept/"_s + asset.fileKey() + u".mp4"_s;
    file.bytes = kClipBytes;
    QDir().mkpath(keptFolder);
    QFile out(keptFolder + u'/' + asset.fileKey() + u".mp4"_s);
    const QByteArray clip = test::clipBytes();
    QByteArray box(8, '\0');
    qToBigEndian<quint32>(static_cast<quint32>(kClipBytes - clip.size()), box.data());
    box.replace(4, 4, "free");
    if (out.open(QIODevice::WriteOnly)) {
        out.write(clip + box);
        out.resize(kClipBytes);
    }
    return file;
}

static void report(const char *what, const QElapsedTimer &clock, double before,
                   const test::LoopWatch &watch)
{
    qInfo().noquote() << what << clock.elapsed() << "ms, memory" << before << "MiB before, at most"
                      << peakMebibytes() << "MiB; event loop:" << watch.text();
}

void BenchExchange::outAndIn()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"all.taskreel"_s);
    test::LoopWatch watch;
    QElapsedTimer clock;
    {
        AppContext context(profileIn(QDir(folder.filePath(u"one"_s))));
        QVERIFY(open(context));
        const QStringList ids = test::ServiceThread::taskIds(kTasks);
        for (const QString &id : ids) {
            const Result<ReadAnswer> answer =
                readAnswer(test::ServiceThread::answer(id.toLatin1()), 200);
            QVERIFY(answer);
            context.repository()->merge(*answer, true);
        }
        bool written = false;
        context.repository()->whenWritten(this, [&written](bool ok) { written = ok; });
        SOON_VERIFY(written);
        const StoredFile clip = makeClip(context.media()->keptFolder(),
                                         {ids.first(), u"works[0].video"_s, Variant::Unwatermarked});
        context.media()->adoptKept(clip, probeFile(context.media()->keptPath(clip)));
        QSignalSpy exported(context.exchange(), &LibraryExchange::exported);
        watch.clear();
        forgetPeak();
        const double before = peakMebibytes();
        clock.start();
        context.exchange()->exportTo(path, true);
        QVERIFY(test::loopUntil([&] { return exported.size() == 1; }));
        VERIFY_WATCHED(watch);
        report("export of 10,000 tasks and 1 GiB:", clock, before, watch);
        QCOMPARE(exported.first().at(0).value<ExportReport>().clips, 1);
    }
    AppContext context(profileIn(QDir(folder.filePath(u"two"_s))));
    QVERIFY(open(context));
    QSignalSpy imported(context.exchange(), &LibraryExchange::imported);
    watch.clear();
    forgetPeak();
    const double before = peakMebibytes();
    clock.start();
    context.exchange()->importFrom(path);
    QVERIFY(test::loopUntil([&] { return imported.size() == 1; }));
    VERIFY_WATCHED(watch);
    report("import:", clock, before, watch);
    QCOMPARE(imported.first().at(0).value<ImportReport>(), (ImportReport{kTasks, 0, 1, 0, false}));
}

TASKREEL_BENCH_MAIN(BenchExchange, QCoreApplication)
#include "tst_bench_exchange.moc"
