// SPDX-License-Identifier: MIT
// Longer than other files: one table of the shapes of answers, for the one function that reads them.
#include "core/formats/answererror.h"
#include "core/formats/answerreader.h"
#include "support/isolation.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QByteArray sample(const QString &name)
{
    QFile file(u"" TEST_DATA_DIR "/answers/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static Task taskOf(const QByteArray &body)
{
    const Result<ReadAnswer> answer = readAnswer(body, 200);
    return answer ? answer->task : Task();
}

static Task sampleTask(const QString &name)
{
    return taskOf(sample(name));
}

/// A task whose output is the given JSON.
static Task taskWith(const QByteArray &output, const QByteArray &more = "\"status\":\"completed\"")
{
    return taskOf("{\"task_id\":\"t1\"," + more + ",\"output\":" + output + "}");
}

/// Media as lines: `works[0].video video result W=… U=…`.
static QStringList mediaLines(const Task &task)
{
    static const QStringList kinds{u"unknown"_s, u"video"_s, u"image"_s,
                                   u"audio"_s,   u"model"_s, u"text"_s};
    static const QStringList roles{u"result"_s, u"cover"_s, u"intermediate"_s, u"link"_s};
    QStringList lines;
    for (const Work &work : task.works) {
        for (const Media &media : work.media) {
            QString line = media.key + u' ' + kinds.at(static_cast<int>(media.kind)) + u' '
                + roles.at(static_cast<int>(media.role));
            for (const Source &source : media.sources) {
                line += u' ' + variantToken(source.variant).left(3) + u'='
                    + QString::fromUtf8(source.url);
                for (const QByteArray &mirror : source.mirrors)
                    line += u'|' + QString::fromUtf8(mirror);
                if (!source.inlineBytes.isEmpty())
                    line += u"+%1 bytes"_s.arg(source.inlineBytes.size());
            }
            lines.append(line);
        }
    }
    return lines;
}

struct Expected
{
    const char *name;
    int httpStatus;
    ErrorKind error; ///< None: a task
    TaskStatus status;
    int results;
    int works;
};

static QList<Expected> expectations()
{
    QList<Expected> list;
    const auto task = [&list](const char *name, TaskStatus status, int results, int works,
                              int httpStatus = 200) {
        list.append({name, httpStatus, ErrorKind::None, status, results, works});
    };
    const auto error = [&list](const char *name, int httpStatus, ErrorKind kind) {
        list.append({name, httpStatus, kind, TaskStatus::NotAsked, 0, 0});
    };
    const TaskStatus done = TaskStatus::Completed;
    task("kling-works-both-variants.json", done, 1, 1);
    task("kling-works-no-unwatermarked.json", done, 1, 1);
    task("kling-works-unwatermarked-key-absent.json", done, 1, 1);
    task("kling-works-multiple.json", done, 3, 3);
    task("kling-works-with-video-url.json", done, 1, 1);
    task("kling-motion-control-completed.json", done, 1, 1);
    task("kling-extend-lipsync-effects.json", done, 1, 1);
    task("kling-try-on-images.json", done, 2, 2);
    task("kling-turbo-video-string.json", done, 1, 1);
    task("kling-3-video-string.json", done, 1, 1);
    task("kling-omni-video-string.json", done, 1, 1);
    task("kling-pending-output-null.json", TaskStatus::Pending, 0, 0);
    task("kling-pending-video-empty-string.json", TaskStatus::Pending, 0, 0);
    task("pending-meta-account-empty-times.json", TaskStatus::Pending, 0, 0);
    task("kling-processing.json", TaskStatus::Processing, 0, 0);
    task("kling-processing-percent.json", TaskStatus::Processing, 0, 0);
    task("mj-processing-progress.json", TaskStatus::Processing, 0, 1);
    task("processing-top-level-progress.json", TaskStatus::Processing, 0, 0);
    task("mj-staged.json", TaskStatus::Pending, 0, 0);
    task("status-capitalised.json", done, 1, 1);
    task("status-success-legacy.json", done, 1, 1);
    task("status-never-heard-of.json", TaskStatus::Other, 0, 0);
    task("status-cancelled.json", TaskStatus::Cancelled, 0, 0);
    task("completed-output-null.json", done, 0, 0);
    task("completed-works-empty.json", done, 0, 0);
    task("kling-failed.json", TaskStatus::Failed, 0, 0);
    task("failed-insufficient-credit-code-500.json", TaskStatus::Failed, 0, 0, 500);
    task("failed-error-detail-object.json", TaskStatus::Failed, 0, 0);
    task("luma-completed.json", done, 1, 1);
    task("video-url-only.json", done, 1, 1);
    task("flux-image-url.json", done, 1, 1);
    task("gemini-image-urls.json", done, 2, 2);
    task("image-url-and-list-duplicate.json", done, 2, 2);
    task("udio-pending-songs-null.json", TaskStatus::Pending, 0, 0);
    task("lyrics-text-only.json", done, 2, 2);
    task("audio-url.json", done, 1, 1);
    task("output-several-media.json", done, 5, 5);
    task("output-generic-url.json", done, 1, 1);
    task("output-unknown-shape.json", done, 0, 3);
    task("output-is-string.json", done, 1, 1);
    task("output-signed-urls.json", done, 2, 2);
    task("webhook-wrapper.json", done, 1, 1);
    task("bare-task.json", done, 1, 1);
    error("error-401-invalid-key.json", 401, ErrorKind::KeyRefused);
    error("error-403-forbidden.json", 403, ErrorKind::Forbidden);
    error("error-402-credit.json", 402, ErrorKind::OutOfCredit);
    error("error-400-bad-request.json", 400, ErrorKind::NotFound);
    error("error-404-task-not-found.json", 404, ErrorKind::NotFound);
    error("error-400-task-not-found.json", 400, ErrorKind::NotFound);
    error("error-429-rate-limit.json", 429, ErrorKind::RateLimited);
    error("error-500-envelope.json", 500, ErrorKind::ServerFault);
    error("error-object-instead-of-code.json", 401, ErrorKind::KeyRefused);
    error("error-404-plain.txt", 404, ErrorKind::NotFound);
    error("error-502-gateway.html", 502, ErrorKind::ServerFault);
    error("error-truncated.txt", 200, ErrorKind::BadAnswer);
    error("error-empty-body.txt", 504, ErrorKind::ServerFault);
    error("account-info.json", 200, ErrorKind::BadAnswer);
    error("active-tasks.json", 200, ErrorKind::BadAnswer);
    error("history-page.json", 200, ErrorKind::BadAnswer);
    error("cancel-ok.json", 200, ErrorKind::BadAnswer);
    error("cancel-not-pending.json", 400, ErrorKind::NotFound);
    return list;
}

class TestAnswerReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleIsRead_data();
    void everySampleIsRead();
    void everySampleIsListed();
    void cutSamplesNeverCrash();
    void keptAnswerGivesTheSameTask();
    void anyTypeAnywhere_data();
    void anyTypeAnywhere();
    void outputShape_data();
    void outputShape();
    void klingWork();
    void sharedCoverStays();
    void classicDurationsAreMilliseconds();
    void durationsOfSongsAreSeconds();
    void inlinePicture();
    void statusWordsAreKept();
    void times();
    void oddTypes();
    void failureWords_data();
    void failureWords();
    void progress_data();
    void progress();
    void textForms_data();
    void textForms();
    void dataAsString();
    void errorKind_data();
    void errorKind();
    void noTaskInHistoryRow();
    void tooLargeIsRefused();
    void deepNestingIsRefused();
    void secretIsNowhere();
};

void TestAnswerReader::everySampleIsRead_data()
{
    QTest::addColumn<Expected>("expected");
    const QList<Expected> list = expectations();
    for (const Expected &expected : list)
        QTest::newRow(expected.name) << expected;
}

void TestAnswerReader::everySampleIsRead()
{
    QFETCH(Expected, expected);
    const QString name = QString::fromLatin1(expected.name);
    QVERIFY(QFile::exists(u"" TEST_DATA_DIR "/answers/"_s + name));
    const Result<ReadAnswer> answer = readAnswer(sample(name), expected.httpStatus);
    QCOMPARE(answer.has_value(), expected.error == ErrorKind::None);
    if (!answer) {
        QCOMPARE(answer.error().kind, expected.error);
        QCOMPARE(answer.error().httpStatus, expected.httpStatus);
        return;
    }
    QCOMPARE(answer->task.status, expected.status);
    QCOMPARE(answer->task.resultCount(), expected.results);
    QCOMPARE(answer->task.works.size(), expected.works);
    QCOMPARE(answer->task.id.size(), 36);
    QVERIFY(!answer->json.isEmpty());
}

void TestAnswerReader::everySampleIsListed()
{
    QStringList files = QDir(u"" TEST_DATA_DIR "/answers"_s)
                            .entryList({u"*.json"_s, u"*.txt"_s, u"*.html"_s}, QDir::Files);
    const QList<Expected> list = expectations();
    for (const Expected &expected : list)
        files.removeAll(QString::fromLatin1(expected.name));
    QCOMPARE(files, QStringList());
}

void TestAnswerReader::cutSamplesNeverCrash()
{
    for (const QString &name : {u"kling-works-multiple.json"_s, u"output-several-media.json"_s}) {
        const QByteArray whole = sample(name).trimmed();
        for (qsizetype length = 0; length < whole.size(); length += 7) {
            const Result<ReadAnswer> answer = readAnswer(whole.left(length), 200);
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
        }
    }
}

void TestAnswerReader::keptAnswerGivesTheSameTask()
{
    const QStringList files =
        QDir(u"" TEST_DATA_DIR "/answers"_s).entryList({u"*.json"_s}, QDir::Files);
    int tasks = 0;
    for (const QString &file : files) {
        const Result<ReadAnswer> answer = readAnswer(sample(file), 200);
        if (!answer)
            continue;
        ++tasks;
        const Result<Task> again = taskFromKeptAnswer(answer->json);
        QVERIFY2(again && *again == answer->task, qPrintable(file));
    }
    QVERIFY(tasks > 40);
    QCOMPARE(taskFromKeptAnswer("{\"cut\":").error().kind, ErrorKind::AnswerBroken);
}

/// Every copy of `value` in which one value, at any depth, is another one.
static QList<QJsonValue> withOneChanged(const QJsonValue &value, const QJsonValue &other)
{
    QList<QJsonValue> changed{other};
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            const QList<QJsonValue> inner = withOneChanged(it.value(), other);
            for (const QJsonValue &variant : inner) {
                QJsonObject copy = object;
                copy.insert(it.key(), variant);
                changed.append(copy);
            }
        }
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QList<QJsonValue> inner = withOneChanged(array.at(i), other);
            for (const QJsonValue &variant : inner) {
                QJsonArray copy = array;
                copy.replace(i, variant);
                changed.append(copy);
            }
        }
    }
    return changed;
}

void TestAnswerReader::anyTypeAnywhere_data()
{
    QTest::addColumn<QJsonValue>("other");
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("huge") << QJsonValue(-1e300);
    QTest::newRow("text") << QJsonValue(u" x y "_s);
    QTest::newRow("address") << QJsonValue(u"https://a/x.mp4"_s);
    QTest::newRow("JSON text") << QJsonValue(u"{\"url\":\"https://a/x.mp4\"}"_s);
    QTest::newRow("list") << QJsonValue(QJsonArray{1, u"https://a/x.mp4"_s, QJsonArray()});
    QTest::newRow("object") << QJsonValue(
        QJsonObject{{u"message"_s, 1}, {u"url"_s, u"https://a/x"_s}});
}

void TestAnswerReader::anyTypeAnywhere()
{
    QFETCH(QJsonValue, other);
    for (const QString &name : {u"luma-completed.json"_s, u"failed-error-detail-object.json"_s}) {
        const QJsonObject whole = QJsonDocument::fromJson(sample(name)).object();
        const QList<QJsonValue> variants = withOneChanged(whole, other);
        for (const QJsonValue &variant : variants) {
            const QByteArray body = QJsonDocument(variant.toObject()).toJson();
            const Result<ReadAnswer> answer = readAnswer(body, 200);
            if (!answer)
                continue;
            const Result<Task> again = taskFromKeptAnswer(answer->json);
            QVERIFY2(again && *again == answer->task, body.constData());
        }
    }
}

void TestAnswerReader::outputShape_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("both fields hold one address")
        << QByteArray(R"({"works":[{"video":{"resource":"https://a/v.mp4",
            "resource_without_watermark":"https://a/v.mp4"}}]})")
        << QStringList{u"works[0].video video result uns=https://a/v.mp4"_s};
    QTest::newRow("null and absent")
        << QByteArray(R"({"works":[{"video":{"resource":null,
            "resource_without_watermark":"https://a/v.mp4"},"cover":null},null,{}]})")
        << QStringList{u"works[0].video video result unw=https://a/v.mp4"_s};
    QTest::newRow("sound works")
        << QByteArray(R"({"works":[{"audio":{"resource":"https://a/1.mp3"}},
            {"audio":{"resource":"https://a/2.mp3"}}]})")
        << QStringList{u"works[0].audio audio result wat=https://a/1.mp3"_s,
                       u"works[1].audio audio result wat=https://a/2.mp3"_s};
    QTest::newRow("video_url of a work is shown once, another one is not lost")
        << QByteArray(R"({"video_url":"https://a/other.mp4","video":"https://a/v.mp4",
            "works":[{"video":{"resource":"https://a/v.mp4"}}]})")
        << QStringList{u"works[0].video video result wat=https://a/v.mp4"_s,
                       u"video_url video result uns=https://a/other.mp4"_s};
    QTest::newRow("video object with the resource fields")
        << QByteArray(R"({"video":{"resource":"https://a/w.mp4",
            "resource_without_watermark":"https://a/c.mp4"}})")
        << QStringList{u"video video result wat=https://a/w.mp4 unw=https://a/c.mp4"_s};
    QTest::newRow("luma")
        << QByteArray(R"({"video":{"url":"https://a/v.mp4","download_url":"https://a/d.mp4"},
            "video_raw":{"url":"https://a/r.mp4"},"last_frame":{"url":"https://a/l.png"},
            "thumbnail":{"url":"https://a/t.jpg"}})")
        << QStringList{
               u"video video result wat=https://a/v.mp4|https://a/d.mp4 unw=https://a/r.mp4"_s,
               u"last_frame image result uns=https://a/l.png"_s,
               u"thumbnail image cover uns=https://a/t.jpg"_s};
    QTest::newRow("luma without the marked one")
        << QByteArray(R"({"video":null,"video_raw":{"url":"https://a/r.mp4"}})")
        << QStringList{u"video video result unw=https://a/r.mp4"_s};
    QTest::newRow("seedance") << QByteArray(
        R"({"video":"https://a/1.mp4","video_url":"https://a/1.mp4",
            "video_urls":["https://a/1.mp4","https://a/2.mp4"]})")
                              << QStringList{u"video_urls[0] video result uns=https://a/1.mp4"_s,
                                             u"video_urls[1] video result uns=https://a/2.mp4"_s};
    QTest::newRow("trellis")
        << QByteArray(R"({"no_background_image":"https://a/i.png","combined_video":"https://a/v",
            "model_file":"https://a/m.glb"})")
        << QStringList{u"model_file model result uns=https://a/m.glb"_s,
                       u"combined_video video result uns=https://a/v"_s,
                       u"no_background_image image result uns=https://a/i.png"_s};
    QTest::newRow("suno") << QByteArray(
        R"({"clips":{"c1":{"video_url":"https://a/v.mp4","audio_url":"https://a/a.mp3",
            "image_url":"https://a/i.jpg","image_large_url":"https://a/l.jpg"},"c2":{}}})")
                          << QStringList{u"clips.c1.audio audio result uns=https://a/a.mp3"_s,
                                         u"clips.c1.video video result uns=https://a/v.mp4"_s,
                                         u"clips.c1.image_large image cover uns=https://a/l.jpg"_s,
                                         u"clips.c1.image image cover uns=https://a/i.jpg"_s};
    QTest::newRow("udio keeps double encoding")
        << QByteArray(R"({"songs":[{"title":"T","song_path":"https://a/x%2520y.mp3",
            "image_path":"https://a/cover","lyrics":"la"}]})")
        << QStringList{u"songs[0].song_path audio result uns=https://a/x%2520y.mp3"_s,
                       u"songs[0].image_path image cover uns=https://a/cover"_s,
                       u"songs[0].lyrics text result"_s};
    QTest::newRow("midjourney mirrors")
        << QByteArray(R"({"image_url":"https://a/grid.png","discord_image_url":"https://d/grid.png",
            "image_urls":["https://a/0.png"],
            "temporary_image_urls":["https://t/0.png","https://t/1.png"]})")
        << QStringList{u"image_url image result uns=https://a/grid.png|https://d/grid.png"_s,
                       u"image_urls[0] image result uns=https://a/0.png|https://t/0.png"_s,
                       u"image_urls[1] image result uns=https://t/1.png"_s};
    QTest::newRow("generic fields by extension")
        << QByteArray(R"({"url":"https://a/x.GLB?y=1.png","file_url":"https://a/b.wav"})")
        << QStringList{u"url model result uns=https://a/x.GLB?y=1.png"_s,
                       u"file_url audio result uns=https://a/b.wav"_s};
    QTest::newRow("images as objects, thumbnail as cover")
        << QByteArray(R"({"images":[{"url":"https://a/1"}],"thumbnail_url":"https://a/t"})")
        << QStringList{u"images[0] image result uns=https://a/1"_s,
                       u"thumbnail_url image cover uns=https://a/t"_s};
    QTest::newRow("a list of addresses")
        << QByteArray(R"(["https://a/1.mp4","https://a/2.png","https://a/1.mp4"])")
        << QStringList{u"[0] video result uns=https://a/1.mp4"_s,
                       u"[1] image result uns=https://a/2.png"_s};
    QTest::newRow("a sentence") << QByteArray(R"("see https://a/1.mp4 for it")")
                                << QStringList{u"output text result"_s};
    QTest::newRow("output as JSON in a string")
        << QByteArray(R"("{\"video\":\"https://a/1.mp4\"}")")
        << QStringList{u"video video result uns=https://a/1.mp4"_s};
    QTest::newRow("what is left are links; not from input, config, meta or logs")
        << QByteArray(R"({"x":{"video_cover_url":"https://a/c","y":["HTTPS://a/f.mp4"]},
            "input":{"image":"https://a/in"},"config":"https://a/k","meta":{"u":"https://a/m"},
            "logs":["https://a/l"],"note":"see https://a/n"})")
        << QStringList{u"x.video_cover_url image link uns=https://a/c"_s,
                       u"x.y[0] video link uns=HTTPS://a/f.mp4"_s};
    QTest::newRow("places that are never asked are text")
        << QByteArray(R"({"video":"file:///etc/passwd","image_url":"javascript:alert",
            "audio_url":"pending"})")
        << QStringList{u"video text link"_s, u"image_url text link"_s};
    QTest::newRow("signed bytes stay")
        << QByteArray(R"({"video_url":"https://a/v.mp4?s=%2F%zz~%41&e=1+2"})")
        << QStringList{u"video_url video result uns=https://a/v.mp4?s=%2F%zz~%41&e=1+2"_s};
    QTest::newRow("numbers, booleans and null") << QByteArray("42") << QStringList{};
}

void TestAnswerReader::outputShape()
{
    QFETCH(QByteArray, output);
    QFETCH(QStringList, lines);
    QCOMPARE(mediaLines(taskWith(output)), lines);
}

void TestAnswerReader::klingWork()
{
    const Task task = sampleTask(u"kling-works-multiple.json"_s);
    QCOMPARE(mediaLines(task).mid(0, 3),
             (QStringList{
                 u"works[0].video video result wat=https://cdn.example/bs2/"
                 "105a_video.mp4?x-kcdn-pid=112372 unw=https://storage.example/videos/105a.mp4"_s,
                 u"works[0].cover image cover wat=https://cdn.example/kimg/"
                 "105a-cover.origin?x-kcdn-pid=112372"_s,
                 u"works[1].video video result wat=https://cdn.example/bs2/"
                 "105b_video.mp4?x-kcdn-pid=112372"_s}));
    QCOMPARE(task.works.at(2).rawStatus, u"50"_s);
    const Media *video = task.findMedia(u"works[0].video"_s);
    QVERIFY(video);
    QCOMPARE(video->size, QSize(1280, 720));
    QCOMPARE(video->durationMs, 5100);
}

void TestAnswerReader::sharedCoverStays()
{
    const Task task = taskWith(R"({"works":[
        {"video":{"resource":"https://a/1.mp4"},"cover":{"resource":"https://a/c.jpg"}},
        {"video":{"resource":"https://a/2.mp4"},"cover":{"resource":"https://a/c.jpg"}}]})");
    QCOMPARE(task.works.size(), 2);
    QVERIFY(task.works.at(0).cover());
    QVERIFY(task.works.at(1).cover());
}

void TestAnswerReader::classicDurationsAreMilliseconds()
{
    const Task task = taskWith(
        R"({"works":[{"video":{"resource":"https://a/1.mp4","duration":"5100","width":"720","height":"1280"}}]})");
    QCOMPARE(task.works.constFirst().mainMedia()->durationMs, 5100);
    QCOMPARE(task.works.constFirst().mainMedia()->size, QSize(720, 1280));
}

void TestAnswerReader::durationsOfSongsAreSeconds()
{
    const Task udio = taskWith(R"({"songs":[{"song_path":"https://a/s.mp3","duration":32.75}]})");
    QCOMPARE(udio.works.constFirst().mainMedia()->durationMs, 32750);
    const Task suno = taskWith(
        R"({"clips":{"x":{"audio_url":"https://a/s.mp3","metadata":{"duration":"121.5"}}}})");
    QCOMPARE(suno.works.constFirst().mainMedia()->durationMs, 121500);
}

void TestAnswerReader::inlinePicture()
{
    const QByteArray picture(3000, 'p');
    const QByteArray body =
        R"({"task_id":"t1","status":"completed","input":{"image":"data:image/png;base64,)"
        + picture.toBase64() + R"("},"output":{"image_b64":")" + picture.toBase64() + "\"}}";
    const Result<ReadAnswer> answer = readAnswer(body, 200);
    QVERIFY(answer);
    QCOMPARE(mediaLines(answer->task), QStringList{u"image_b64 image result uns=+3000 bytes"_s});
    QCOMPARE(answer->task.works.constFirst().mainMedia()->sources.constFirst().inlineBytes,
             picture);
    QVERIFY(answer->json.size() < 500);
    QVERIFY(answer->json.contains("(3000 bytes)"));
    // The kept answer still has the medium, under the same key; its bytes are in the kept file.
    QCOMPARE(mediaLines(*taskFromKeptAnswer(answer->json)),
             QStringList{u"image_b64 image result uns="_s});
    // Beside an address it is the same picture.
    const Task flux =
        taskWith(R"({"image_url":"https://a/i.png","image_base64":")" + picture.toBase64() + "\"}");
    QCOMPARE(mediaLines(flux),
             QStringList{u"image_url image result uns=https://a/i.png+3000 bytes"_s});
}

void TestAnswerReader::statusWordsAreKept()
{
    const Task task = taskWith("null", R"("status":"processing\t")");
    QCOMPARE(task.rawStatus, u"processing\t"_s);
    QCOMPARE(task.status, TaskStatus::Processing);
    // Complete while the status still says pending: shown, and asked again.
    const Task early = taskWith(R"({"video":"https://a/v.mp4"})", R"("status":"pending")");
    QCOMPARE(early.resultCount(), 1);
    QVERIFY(!isFinal(early.status));
    const Task drawing = taskWith(R"({"image_url":"https://a/v.png"})",
                                  R"("status":"processing","model":"midjourney")");
    QCOMPARE(mediaLines(drawing),
             QStringList{u"image_url image intermediate uns=https://a/v.png"_s});
}

void TestAnswerReader::times()
{
    const Task task = sampleTask(u"kling-motion-control-completed.json"_s);
    QCOMPARE(task.createdAt, QDateTime(QDate(2026, 1, 23), QTime(16, 22, 29, 513), Qt::UTC));
    QCOMPARE(task.endedAt, QDateTime(QDate(2026, 1, 23), QTime(16, 31, 2, 707), Qt::UTC));
    QVERIFY(!sampleTask(u"kling-pending-output-null.json"_s).startedAt.isValid());
    QVERIFY(!sampleTask(u"pending-meta-account-empty-times.json"_s).endedAt.isValid());
    const Task old =
        taskWith("null", R"("status":"x","meta":{"completed_at":"2024-09-02T19:24:28Z"})");
    QCOMPARE(old.endedAt, QDateTime(QDate(2024, 9, 2), QTime(19, 24, 28), Qt::UTC));
}

void TestAnswerReader::oddTypes()
{
    const Task task = taskWith(
        "[]", R"("status":"failed","model":7,"task_type":null,"config":"x","input":null,"detail":[],
        "meta":{"usage":{"type":"point","frozen":"1","consume":"2600000"},"created_at":false},
        "error":"boom","logs":"one line")");
    QCOMPARE(task.model, u"7"_s);
    QCOMPARE(task.usageConsumed, 2600000);
    QCOMPARE(task.approximateCost(), std::optional<double>(0.26));
    QCOMPARE(task.errorText, u"boom"_s);
    QCOMPARE(task.errorDetails, u"one line"_s);
    const Task shots = sampleTask(u"kling-pending-video-empty-string.json"_s);
    QCOMPARE(shots.prompt, u"A dog runs along the shore\nIt stops by a cat"_s);
    const Task derived = sampleTask(u"kling-extend-lipsync-effects.json"_s);
    QCOMPARE(derived.originTaskId, u"e0285388-b14c-4c1e-b78c-f5a32ac5df3b"_s);
    QVERIFY(!taskWith("null", R"("status":"x","meta":{"usage":{"type":"mj","consume":9}})")
                 .approximateCost());
}

void TestAnswerReader::failureWords_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("details");
    QTest::newRow("raw message first") << QByteArray(
        R"("status":"failed","error":{"code":1,"raw_message":"raw","message":"general"})")
                                       << u"raw"_s << u"general"_s;
    QTest::newRow("logs when the error is silent")
        << QByteArray(R"("status":"failed","error":{"code":0,"message":""},
            "logs":[{"msg":"bad input"},"second"])")
        << u"bad input\nsecond"_s << QString();
    QTest::newRow("a warning beside results")
        << QByteArray(R"("status":"completed","error":{"code":"10","message":"one of two failed"})")
        << u"one of two failed"_s << QString();
    QTest::newRow("logs of a good task are no failure")
        << QByteArray(R"("status":"completed","error":null,"logs":["started"])") << QString()
        << QString();
}

void TestAnswerReader::failureWords()
{
    QFETCH(QByteArray, fields);
    const Task task = taskWith("null", fields);
    QTEST(task.errorText, "text");
    QTEST(task.errorDetails, "details");
}

void TestAnswerReader::progress_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<double>("percent");
    QTest::newRow("of the task") << QByteArray(R"("status":"x","progress":35)") << 35.0;
    QTest::newRow("as text") << QByteArray(R"("status":"x","percent":" 46% ")") << 46.0;
    QTest::newRow("too much") << QByteArray(R"("status":"x","percent":1e99)") << 100.0;
}

void TestAnswerReader::progress()
{
    QFETCH(QByteArray, fields);
    QFETCH(double, percent);
    QCOMPARE(taskWith("null", fields).percent, std::optional<double>(percent));
    QCOMPARE(sampleTask(u"mj-processing-progress.json"_s).percent, std::optional<double>(46));
    QVERIFY(!sampleTask(u"kling-processing.json"_s).percent);
}

void TestAnswerReader::textForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("ids");
    const QByteArray a = R"({"task_id":"a","status":"completed"})";
    const QByteArray b =
        R"({"code":200,"data":{"task_id":"b","status":"failed"},"message":"success"})";
    const QByteArray c = R"({"timestamp":1,"data":{"task_id":"c","status":"failed"}})";
    const QStringList all{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("list") << "[" + a + "," + b + "," + c + "]" << all;
    QTest::newRow("lines") << a + "\n" + b + "\r\n\n" + c + "\n" << all;
    QTest::newRow("lines, one cut")
        << a + "\n" + b.left(30) + "\n" + c << QStringList{u"a"_s, u"c"_s};
    QTest::newRow("several over many lines")
        << QJsonDocument::fromJson(b).toJson() + "\n" + QJsonDocument::fromJson(c).toJson()
        << QStringList{u"b"_s, u"c"_s};
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF\n" + b << QStringList{u"b"_s};
    QTest::newRow("data is a list")
        << "{\"data\":[" + a + "," + c + "]}" << QStringList{u"a"_s, u"c"_s};
    QTest::newRow("prose") << QByteArray("the answer was " + a) << QStringList{};
    QTest::newRow("unbalanced") << QByteArray(100'000, '[') << QStringList{};
    QTest::newRow("nothing") << QByteArray() << QStringList{};
}

void TestAnswerReader::textForms()
{
    QFETCH(QByteArray, text);
    QStringList ids;
    const QList<ReadAnswer> answers = readAnswersInText(text);
    for (const ReadAnswer &answer : answers)
        ids.append(answer.task.id);
    QTEST(ids, "ids");
}

void TestAnswerReader::dataAsString()
{
    const QJsonObject envelope{{u"code"_s, 200},
                               {u"data"_s, QString::fromUtf8(sample(u"bare-task.json"_s))}};
    const Task task = taskOf(QJsonDocument(envelope).toJson());
    QCOMPARE(task.resultCount(), 1);
}

void TestAnswerReader::errorKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, int status, const QByteArray &body, ErrorKind kind,
                        const QString &message) {
        QTest::newRow(name) << status << body << kind << message;
    };
    row("code beats a success", 200, R"({"code":401,"message":"failed to verify api key"})",
        ErrorKind::KeyRefused, u"failed to verify api key"_s);
    row("code as text", 200, R"({"code":"429","message":"slow"})", ErrorKind::RateLimited,
        u"slow"_s);
    row("raw message of a hollow task", 500,
        R"({"code":500,"data":{"task_id":"","error":{"raw_message":"account credit not enough"}}})",
        ErrorKind::OutOfCredit, u"account credit not enough"_s);
    row("hollow task under a success", 200,
        R"({"code":200,"data":{"task_id":"","status":""},"message":"success"})",
        ErrorKind::BadAnswer, QString());
    row("page under a success", 200, "<!doctype html><title>Sign in</title>",
        ErrorKind::ServerFault, u"Sign in"_s);
    row("page that forbids says nothing about the key", 403, "<html><title>Blocked</title>",
        ErrorKind::ServerFault, u"Blocked"_s);
    row("moved", 302, "", ErrorKind::Redirected, QString());
    row("gone", 410, "", ErrorKind::NotFound, QString());
    row("origin timeout", 524, "", ErrorKind::ServerFault, QString());
    row("null", 200, "null", ErrorKind::BadAnswer, u"null"_s);
    row("binary", 200, QByteArray("\x00\xff\xfe\x80", 4), ErrorKind::BadAnswer,
        QString::fromUtf8(QByteArray("\x00\xff\xfe\x80", 4)));
    row("teapot", 418, "{}", ErrorKind::Other, QString());
}

void TestAnswerReader::errorKind()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Result<ReadAnswer> answer = readAnswer(body, status);
    QVERIFY(!answer);
    QTEST(answer.error().kind, "kind");
    QTEST(answer.error().message, "message");
}

void TestAnswerReader::noTaskInHistoryRow()
{
    QCOMPARE(readAnswersInText(sample(u"history-page.json"_s)).size(), 0);
}

void TestAnswerReader::tooLargeIsRefused()
{
    QByteArray body = R"({"task_id":"a","status":"completed","x":")";
    body += QByteArray(17 * 1024 * 1024, 'x') + "\"}";
    const Result<ReadAnswer> answer = readAnswer(body, 200);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TooLarge);
}

void TestAnswerReader::deepNestingIsRefused()
{
    const QByteArray deep = QByteArray(900, '[') + "\"https://a/1.mp4\"" + QByteArray(900, ']');
    QCOMPARE(taskWith(deep).works.size(), 0);
    const Result<ReadAnswer> answer =
        readAnswer(QByteArray(100'000, '[') + QByteArray(100'000, ']'), 200);
    QVERIFY(!answer);
}

void TestAnswerReader::secretIsNowhere()
{
    const QByteArray body =
        R"({"code":200,"message":"hook whsec_abc123 failed","data":{"task_id":"t",
        "status":"failed","config":{"service_mode":"public","webhook_config":{"endpoint":
        "https://u:p@me.example/hook?token=tok_998877","secret":"whsec_abc123"}},
        "logs":["called with whsec_abc123"],"error":{"message":"whsec_abc123 refused"}}})";
    const Result<ReadAnswer> answer = readAnswer(body, 200);
    QVERIFY(answer);
    QVERIFY(!answer->json.contains("whsec_abc123"));
    QVERIFY(!answer->json.contains("tok_998877"));
    QVERIFY(!answer->task.errorText.contains("whsec_abc123"_L1));
    QVERIFY(!answer->task.errorDetails.contains("whsec_abc123"_L1));
    QCOMPARE(answer->task.serviceMode, u"public"_s);
    QVERIFY(answer->json.contains("me.example"));
}

TASKREEL_TEST_MAIN(TestAnswerReader, QCoreApplication)
#include "tst_answerreader.moc"
