// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/task.h"
#include "core/domain/variantchoice.h"
#include "core/media/mediapin.h"

#include <QHash>
#include <QStringList>
#include <QTemporaryDir>

#include <map>
#include <memory>
#include <optional>

namespace taskreel {

class AppSettings;
class MediaLibrary;
class TaskRepository;

/// Files on this machine for whatever takes results out of the window: the saved file if it is
/// there, else the kept clip under the name it would be saved by (a second name of the same file,
/// in a folder that goes with the session). Nothing is fetched or copied, so it costs no time. GUI
/// thread.
class FileOffers final
{
    Q_DISABLE_COPY_MOVE(FileOffers)

public:
    /// All borrowed, all outlive this.
    struct Services
    {
        TaskRepository *repository;
        MediaLibrary *library;
        AppSettings *settings;
    };
    explicit FileOffers(const Services &services);
    ~FileOffers(); ///< the second names go

    /// One file a result, in the version that the switch stands at if there is a choice. Tasks
    /// whose answer is not at hand give what was saved; prepare() gets it.
    [[nodiscard]] QStringList ofTasks(const QStringList &taskIds);
    [[nodiscard]] QString ofAsset(const AssetId &asset); ///< empty: it is not here
    void prepare(const QStringList &taskIds);

private:
    [[nodiscard]] QStringList ofTask(const QString &taskId);
    [[nodiscard]] QHash<QString, QString> savedPaths(const QString &taskId) const;
    [[nodiscard]] QString nameOf(const AssetId &asset, const Task &task) const;
    [[nodiscard]] QString linked(const QString &path, const QString &name);
    [[nodiscard]] VariantWish wish() const;

    Services m_services;
    std::map<QString, std::unique_ptr<QTemporaryDir>>
        m_folders; ///< by the folder of the kept files
    QHash<QString, QString> m_links; ///< by kept path and name
    /// What was given away is in use until the session ends: its room would not be free.
    QHash<AssetId, MediaPin> m_given;
};

} // namespace taskreel
