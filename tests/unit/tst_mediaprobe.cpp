// SPDX-License-Identifier: MIT
#include "core/formats/mediaprobe.h"
#include "support/isolation.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

using Form = MediaProbe::Form;

static QByteArray sample(const QString &name)
{
    QFile file(u"" TEST_DATA_DIR "/media/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static MediaProbe probeBytes(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return probeMedia(buffer);
}

static QByteArray box(const char *type, const QByteArray &payload, qint64 size = -1)
{
    QByteArray result(4, '\0');
    const auto length = static_cast<quint32>(size < 0 ? payload.size() + 8 : size);
    for (int i = 0; i < 4; ++i)
        result[i] = static_cast<char>(length >> (24 - 8 * i));
    return result + type + payload;
}

class TestMediaProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samples_data();
    void samples();
    void cutAnywhereIsIncomplete_data();
    void cutAnywhereIsIncomplete();
    void notMedia_data();
    void notMedia();
    void hostileBytesAreSafe_data();
    void hostileBytesAreSafe();
    void changedBytesAreSafe();
    void saysWhatIsMissing();
    void bytesBehindTheEndDoNoHarm();
    void cutInThePreviewOfAPicture();
    void fileThatCannotBeOpened();
};

void TestMediaProbe::samples_data()
{
    QTest::addColumn<Form>("form");
    QTest::addColumn<MediaKind>("kind");
    QTest::addColumn<QString>("extension");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("durationMs");
    const QSize wide(64, 48);
    const auto row = [](const char *name, Form form, MediaKind kind, const QString &extension,
                        const QSize &size, int durationMs) {
        QTest::newRow(name) << form << kind << extension << size << durationMs;
    };
    row("faststart.mp4", Form::Mp4, MediaKind::Video, u"mp4"_s, wide, 1000);
    row("moov-at-end.mp4", Form::Mp4, MediaKind::Video, u"mp4"_s, wide, 1000);
    row("rotated.mp4", Form::Mp4, MediaKind::Video, u"mp4"_s, wide.transposed(), 1000);
    row("fragmented.mp4", Form::Mp4, MediaKind::Video, u"mp4"_s, wide, 0);
    row("sound-only.m4a", Form::Mp4, MediaKind::Audio, u"m4a"_s, QSize(), 1000);
    row("clip.webm", Form::WebM, MediaKind::Video, u"webm"_s, QSize(), 0);
    row("still.png", Form::Png, MediaKind::Image, u"png"_s, wide, 0);
    row("still.jpg", Form::Jpeg, MediaKind::Image, u"jpg"_s, wide, 0);
    row("progressive.jpg", Form::Jpeg, MediaKind::Image, u"jpg"_s, wide, 0);
    row("still.webp", Form::WebP, MediaKind::Image, u"webp"_s, wide, 0);
    row("lossless.webp", Form::WebP, MediaKind::Image, u"webp"_s, wide, 0);
    row("anim.gif", Form::Gif, MediaKind::Image, u"gif"_s, wide, 0);
    row("tone.mp3", Form::Mp3, MediaKind::Audio, u"mp3"_s, QSize(), 1000);
    row("tone.wav", Form::Wav, MediaKind::Audio, u"wav"_s, QSize(), 500);
    row("tone.flac", Form::Flac, MediaKind::Audio, u"flac"_s, QSize(), 500);
    row("tone.ogg", Form::Ogg, MediaKind::Audio, u"opus"_s, QSize(), 0);
    row("cube.glb", Form::Glb, MediaKind::Model, u"glb"_s, QSize(), 0);
}

void TestMediaProbe::samples()
{
    QFETCH(int, durationMs);
    const QString path =
        u"" TEST_DATA_DIR "/media/"_s + QString::fromLatin1(QTest::currentDataTag());
    const MediaProbe probe = probeFile(path);
    QTEST(probe.form, "form");
    QTEST(probe.kind, "kind");
    QTEST(probe.extension, "extension");
    QTEST(probe.size, "size");
    QVERIFY2(probe.complete, qPrintable(probe.problem));
    QCOMPARE(probe.problem, QString());
    QVERIFY2(qAbs(probe.durationMs - durationMs) < 100,
             qPrintable(QString::number(probe.durationMs)));
}

void TestMediaProbe::cutAnywhereIsIncomplete_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"faststart.mp4", "moov-at-end.mp4", "clip.webm", "still.png",
                             "still.jpg", "progressive.jpg", "still.webp", "anim.gif", "tone.mp3",
                             "tone.wav", "tone.ogg", "cube.glb"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestMediaProbe::cutAnywhereIsIncomplete()
{
    QFETCH(QString, name);
    const QByteArray whole = sample(name);
    QVERIFY(probeBytes(whole).complete);
    for (qsizetype length = whole.size() - 1; length > 0; length -= 41) {
        const MediaProbe probe = probeBytes(whole.left(length));
        QVERIFY2(!probe.complete, qPrintable(QString::number(length)));
        QVERIFY(!probe.problem.isEmpty());
    }
}

void TestMediaProbe::notMedia_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Form>("form");
    QTest::newRow("nothing") << QByteArray() << Form::Empty;
    QTest::newRow("page") << QByteArray("\n<!DOCTYPE html><html>") << Form::Html;
    QTest::newRow("storage error") << QByteArray("<?xml version='1.0'?><Error/>") << Form::Html;
    QTest::newRow("playlist") << QByteArray("#EXTM3U\n#EXT-X-VERSION:3\n") << Form::Playlist;
    QTest::newRow("playlist with a mark")
        << QByteArray("\xEF\xBB\xBF#EXTM3U\nhttp://x") << Form::Playlist;
    QTest::newRow("concat script")
        << QByteArray("ffconcat version 1.0\nfile /etc/passwd") << Form::Playlist;
    QTest::newRow("dash") << QByteArray("<?xml version='1.0'?><MPD type='static'>")
                          << Form::Playlist;
    QTest::newRow("JSON") << QByteArray("{\"code\":404}") << Form::Json;
    QTest::newRow("text") << QByteArray("Not found") << Form::Unknown;
    QTest::newRow("text with the word of a box") << QByteArray("The free clip") << Form::Unknown;
    QTest::newRow("another RIFF") << QByteArray("RIFF\x10\0\0\0AVI LIST", 16) << Form::Unknown;
    QTest::newRow("picture in boxes") << box("ftyp", "avif") + box("mdat", "x") << Form::Unknown;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE<\0h\0t\0m\0l\0", 12) << Form::Unknown;
}

void TestMediaProbe::notMedia()
{
    QFETCH(QByteArray, bytes);
    const MediaProbe probe = probeBytes(bytes);
    QTEST(probe.form, "form");
    QCOMPARE(probe.kind, MediaKind::Unknown);
    QVERIFY(!probe.complete);
}

void TestMediaProbe::hostileBytesAreSafe_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray ftyp = box("ftyp", "isom");
    QTest::newRow("box of seven bytes") << ftyp + box("mdat", "x", 7);
    QTest::newRow("64-bit size of all ones") << ftyp + box("mdat", QByteArray(8, '\xFF') + "x", 1);
    QTest::newRow("64-bit size below its header") << ftyp + box("moov", QByteArray(8, '\0'), 1);
    QTest::newRow("boxes without end") << ftyp + QByteArray(box("moov", {}, 0)).repeated(1000);
    QTest::newRow("child beyond its parent") << ftyp + box("moov", box("trak", {}, 0x7FFFFFFF));
    QTest::newRow("header cut off") << ftyp + box("moov", box("mvhd", "\x01"));
    QTest::newRow("PNG chunk of 4 GiB") << QByteArray("\x89PNG\r\n\x1A\n\xFF\xFF\xFF\xFFIDAT", 16);
    QTest::newRow("JPEG segment of no length") << QByteArray("\xFF\xD8\xFF\xE0\0\0\0\0", 8);
    QTest::newRow("JPEG of fill bytes") << QByteArray("\xFF\xD8") + QByteArray(100'000, '\xFF');
    QTest::newRow("WebP of 4 GiB") << QByteArray("RIFF\xFF\xFF\xFF\xFFWEBPVP8X");
    QTest::newRow("WAV without data") << QByteArray("RIFF\x04\0\0\0WAVE", 12);
    QTest::newRow("ID3 longer than the file") << QByteArray("ID3\x04\0\0\x7F\x7F\x7F\x7F", 10);
    QTest::newRow("GLB of no length") << QByteArray("glTF\x02\0\0\0\0\0\0\0", 12);
}

void TestMediaProbe::hostileBytesAreSafe()
{
    QFETCH(QByteArray, bytes);
    const MediaProbe probe = probeBytes(bytes);
    QVERIFY(!probe.complete);
    QVERIFY(!probe.problem.isEmpty());
}

void TestMediaProbe::changedBytesAreSafe()
{
    for (const QString &name :
         {u"faststart.mp4"_s, u"still.png"_s, u"progressive.jpg"_s, u"anim.gif"_s, u"tone.mp3"_s,
          u"tone.flac"_s, u"tone.ogg"_s, u"still.webp"_s}) {
        const QByteArray whole = sample(name);
        for (qsizetype i = 0; i < std::min<qsizetype>(whole.size(), 160); ++i) {
            for (const char byte : {'\0', '\xFF'}) {
                QByteArray bytes = whole;
                bytes[i] = byte;
                const MediaProbe probe = probeBytes(bytes);
                QVERIFY(probe.durationMs >= 0);
            }
        }
    }
}

void TestMediaProbe::saysWhatIsMissing()
{
    const QByteArray whole =
        box("ftyp", "isom") + box("moov", {}) + box("mdat", QByteArray(100, 'x'));
    QCOMPARE(probeBytes(whole.chopped(40)).problem, u"mdat wants 40 bytes more"_s);
    QCOMPARE(probeBytes(box("ftyp", "isom") + box("mdat", "x")).problem, u"no moov box"_s);
    QCOMPARE(probeBytes(box("ftyp", "isom") + box("moov", {})).problem, u"no mdat box"_s);
}

void TestMediaProbe::bytesBehindTheEndDoNoHarm()
{
    for (const QString &name : {u"faststart.mp4"_s, u"still.png"_s, u"still.jpg"_s, u"anim.gif"_s,
                                u"tone.mp3"_s, u"still.webp"_s, u"tone.wav"_s})
        QVERIFY2(probeBytes(sample(name) + QByteArray(5, '\0')).complete, qPrintable(name));
}

void TestMediaProbe::cutInThePreviewOfAPicture()
{
    // The preview inside a JPEG's header has an end of its own, which is not the picture's.
    const QByteArray preview = sample(u"still.jpg"_s);
    const auto length = static_cast<quint16>(preview.size() + 2);
    const QByteArray segment = QByteArray("\xFF\xE1") + static_cast<char>(length >> 8)
        + static_cast<char>(length & 0xFF) + preview;
    const QByteArray whole = preview.left(2) + segment + preview.mid(2);
    QVERIFY(probeBytes(whole).complete);
    QVERIFY(!probeBytes(whole.chopped(20)).complete);
    QVERIFY(!probeBytes(whole.left(segment.size() + 2)).complete);
}

void TestMediaProbe::fileThatCannotBeOpened()
{
    const QTemporaryDir dir;
    const MediaProbe probe = probeFile(dir.filePath(u"none.mp4"_s));
    QCOMPARE(probe.kind, MediaKind::Unknown);
    QVERIFY(!probe.problem.isEmpty());
}

TASKREEL_TEST_MAIN(TestMediaProbe, QCoreApplication)
#include "tst_mediaprobe.moc"
