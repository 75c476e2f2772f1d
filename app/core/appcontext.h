// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/domain/error.h"
#include "core/net/assetlimits.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>

namespace taskreel {

class ApiClient;
class ApiKey;
class AppSettings;
class AssetFetcher;
class DownloadQueue;
class DownloadTableModel;
class FreshLinks;
class HistoryImport;
class Intake;
class KeptKeeper;
class LibraryExchange;
class LibraryLock;
class LibraryVerifier;
class MediaLibrary;
class NetworkState;
class SaveHolds;
class SecretStore;
class Store;
class TaskCanceller;
class TaskFilter;
class TaskPoller;
class TaskRepository;
class TaskTableModel;
struct StoredFile;
struct StoredLibrary;

/// Where a session lives and whom it asks.
struct Profile
{
    QString configFile; ///< settings INI
    QString dataFolder; ///< library.sqlite, kept/
    QString stateFolder; ///< window state, log
    QString cacheFolder;
    QUrl serviceUrl; ///< from the command line; empty: the setting
    QString downloadFolder; ///< from the command line; empty: the setting
    QString fixedKey; ///< the demo's; empty otherwise
    QString environmentKey; ///< PIAPI_API_KEY, already unset
    bool useKeyring = true;
    bool withLibrary = true; ///< false: nothing is kept (headless beside a running window)
    bool isDemo = false;
    AssetLimits assetLimits = {}; ///< tests are less patient
};

/// Builds the services in order and owns them. GUI thread. Only MainWindow and the headless runner
/// see all of it; everybody else is given just what it uses.
///
/// Settings reach the services at once, except the service address: key, client and limits belong
/// to one origin, so a new address is used from the next session on.
class AppContext final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AppContext)

public:
    explicit AppContext(const Profile &profile, QObject *parent = nullptr);
    ~AppContext() override;

    /// Opens the library; ready() or openFailed() follows, never inside this call. A large library
    /// comes in slices, newest rows first, with other events between them: rowsCame() follows the
    /// first, ready() the last. Until then nothing is asked, and what is pasted waits. One process a
    /// library: another one's lock makes it fail.
    void open();

    [[nodiscard]] const Profile &profile() const { return m_profile; }
    [[nodiscard]] QUrl serviceUrl() const; ///< the one in use
    [[nodiscard]] QString downloadFolder() const; ///< of the command line, else the setting
    [[nodiscard]] AppSettings *settings() const { return m_settings.get(); }
    [[nodiscard]] ApiKey *key() const { return m_key.get(); }
    [[nodiscard]] TaskRepository *repository() const { return m_repository.get(); }
    [[nodiscard]] TaskPoller *poller() const { return m_poller.get(); }
    [[nodiscard]] TaskCanceller *canceller() const { return m_canceller.get(); }
    [[nodiscard]] HistoryImport *history() const { return m_history.get(); }
    [[nodiscard]] Intake *intake() const { return m_intake.get(); }
    [[nodiscard]] MediaLibrary *media() const { return m_media.get(); }
    [[nodiscard]] DownloadQueue *downloads() const { return m_downloads.get(); }
    [[nodiscard]] KeptKeeper *keeper() const { return m_keeper.get(); }
    [[nodiscard]] LibraryVerifier *verifier() const { return m_verifier.get(); }
    /// Null without a library.
    [[nodiscard]] LibraryExchange *exchange() const { return m_exchange.get(); }
    [[nodiscard]] DownloadTableModel *downloadModel() const { return m_downloadModel.get(); }
    [[nodiscard]] TaskTableModel *tableModel() const { return m_tableModel.get(); }
    [[nodiscard]] TaskFilter *filter() const { return m_filter.get(); }

Q_SIGNALS:
    void rowsCame();
    void ready();
    void openFailed(const taskreel::Error &error);
    void librarySetAside(const QString &newPath);

private:
    void buildServices();
    void followSettings();
    void followDownloadSettings();
    void followHold();
    void takeSlice(const StoredLibrary &slice);
    void libraryOpened(const StoredLibrary &library);
    void librarySetAsideAs(const QString &newPath);
    void forgetSlices();
    void inTurn(std::function<void()> step);
    void takeStep();
    void libraryNotOpened(const Error &error);
    void begin();
    void watchNetwork();

    Profile m_profile;
    std::unique_ptr<LibraryLock> m_lock; ///< goes last: until then the library is ours
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<TaskPoller> m_poller;
    std::unique_ptr<NetworkState> m_networkState; ///< null: the service is on this computer
    std::unique_ptr<TaskCanceller> m_canceller;
    std::unique_ptr<HistoryImport> m_history;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_media;
    std::unique_ptr<FreshLinks> m_freshLinks;
    std::unique_ptr<DownloadQueue> m_downloads;
    std::unique_ptr<SaveHolds> m_saveHolds;
    std::unique_ptr<KeptKeeper> m_keeper;
    std::unique_ptr<LibraryVerifier> m_verifier;
    std::unique_ptr<LibraryExchange> m_exchange;
    std::unique_ptr<DownloadTableModel> m_downloadModel;
    std::unique_ptr<TaskTableModel> m_tableModel;
    std::unique_ptr<TaskFilter> m_filter;

    std::deque<std::function<void()>> m_steps; ///< of taking up the library: one a turn
    QTimer m_step;
    QList<StoredFile> m_savedFiles; ///< until all rows are there
    QList<StoredDownload> m_leftDownloads; ///< likewise
    bool m_slicesCome = false; ///< the first one is here
    bool m_wasOffline = false;
};

} // namespace taskreel
