// SPDX-License-Identifier: MIT
#pragma once

#include "support/mediaserver.h"

#include <QHash>

namespace taskreel::test {

/// An account whose tasks, whatever their ids, each have one clip in two versions that no other
/// task has, on loopback. Lives on the thread that it is made on, whose loop must go round.
class ClipAccount final
{
public:
    /// What a task has to offer.
    enum class Offer {
        Both, ///< a clip, watermarked and not
        Marked, ///< watermarked alone
        Gone, ///< both, at addresses that answer 404
        Nothing, ///< completed without a result
        Processing,
        Failed,
        Refused, ///< the key is
    };

    ClipAccount();

    [[nodiscard]] demo::DemoService &service() { return m_server.service(); }
    [[nodiscard]] QByteArray answer(const QByteArray &id, Offer offer) const;
    /// What is served below `/media/`: a complete clip that differs with the path.
    [[nodiscard]] static QByteArray content(const QByteArray &path);
    /// Where the better version of that task's clip is.
    [[nodiscard]] static QByteArray cleanPath(const QString &id);

    QHash<QByteArray, Offer> offers; ///< by task; Both where none is given

private:
    MediaServer m_server;
};

} // namespace taskreel::test
