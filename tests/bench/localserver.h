// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace taskreel::test {

/// nginx on a loopback port, with a configuration, a folder and a process of its own: the same fast
/// server for every program that is measured. It serves clips, and the API's answers as files.
class LocalServer final
{
public:
    static constexpr qint64 kPacedRate = 50'000'000; ///< bytes a second: a fast line to the house
    struct Clip
    {
        QString taskId; ///< whose only result it is
        QUrl url;
        QString path; ///< on the disk of the server
        qint64 bytes = 0;
    };

    LocalServer();
    ~LocalServer();
    Q_DISABLE_COPY_MOVE(LocalServer)

    /// False where nginx is not installed, or does not start.
    [[nodiscard]] bool start();
    [[nodiscard]] QUrl baseUrl() const;
    /// Makes `count` complete MP4 files of just this size that differ, and a finished task for
    /// each.
    /// @param paced sent no faster than kPacedRate, each
    [[nodiscard]] QList<Clip> makeClips(int count, qint64 bytes, bool paced = false);

private:
    [[nodiscard]] bool writeConfig(const QString &path) const;
    void writeClip(const QString &path, qint64 bytes) const;
    void writeAnswer(const Clip &clip) const;

    QTemporaryDir m_folder;
    QProcess m_nginx;
    quint16 m_port = 0;
    int m_made = 0;
};

} // namespace taskreel::test
