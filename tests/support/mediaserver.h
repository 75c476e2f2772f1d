// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"

#include <QByteArray>
#include <QObject>

namespace taskreel::test {

/// Real small files of the demo, and a loopback host for them.
[[nodiscard]] QByteArray clipBytes(); ///< an MP4 of about 100 KiB
[[nodiscard]] QByteArray otherClipBytes();
[[nodiscard]] QByteArray pictureBytes(); ///< a JPEG of about 10 KiB

class MediaServer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MediaServer)

public:
    explicit MediaServer(QObject *parent = nullptr);

    [[nodiscard]] demo::DemoService &service() { return m_service; }
    /// The address of `path`, as an answer would hold it.
    [[nodiscard]] QByteArray url(const QByteArray &path) const;
    void serve(const QByteArray &path, const demo::Response &response);
    void serveBytes(const QByteArray &path, const QByteArray &body);
    /// The n-th request gets the n-th response, all further ones the last.
    void serveInTurn(const QByteArray &path, const QList<demo::Response> &responses);
    [[nodiscard]] int asked(const QByteArray &path) const;

private:
    demo::DemoService m_service;
};

} // namespace taskreel::test
