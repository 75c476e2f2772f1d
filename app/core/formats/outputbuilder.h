// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/taskstatus.h"
#include "core/domain/work.h"

#include <QJsonObject>
#include <QSet>

#include <optional>

namespace taskreel {

/// What the rules of one `output` know of its task.
struct OutputContext
{
    QString model;
    TaskStatus status = TaskStatus::NotAsked;
};

/// Collects the works of one `output` and remembers each address, so that it is shown once. The
/// rules (klingoutput, modeloutput, flatoutput, linkwalk) run in that order on one builder.
class OutputBuilder final
{
public:
    explicit OutputBuilder(const OutputContext &context) : m_context(context) { }

    [[nodiscard]] const OutputContext &context() const { return m_context; }
    [[nodiscard]] QList<Work> takeWorks() { return std::move(m_works); }
    [[nodiscard]] bool isEmpty() const { return m_works.isEmpty(); }

    /// The medium at `key`: an address, an object with one (`resource` and
    /// `resource_without_watermark`, or `url` and its mirror `download_url`), or inline base64.
    /// Remembers the addresses. Nothing when the value holds none of these.
    [[nodiscard]] std::optional<Media> medium(const QString &key, const QJsonValue &value,
                                              MediaKind kind, MediaRole role);
    /// As medium(), but nothing when its addresses were all shown before.
    [[nodiscard]] std::optional<Media> newMedium(const QString &key, const QJsonValue &value,
                                                 MediaKind kind, MediaRole role);

    void addWork(const Work &work); ///< dropped when it has no media
    void addText(const QString &key, const QString &label, const QString &text);

    [[nodiscard]] bool isKnown(const QByteArray &url) const { return m_urls.contains(url); }
    void remember(const QByteArray &url) { m_urls.insert(url); }

private:
    [[nodiscard]] std::optional<Media> read(const QString &key, const QJsonValue &value,
                                            MediaKind kind, MediaRole role) const;
    void rememberAll(const Media &medium);

    OutputContext m_context;
    QList<Work> m_works;
    QSet<QByteArray> m_urls;
};

/// By the words of a field's name from the last one on (`video_cover_url` is an image), else by the
/// address's extension, else Unknown.
[[nodiscard]] MediaKind kindOf(const QString &fieldName, const QString &address);
/// `result.assets[0].href` → `result › assets 1 › href`.
[[nodiscard]] QString keyInWords(const QString &key);
[[nodiscard]] QString joinKey(const QString &parent, const QString &field);
[[nodiscard]] QString indexKey(const QString &parent, qsizetype index);

} // namespace taskreel
