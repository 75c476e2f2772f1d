// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/tasks/taskrepository.h"
#include "support/mediaserver.h"
#include "support/patience.h"
#include "support/profile.h"

#include <QDir>
#include <QTemporaryDir>

#include <memory>

namespace taskreel::test {

/// The whole program without a window, its folders, and the service it asks: for tests of
/// downloads. Tasks have one work in one version, whose address is url().
class DownloadWorld final
{
    Q_DISABLE_COPY_MOVE(DownloadWorld)

public:
    DownloadWorld();
    ~DownloadWorld();

    /// An MP4 of `bytes` (at least 200 KB), complete, different for each `seed`.
    [[nodiscard]] static QByteArray clip(qsizetype bytes, char seed = 's');

    /// Starts the program; again: as after its end. @return once its library is open
    void open();
    void close() { m_context.reset(); }
    [[nodiscard]] AppContext &context() { return *m_context; }
    [[nodiscard]] DownloadQueue &queue() { return *m_context->downloads(); }
    [[nodiscard]] MediaServer &server() { return m_server; }

    void setUrl(const QByteArray &url) { m_url = url; } ///< of answers from here on
    void setEnded(const QDateTime &ended) { m_ended = ended; }
    /// A completed task in the list.
    void addTask(const QString &id);
    void save(const QString &id);
    [[nodiscard]] AssetId asset(const QString &id) const;
    [[nodiscard]] const DownloadItem *item(const QString &id) const;
    [[nodiscard]] DownloadState state(const QString &id) const; ///< Done if it is not in the queue

    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("downloads")); }
    [[nodiscard]] QStringList files() const; ///< names in the folder, hidden ones too
    [[nodiscard]] QByteArray content(const QString &name) const;
    [[nodiscard]] qint64 askedForTask() const;
    [[nodiscard]] qint64 bytesSent(const QByteArray &path) const;

private:
    [[nodiscard]] QByteArray answer(const QByteArray &id) const;

    QTemporaryDir m_folder;
    MediaServer m_server;
    QByteArray m_url;
    QDateTime m_ended;
    std::unique_ptr<AppContext> m_context;
};

} // namespace taskreel::test
