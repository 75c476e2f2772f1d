// SPDX-License-Identifier: MIT
#include "core/downloads/sidecar.h"
#include "core/formats/safename.h"
#include "support/isolation.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static StoredFile savedFile(const QString &path)
{
    return {{u"0f2b1c9e-1"_s, u"works[0].video"_s, Variant::Unwatermarked}, path, 12'345,
            QByteArray::fromHex("00ff"), QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC), {}};
}

class TestSidecar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void saysWhatWasSaved()
    {
        const QByteArray bytes = sidecarBytes(
            savedFile(u"/x/clip.mp4"_s), R"({"task_id":"0f2b1c9e-1","status":"completed"})");
        const QJsonObject whole = QJsonDocument::fromJson(bytes).object();
        const QJsonObject saved = whole.value("saved"_L1).toObject();
        QCOMPARE(saved.value("file"_L1).toString(), u"clip.mp4"_s); // no path of this machine
        QCOMPARE(saved.value("bytes"_L1).toInt(), 12'345);
        QCOMPARE(saved.value("sha256"_L1).toString(), u"00ff"_s);
        QCOMPARE(saved.value("task_id"_L1).toString(), u"0f2b1c9e-1"_s);
        QCOMPARE(saved.value("medium"_L1).toString(), u"works[0].video"_s);
        QCOMPARE(saved.value("variant"_L1).toString(), u"unwatermarked"_s);
        QCOMPARE(saved.value("saved_at"_L1).toString(), u"2026-01-02T03:04:05.000Z"_s);
        QCOMPARE(whole.value("answer"_L1).toObject().value("status"_L1).toString(), u"completed"_s);
        QVERIFY(bytes.endsWith('\n'));
    }

    void nothingSecretIsWritten()
    {
        const QByteArray bytes = sidecarBytes(
            savedFile(u"/x/clip.mp4"_s),
            R"({"task_id":"1","config":{"webhook_config":{"secret":"hush-hush"}},"x-api-key":"k-e-y-1"})");
        QVERIFY(!bytes.contains("hush-hush"));
        QVERIFY(!bytes.contains("k-e-y-1"));
    }

    void anAnswerThatIsNoneIsLeftOut()
    {
        for (const QByteArray &answer : {QByteArray(), QByteArray("<html>"), QByteArray("[1]")}) {
            const QJsonObject whole =
                QJsonDocument::fromJson(sidecarBytes(savedFile(u"/x/a.mp4"_s), answer)).object();
            QVERIFY(whole.contains("saved"_L1));
            QVERIFY(!whole.contains("answer"_L1));
        }
    }

    void standsBesideTheFile()
    {
        const Result<QString> path = writeSidecar(m_folder->filePath(u"clip.mp4"_s), "{}\n");
        QVERIFY(path);
        QCOMPARE(*path, m_folder->filePath(u"clip.mp4.json"_s));
        QCOMPARE(readAll(*path), "{}\n");
        QCOMPARE(files(), QStringList{u"clip.mp4.json"_s}); // no part is left
    }

    void neverOverAnotherFile()
    {
        const QString media = m_folder->filePath(u"clip.mp4"_s);
        QFile mine(media + u".json"_s);
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write("mine");
        mine.close();
        const Result<QString> path = writeSidecar(media, "{}\n");
        QVERIFY(path);
        QCOMPARE(*path, m_folder->filePath(u"clip.mp4 (2).json"_s));
        QCOMPARE(readAll(mine.fileName()), "mine");
        QCOMPARE(readAll(*path), "{}\n");
    }

    void whatIsThereAlreadyStays()
    {
        const QString media = m_folder->filePath(u"clip.mp4"_s);
        QVERIFY(writeSidecar(media, "{}\n"));
        const Result<QString> again = writeSidecar(media, "{}\n");
        QVERIFY(again);
        QCOMPARE(files(), QStringList{u"clip.mp4.json"_s});
    }

    void aKilledRunsPartIsReplaced()
    {
        const QString media = m_folder->filePath(u"clip.mp4"_s);
        QFile part(media + u".json.part"_s);
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.write("half");
        part.close();
        QVERIFY(writeSidecar(media, "{}\n"));
        QCOMPARE(files(), QStringList{u"clip.mp4.json"_s});
    }

    void theLongestNameHasRoom()
    {
        const QString name =
            numberedFileName(sanitisedFileName(QString(400, QChar(0x4e00)) + u".mp4"_s), 99'999);
        const Result<QString> path = writeSidecar(m_folder->filePath(name), "{}\n");
        QVERIFY2(path, path ? "" : qPrintable(path.error().detail));
        QCOMPARE(files(), QStringList{name + u".json"_s});
    }

    void aFolderThatIsNotThere()
    {
        const Result<QString> path = writeSidecar(m_folder->filePath(u"gone/clip.mp4"_s), "{}\n");
        QVERIFY(!path);
        QCOMPARE(path.error().kind, ErrorKind::CannotWrite);
    }

private:
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

TASKREEL_TEST_MAIN(TestSidecar, QCoreApplication)
#include "tst_sidecar.moc"
