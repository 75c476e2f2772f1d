// SPDX-License-Identifier: MIT
#include "core/downloads/fileoffers.h"
#include "core/media/medialibrary.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

static QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class TestFileOffers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingHereNothingOffered();
    void aKeptClipUnderAGoodName();
    void theSavedFileFirst();
    void aLostFileIsNotOffered();
    void theWantedVersionOfTwo();
    void namesOfAKilledRunGo();

private:
    void obtain(Variant variant);
    void save(const QString &name, Variant variant);

    const QString m_id = u"0f2b1c9e-0000-4000-8000-000000000001"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<FileOffers> m_offers;
};

void TestFileOffers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<MediaServer>();
    m_server->serveBytes("/clean", clipBytes());
    m_server->serveBytes("/marked", otherClipBytes());
    m_settings = std::make_unique<AppSettings>(m_folder->filePath(u"settings.ini"_s));
    m_settings->setNameTemplate(u"{model}/{prompt} {id8} {variant}"_s);
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library =
        std::make_unique<MediaLibrary>(m_fetcher.get(), nullptr,
                                       MediaLibrary::Places{m_folder->filePath(u"data/kept"_s),
                                                            m_folder->filePath(u"cache/media"_s)},
                                       true);
    Task task;
    task.id = m_id;
    task.model = u"kling"_s;
    task.prompt = u"Paper: boats"_s;
    task.status = TaskStatus::Completed;
    Media medium;
    medium.key = u"works[0].video"_s;
    medium.kind = MediaKind::Video;
    medium.sources = {{Variant::Watermarked, m_server->url("/marked"), {}, {}},
                      {Variant::Unwatermarked, m_server->url("/clean"), {}, {}}};
    Work work;
    work.key = u"works[0]"_s;
    work.media = {medium};
    task.works = {work};
    m_repository->merge({task, R"({"task_id":"x"})"}, true);
    m_offers = std::make_unique<FileOffers>(
        FileOffers::Services{m_repository.get(), m_library.get(), m_settings.get()});
}

void TestFileOffers::cleanup()
{
    m_offers.reset();
    m_library.reset();
    m_fetcher.reset();
    m_repository.reset();
    m_server.reset();
}

void TestFileOffers::obtain(Variant variant)
{
    QSignalSpy obtained(m_library.get(), &MediaLibrary::obtained);
    Source source;
    source.url = m_server->url(variant == Variant::Watermarked ? "/marked" : "/clean");
    m_library->obtain({m_id, u"works[0].video"_s, variant}, source, MediaKind::Video,
                      ObtainPriority::Shown);
    SOON_COMPARE(obtained.count(), 1);
}

void TestFileOffers::save(const QString &name, Variant variant)
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("saved");
    m_repository->recordSaved(
        {{m_id, u"works[0].video"_s, variant}, file.fileName(), 5, {}, {}, {}});
}

void TestFileOffers::nothingHereNothingOffered()
{
    QCOMPARE(m_offers->ofTasks({m_id, u"unknown"_s}), QStringList());
    QCOMPARE(m_offers->ofAsset({m_id, u"works[0].video"_s, Variant::Watermarked}), QString());
    QCOMPARE(m_server->asked("/clean"), 0); // a drag fetches nothing
}

void TestFileOffers::aKeptClipUnderAGoodName()
{
    obtain(Variant::Unwatermarked);
    const QStringList paths = m_offers->ofTasks({m_id});
    QCOMPARE(paths.size(), 1);
    QCOMPARE(QFileInfo(paths.constFirst()).fileName(),
             u"Paper_ boats 0f2b1c9e unwatermarked.mp4"_s);
    QCOMPARE(readAll(paths.constFirst()), clipBytes());
    QCOMPARE(m_offers->ofTasks({m_id}), paths); // one name however often
    m_offers.reset();
    QVERIFY(!QFile::exists(paths.constFirst())); // it goes with the session
    QVERIFY(m_library->local({m_id, u"works[0].video"_s, Variant::Unwatermarked}));
    QCOMPARE(readAll(m_library->local({m_id, u"works[0].video"_s, Variant::Unwatermarked})->path),
             clipBytes());
}

void TestFileOffers::theSavedFileFirst()
{
    obtain(Variant::Unwatermarked);
    save(u"mine.mp4"_s, Variant::Watermarked);
    QCOMPARE(m_offers->ofTasks({m_id}), QStringList{m_folder->filePath(u"mine.mp4"_s)});
    QCOMPARE(m_offers->ofAsset({m_id, u"works[0].video"_s, Variant::Watermarked}),
             m_folder->filePath(u"mine.mp4"_s));
}

void TestFileOffers::aLostFileIsNotOffered()
{
    save(u"mine.mp4"_s, Variant::Watermarked);
    m_repository->setLostFiles(m_id, {{m_id, u"works[0].video"_s, Variant::Watermarked}},
                               u"gone"_s);
    QCOMPARE(m_offers->ofTasks({m_id}), QStringList());
}

void TestFileOffers::theWantedVersionOfTwo()
{
    save(u"marked.mp4"_s, Variant::Watermarked);
    save(u"clean.mp4"_s, Variant::Unwatermarked);
    QCOMPARE(m_offers->ofTasks({m_id}), QStringList{m_folder->filePath(u"clean.mp4"_s)});
    m_settings->setWithoutWatermark(false);
    QCOMPARE(m_offers->ofTasks({m_id}), QStringList{m_folder->filePath(u"marked.mp4"_s)});
}

void TestFileOffers::namesOfAKilledRunGo()
{
    obtain(Variant::Unwatermarked);
    const QString kept =
        m_library->local({m_id, u"works[0].video"_s, Variant::Unwatermarked})->path;
    const QString place = QFileInfo(QFileInfo(kept).path()).path();
    QVERIFY(QDir(place).mkpath(u"handed-out-abcdef"_s));
    QCOMPARE(m_offers->ofTasks({m_id}).size(), 1);
    QVERIFY(!QDir(place).exists(u"handed-out-abcdef"_s));
    QVERIFY(QFile::exists(kept));
}

TASKREEL_TEST_MAIN(TestFileOffers, QCoreApplication)
#include "tst_fileoffers.moc"
