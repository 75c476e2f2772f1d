// SPDX-License-Identifier: MIT
#include "support/manytasks.h"

#include "core/store/store.h"
#include "support/servicethread.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace taskreel::test {

namespace {

constexpr int kBatch = 2'000;
constexpr quint32 kSeed = 20261124;

template<typename T, std::size_t N>
const T &oneOf(QRandomGenerator &random, const T (&things)[N])
{
    return things[random.bounded(int(N))];
}

QString prompt(QRandomGenerator &random)
{
    static const QString who[] = {u"A lighthouse"_s, u"Two dancers"_s,     u"An old clockmaker"_s,
                                  u"A fox"_s,        u"Paper boats"_s,     u"A steam train"_s,
                                  u"A red scarf"_s,  u"Children"_s,        u"A glass sphere"_s,
                                  u"Ink"_s,          u"A ceramic teapot"_s, u"City roofs"_s};
    static const QString does[] = {u"at night, waves below"_s,       u"running through fresh snow"_s,
                                   u"drifting down a rain gutter"_s, u"crossing a stone bridge"_s,
                                   u"falling from a balcony"_s,      u"chasing a kite on the beach"_s,
                                   u"blooming in clear water"_s,     u"turning slowly on a table"_s};
    static const QString how[] = {u"35 mm, shallow focus"_s,
                                  u"drone flight, dawn light, slow push in"_s,
                                  u"old film look, grain and gentle flicker"_s,
                                  u"macro, soft key light from the left, black background"_s,
                                  u"watercolour, hand drawn lines that stay in place"_s};
    return u"%1 %2, %3"_s.arg(oneOf(random, who), oneOf(random, does), oneOf(random, how));
}

void setStatus(TaskSummary &row, QRandomGenerator &random, bool isNew)
{
    const int dice = random.bounded(100);
    row.status = TaskStatus::Completed;
    if (dice < 6) {
        static const QString why[] = {u"content violation"_s, u"the image could not be fetched"_s,
                                      u"insufficient credits"_s};
        row.status = TaskStatus::Failed;
        row.errorText = oneOf(random, why);
    } else if (dice < 8) {
        row.status = TaskStatus::Cancelled;
    } else if (isNew && dice < 30) {
        row.status = dice < 18 ? TaskStatus::Processing : TaskStatus::Pending;
        row.percent = dice < 18 ? std::optional<double>(random.bounded(100)) : std::nullopt;
        row.nextCheckAt = QDateTime::currentDateTimeUtc().addSecs(3600 + random.bounded(600));
    }
    row.rawStatus = u"completed"_s;
}

void setResult(TaskSummary &row, QRandomGenerator &random)
{
    static const QSize sizes[] = {{1440, 1440}, {1920, 1080}, {1080, 1920}, {1280, 720}};
    row.resultCount = 1;
    row.kind = row.model == "midjourney"_L1 ? MediaKind::Image : MediaKind::Video;
    row.size = oneOf(random, sizes);
    row.durationMs = row.kind == MediaKind::Video ? (random.bounded(2) ? 5'100 : 10'000) : 0;
    row.hasWatermarked = true;
    row.hasUnwatermarked = random.bounded(5) > 0;
    row.startedAt = row.createdAt.addSecs(random.bounded(40));
    row.endedAt = row.startedAt.addSecs(40 + random.bounded(400));
    row.cost = 0.13 * (1 + random.bounded(6));
    if (random.bounded(3) == 0)
        row.saveState = SaveState::Saved;
}

void setMarks(TaskSummary &row, QRandomGenerator &random)
{
    static const QString tags[] = {u"client"_s, u"draft"_s, u"final"_s, u"test"_s, u"loop"_s};
    static const QString notes[] = {u"the hands are right here"_s, u"use for the opening"_s,
                                    u"flickers at the end"_s};
    row.marks.starred = random.bounded(12) == 0;
    row.marks.rejected = !row.marks.starred && random.bounded(30) == 0;
    if (random.bounded(6) == 0)
        row.marks.tags = tidyTags({oneOf(random, tags), oneOf(random, tags)});
    if (random.bounded(15) == 0)
        row.marks.note = oneOf(random, notes);
}

StoredFile coverOf(const TaskSummary &row, const QFileInfo &picture)
{
    StoredFile file;
    file.asset = {row.id, u"works[0].cover"_s, Variant::Watermarked};
    file.path = u"kept/"_s + picture.fileName();
    file.bytes = picture.size();
    file.sha256 = QByteArray(32, '\0');
    file.at = row.endedAt;
    file.lastShownAt = row.endedAt;
    return file;
}

QByteArray answerOf(const TaskSummary &row)
{
    QByteArray json = ServiceThread::answer(row.id.toLatin1());
    json.replace("A paper boat drifts down a rain gutter", row.prompt.toUtf8());
    json.replace("\"video\":{", R"("cover":{"resource":"http://127.0.0.1:9/c.jpg"},"video":{)");
    return json;
}

} // namespace

QList<TaskSummary> manyTasks(int count)
{
    static const std::pair<QString, QString> kinds[] = {
        {u"kling"_s, u"video_generation"_s}, {u"kling"_s, u"extend_video"_s},
        {u"kling"_s, u"lip_sync"_s},         {u"kling"_s, u"effects"_s},
        {u"hailuo"_s, u"video_generation"_s}, {u"luma"_s, u"video_generation"_s},
        {u"midjourney"_s, u"imagine"_s}};
    QRandomGenerator random(kSeed);
    const QStringList ids = ServiceThread::taskIds(count);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    constexpr double kYear = 365.0 * 24 * 3600;
    QList<TaskSummary> rows;
    rows.reserve(count);
    for (int n = 0; n < count; ++n) {
        TaskSummary row;
        row.id = ids[n];
        row.sequence = n + 1;
        // Batches of forty; the last ones are of today.
        const qint64 ago = qint64(kYear * (count - 1 - n / 40 * 40) / std::max(count, 1));
        row.addedAt = now.addSecs(-ago);
        row.createdAt = row.addedAt.addSecs(-(n % 40) * 7);
        row.answeredAt = row.addedAt.addSecs(600);
        std::tie(row.model, row.taskType) = oneOf(random, kinds);
        row.prompt = prompt(random);
        setStatus(row, random, n >= count - 40);
        if (row.status == TaskStatus::Completed)
            setResult(row, random);
        if (n >= count - 400 && row.resultCount > 0 && random.bounded(2) == 0)
            row.expiresAt = now.addSecs(random.bounded(90'000));
        setMarks(row, random);
        rows.append(row);
    }
    return rows;
}

bool fillLibrary(const QString &dataFolder, int count, const QString &coverFolder)
{
    const QDir data(dataFolder);
    QFileInfoList pictures;
    if (!coverFolder.isEmpty()) {
        pictures = QDir(coverFolder).entryInfoList({u"*.jpg"_s}, QDir::Files, QDir::Name);
        data.mkpath(u"kept"_s);
        for (const QFileInfo &picture : std::as_const(pictures))
            QFile::copy(picture.filePath(), data.filePath(u"kept/"_s + picture.fileName()));
    }
    bool opened = false;
    Store store(data.filePath(u"library.sqlite"_s));
    QEventLoop loop;
    QObject::connect(&store, &Store::openFailed, &loop, &QEventLoop::quit);
    QObject::connect(&store, &Store::opened, &loop, [&] {
        opened = true;
        loop.quit();
    });
    store.open();
    loop.exec();
    QList<TaskSummary> rows = manyTasks(count);
    for (qsizetype from = 0; opened && from < rows.size(); from += kBatch) {
        StoreBatch batch;
        for (qsizetype n = from; n < std::min<qsizetype>(from + kBatch, rows.size()); ++n) {
            TaskSummary &row = rows[n];
            if (row.resultCount > 0) {
                row.hasCover = !pictures.isEmpty();
                batch.answers.append({row.id, answerOf(row), {}});
                if (row.hasCover)
                    batch.kept.append(coverOf(row, pictures[n * 7 % pictures.size()]));
            }
            batch.upserts.append(row);
        }
        store.apply(batch);
    }
    return opened; // the store's destructor waits for the disk
}

} // namespace taskreel::test
