// SPDX-License-Identifier: MIT
#include "core/appcontext.h"

#include "core/downloads/downloadqueue.h"
#include "core/downloads/freshlinks.h"
#include "core/downloads/keptkeeper.h"
#include "core/downloads/libraryverifier.h"
#include "core/downloads/saveholds.h"
#include "core/exchange/libraryexchange.h"
#include "core/media/medialibrary.h"
#include "core/models/downloadtablemodel.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/net/assetfetcher.h"
#include "core/net/mediaurl.h"
#include "core/net/networkstate.h"
#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "core/secrets/keyringstore.h"
#include "core/settings/appsettings.h"
#include "core/store/librarylock.h"
#include "core/store/store.h"
#include "core/tasks/historyimport.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskcanceller.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"

#include <QDir>
#include <QFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qint64 kFreshMs = 120'000; ///< a result file may not be everywhere before

AppContext::AppContext(const Profile &profile, QObject *parent)
    : QObject(parent), m_profile(profile),
      m_settings(std::make_unique<AppSettings>(profile.configFile,
                                               QDir(profile.stateFolder).filePath(u"window.ini"_s)))
{
    buildServices();
    followSettings();
    m_step.setInterval(0);
    connect(&m_step, &QTimer::timeout, this, &AppContext::takeStep);
}

AppContext::~AppContext() = default;

QUrl AppContext::serviceUrl() const
{
    return m_client->serviceUrl();
}

void AppContext::buildServices()
{
    const QUrl url =
        m_profile.serviceUrl.isEmpty() ? m_settings->serviceUrl() : m_profile.serviceUrl;
    const bool loopback = isLoopback(url);
    if (m_profile.useKeyring && m_profile.fixedKey.isEmpty())
        m_secrets = std::make_unique<KeyringStore>();
    if (m_profile.fixedKey.isEmpty())
        m_key = std::make_unique<ApiKey>(url, m_secrets.get(), m_profile.environmentKey);
    else
        m_key.reset(ApiKey::fixed(url, m_profile.fixedKey, nullptr));
    m_network = std::make_unique<QNetworkAccessManager>();
    const QDir data(m_profile.dataFolder);
    if (m_profile.withLibrary)
        m_store = std::make_unique<Store>(data.filePath(u"library.sqlite"_s));
    m_repository = std::make_unique<TaskRepository>(m_store.get());
    m_client = std::make_unique<ApiClient>(m_network.get(), url, m_key.get());
    m_poller = std::make_unique<TaskPoller>(m_repository.get(), m_client.get(), m_key.get());
    m_canceller = std::make_unique<TaskCanceller>(m_client.get(), m_poller.get());
    m_history = std::make_unique<HistoryImport>(m_client.get(), m_poller.get(), m_repository.get());
    m_intake = std::make_unique<Intake>(m_repository.get());
    m_intake->hold(); // until begin()
    m_fetcher = std::make_unique<AssetFetcher>(m_profile.assetLimits);
    const QDir cache(m_profile.cacheFolder);
    // Without a library nobody would know of kept files: they may vanish like cached ones.
    const MediaLibrary::Places places{(m_store ? data : cache).filePath(u"kept"_s),
                                      cache.filePath(u"media"_s)};
    m_media = std::make_unique<MediaLibrary>(m_fetcher.get(), m_store.get(), places, loopback);
    m_media->setFreshness([this](const QString &taskId) {
        const TaskSummary *row = m_repository->find(taskId);
        return row && row->endedAt.isValid()
            && row->endedAt.addMSecs(kFreshMs) > QDateTime::currentDateTimeUtc();
    });
    connect(m_repository.get(), &TaskRepository::inlineArrived, m_media.get(),
            &MediaLibrary::keepInline);
    m_freshLinks = std::make_unique<FreshLinks>(m_client.get(), m_poller.get(), m_repository.get());
    m_downloads = std::make_unique<DownloadQueue>(DownloadQueue::Services{
        m_repository.get(), m_media.get(), m_fetcher.get(), loopback, m_freshLinks.get()});
    m_saveHolds = std::make_unique<SaveHolds>(m_downloads->list(), m_repository.get());
    m_keeper = std::make_unique<KeptKeeper>(m_repository.get(), m_media.get());
    connect(m_repository.get(), &TaskRepository::fileSaved, m_keeper.get(),
            &KeptKeeper::noteSaved);
    m_verifier = std::make_unique<LibraryVerifier>(m_repository.get());
    if (m_store) {
        m_exchange = std::make_unique<LibraryExchange>(LibraryExchange::Services{
            m_store.get(), m_repository.get(), m_media.get(), m_downloads.get()});
    }
    m_downloadModel = std::make_unique<DownloadTableModel>(m_downloads->list(), m_repository.get());
    m_tableModel = std::make_unique<TaskTableModel>(m_repository.get());
    connect(m_poller.get(), &TaskPoller::holdChanged, m_tableModel.get(), [this] { followHold(); });
    m_filter = std::make_unique<TaskFilter>(m_tableModel.get());
}

void AppContext::followHold()
{
    const bool offline = m_poller->hold() == TaskPoller::Hold::Offline;
    m_tableModel->setOffline(offline);
    if (std::exchange(m_wasOffline, offline) && !offline)
        m_downloads->hurry(); // what waits for its next try need not wait for its time
}

void AppContext::followSettings()
{
    followDownloadSettings();
    const auto follow = [this](auto signal, auto apply) {
        connect(m_settings.get(), signal, this, apply);
        apply();
    };
    follow(&AppSettings::parallelRequestsChanged,
           [this] { m_poller->setParallel(m_settings->parallelRequests()); });
    follow(&AppSettings::requestsPerMinuteChanged,
           [this] { m_poller->setRequestsPerMinute(m_settings->requestsPerMinute()); });
    follow(&AppSettings::keptBudgetChanged,
           [this] { m_media->setKeptBudget(m_settings->keptBudget()); });
}

void AppContext::followDownloadSettings()
{
    const auto follow = [this](auto signal, auto apply) {
        connect(m_settings.get(), signal, this, apply);
        apply();
    };
    follow(&AppSettings::nameTemplateChanged,
           [this] { m_downloads->setNameTemplate(m_settings->nameTemplate()); });
    follow(&AppSettings::saveCoversChanged,
           [this] { m_downloads->setCovers(m_settings->saveCovers()); });
    follow(&AppSettings::saveDetailsChanged,
           [this] { m_downloads->setDetails(m_settings->saveDetails()); });
    follow(&AppSettings::downloadFolderChanged,
           [this] { m_downloads->setFolder(downloadFolder()); });
    follow(&AppSettings::parallelDownloadsChanged,
           [this] { m_downloads->setParallel(m_settings->parallelDownloads()); });
    follow(&AppSettings::downloadsPerHostChanged,
           [this] { m_downloads->setPerHost(m_settings->downloadsPerHost()); });
    follow(&AppSettings::speedLimitChanged,
           [this] { m_downloads->setSpeedLimit(m_settings->speedLimit()); });
    follow(&AppSettings::conflictPolicyChanged,
           [this] { m_downloads->setConflictPolicy(m_settings->conflictPolicy()); });
}

QString AppContext::downloadFolder() const
{
    return m_profile.downloadFolder.isEmpty() ? m_settings->downloadFolder()
                                              : m_profile.downloadFolder;
}

void AppContext::open()
{
    if (!m_store) {
        QMetaObject::invokeMethod(this, &AppContext::begin, Qt::QueuedConnection);
        return;
    }
    m_lock = std::make_unique<LibraryLock>(m_profile.dataFolder);
    if (!m_lock->take()) {
        const Error error = m_lock->error();
        QMetaObject::invokeMethod(
            this, [this, error] { libraryNotOpened(error); }, Qt::QueuedConnection);
        return;
    }
    connect(m_store.get(), &Store::sliceRead, this, &AppContext::takeSlice);
    connect(m_store.get(), &Store::opened, this, &AppContext::libraryOpened);
    connect(m_store.get(), &Store::openFailed, this, &AppContext::libraryNotOpened);
    connect(m_store.get(), &Store::setAside, this, &AppContext::librarySetAsideAs);
    m_repository->beginLoading();
    m_store->open(Store::Rows::InSlices);
}

/// One step a turn: the slices of a large library lie in the event queue all at once, and taken
/// from there they would hold the window for as long as all of them take.
void AppContext::inTurn(std::function<void()> step)
{
    m_steps.push_back(std::move(step));
    m_step.start();
}

void AppContext::takeStep()
{
    const std::function<void()> step = std::move(m_steps.front());
    m_steps.pop_front();
    if (m_steps.empty())
        m_step.stop();
    step();
}

void AppContext::takeSlice(const StoredLibrary &slice)
{
    if (!m_slicesCome) {
        m_slicesCome = true;
        inTurn([this, slice] { m_media->load(slice.kept, slice.saved); });
        inTurn([this, slice] {
            m_downloads->loadSaved(slice.saved);
            m_keeper->loadSaved(slice.saved);
            m_savedFiles = slice.saved;
            m_leftDownloads = slice.downloads;
        });
        inTurn([this, slice] {
            m_repository->loadSlice(slice.tasks, slice.removed, slice.lastSequence);
            Q_EMIT rowsCame();
        });
        return;
    }
    inTurn(
        [this, slice] { m_repository->loadSlice(slice.tasks, slice.removed, slice.lastSequence); });
}

void AppContext::libraryOpened(const StoredLibrary &library)
{
    takeSlice(library);
    inTurn([this] { m_repository->endLoading(std::exchange(m_savedFiles, {})); });
    inTurn([this] { m_downloads->loadLeft(std::exchange(m_leftDownloads, {})); });
    inTurn([this] { begin(); });
}

void AppContext::forgetSlices()
{
    m_steps.clear();
    m_step.stop();
    if (std::exchange(m_slicesCome, false))
        m_repository->beginLoading();
}

void AppContext::librarySetAsideAs(const QString &newPath)
{
    forgetSlices();
    Q_EMIT librarySetAside(newPath);
}

void AppContext::libraryNotOpened(const Error &error)
{
    forgetSlices(); // half a list would look like a whole one
    Q_EMIT openFailed(error);
    m_intake->release(); // what was pasted is at least shown
}

void AppContext::watchNetwork()
{
    // What is on this computer is reached without a network.
    if (isLoopback(serviceUrl()))
        return;
    m_networkState = std::make_unique<NetworkState>();
    const auto tell = [this] { m_poller->setNetwork(m_networkState->network()); };
    connect(m_networkState.get(), &NetworkState::networkChanged, this, tell);
    tell();
}

void AppContext::begin()
{
    m_intake->release();
    watchNetwork();
    m_poller->start();
    Q_EMIT ready();
}

} // namespace taskreel
