// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"

#include <QByteArray>
#include <QObject>
#include <QSize>
#include <QUrl>

#include <memory>

class QSettings;

namespace taskreel {

enum class Appearance { System, Light, Dark };
/// What the desktop is told of results: a word for each, one for those that end together, nothing.
enum class Notifications { Each, Together, None };
/// What becomes of downloads that the end of the program broke off.
enum class UnfinishedDownloads { Continue, Ask };

/// Typed settings over one INI file. GUI thread. Each setter stores, and emits its signal only when
/// the value changed. Values out of range in the file fall back to the default. Never holds the
/// key.
class AppSettings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AppSettings)

public:
    /// @param iniPath the file; made with its folder when first written
    explicit AppSettings(const QString &iniPath, QObject *parent = nullptr);
    /// @param statePath where window states go; the other constructor takes a file beside the
    /// settings
    AppSettings(const QString &iniPath, const QString &statePath, QObject *parent = nullptr);
    ~AppSettings() override;

    static QUrl defaultServiceUrl(); ///< https://api.piapi.ai

    [[nodiscard]] QUrl serviceUrl() const;
    void setServiceUrl(const QUrl &url);
    /// Empty when `text` can be a service address (https, or http on loopback; no query), else why
    /// not.
    [[nodiscard]] static QString serviceUrlProblem(const QString &text);

    [[nodiscard]] QString downloadFolder() const; ///< default: Videos/Taskreel
    void setDownloadFolder(const QString &folder);
    [[nodiscard]] QString nameTemplate() const;
    void setNameTemplate(const QString &nameTemplate);
    [[nodiscard]] bool saveCovers() const; ///< beside the results; default off
    void setSaveCovers(bool on);
    [[nodiscard]] bool saveDetails() const; ///< a JSON file beside each saved one; default off
    void setSaveDetails(bool on);
    [[nodiscard]] bool saveWhenCompleted() const; ///< without being asked; default off
    void setSaveWhenCompleted(bool on);
    [[nodiscard]] int parallelDownloads() const; ///< 1–6, default 3
    void setParallelDownloads(int count);
    [[nodiscard]] int downloadsPerHost() const; ///< of one host; 1–6, default 3
    void setDownloadsPerHost(int count);
    [[nodiscard]] qint64 speedLimit() const; ///< bytes a second of all downloads; 0: none (default)
    void setSpeedLimit(qint64 bytesPerSecond);
    [[nodiscard]] ConflictPolicy conflictPolicy() const; ///< default: skip what is the same
    void setConflictPolicy(ConflictPolicy policy);
    [[nodiscard]] UnfinishedDownloads unfinishedDownloads() const; ///< default: continue
    void setUnfinishedDownloads(UnfinishedDownloads what);
    [[nodiscard]] int parallelRequests() const; ///< 1–6, default 6
    void setParallelRequests(int count);
    [[nodiscard]] int requestsPerMinute() const; ///< asking again; default 120
    void setRequestsPerMinute(int count);
    [[nodiscard]] qint64 keptBudget() const; ///< bytes; default 20 GB
    void setKeptBudget(qint64 bytes);
    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);
    [[nodiscard]] Notifications notifications() const; ///< default: together
    void setNotifications(Notifications notifications);
    [[nodiscard]] bool withoutWatermark() const; ///< the switch; default on
    void setWithoutWatermark(bool on);
    [[nodiscard]] bool loop() const; ///< default on
    void setLoop(bool on);
    [[nodiscard]] bool muted() const; ///< default on
    void setMuted(bool on);
    [[nodiscard]] int volume() const; ///< 0–100, default 80
    void setVolume(int percent);
    [[nodiscard]] bool hoverPlay() const; ///< clips play under the pointer; default on
    void setHoverPlay(bool on);
    [[nodiscard]] bool singleKeyShortcuts() const; ///< default on
    void setSingleKeyShortcuts(bool on);

    /// Window geometry, splitter, header: opaque bytes by name, kept apart from the settings
    /// proper.
    [[nodiscard]] QByteArray windowState(const QString &name) const;
    void setWindowState(const QString &name, const QByteArray &state);
    /// Writes what is pending to disk now.
    void sync();

Q_SIGNALS:
    void serviceUrlChanged();
    void downloadFolderChanged();
    void nameTemplateChanged();
    void saveCoversChanged(bool on);
    void saveDetailsChanged(bool on);
    void saveWhenCompletedChanged(bool on);
    void parallelDownloadsChanged();
    void downloadsPerHostChanged();
    void speedLimitChanged();
    void conflictPolicyChanged();
    void unfinishedDownloadsChanged();
    void parallelRequestsChanged();
    void requestsPerMinuteChanged();
    void keptBudgetChanged();
    void appearanceChanged();
    void notificationsChanged();
    void withoutWatermarkChanged(bool on);
    void loopChanged(bool on);
    void mutedChanged(bool on);
    void volumeChanged(int percent);
    void hoverPlayChanged(bool on);
    void singleKeyShortcutsChanged(bool on);

private:
    std::unique_ptr<QSettings> m_file;
    std::unique_ptr<QSettings> m_stateFile;
};

} // namespace taskreel
