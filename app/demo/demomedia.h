// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"
#include "demo/demotask.h"

#include <QHash>
#include <QSize>
#include <QString>

namespace taskreel::demo {

/// What clips.json says about a clip or a still.
struct DemoClip
{
    bool isVideo = true;
    QSize size;
    int durationMs = 0;
    QString plain; ///< file names within the resources; empty: not there
    QString marked;
    QString cover;
};

/// The demo's clips and covers: their facts, their addresses, and the answers that serve them.
class DemoMedia final
{
public:
    DemoMedia();

    [[nodiscard]] DemoClip clip(const QString &name) const { return m_clips.value(name); }

    // Paths below the service's address, in the forms that the real hosts use.
    [[nodiscard]] static QString plainPath(const DemoClip &clip, DemoTask::Trouble trouble);
    [[nodiscard]] static QString markedPath(const DemoClip &clip, DemoTask::Trouble trouble);
    [[nodiscard]] static QString coverPath(const DemoClip &clip);

    /// @param paced as slow as a link that shows its progress for half a second
    [[nodiscard]] Response answer(const Request &request, bool paced);

private:
    [[nodiscard]] QByteArray etagOf(const QString &file, const QByteArray &content);

    QHash<QString, DemoClip> m_clips;
    QHash<QString, QString> m_files; ///< last part of a path -> file within the resources
    QHash<QString, QByteArray> m_etags;
};

} // namespace taskreel::demo
