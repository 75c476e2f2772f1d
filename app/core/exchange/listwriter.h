// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "core/domain/tasksummary.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace taskreel {

/// What a list can be handed on as.
enum class ListFormat { Csv, Json, Markdown, Ids, Links };

/// One task of a list that goes out.
struct ListEntry
{
    TaskSummary row;
    std::optional<Task> task; ///< for links; none: nothing was answered
    QByteArray answer; ///< the kept answer as JSON; written redacted
};

/// True when entries need their task and answer, false when the rows are enough.
[[nodiscard]] bool needsAnswers(ListFormat format);

/// Writes a list piece by piece, UTF-8: begin, then each entry, then end. Pure but for counting the
/// entries. What comes from the service or the user stands as text: CSV cells begin no formula, Markdown
/// is escaped, links are http(s) alone and cannot break their line.
class ListWriter final
{
public:
    /// @param withoutWatermark which variant's links, by the one rule of chooseSource()
    ListWriter(ListFormat format, bool withoutWatermark)
        : m_format(format), m_withoutWatermark(withoutWatermark)
    {
    }

    [[nodiscard]] QByteArray begin() const;
    [[nodiscard]] QByteArray entry(const ListEntry &entry);
    [[nodiscard]] QByteArray end() const;

private:
    struct Link
    {
        int work = 1; ///< from 1
        Variant variant = Variant::Unstated;
        QByteArray url; ///< safe to print
        QDateTime expiresAt;
    };
    [[nodiscard]] QList<Link> linksOf(const ListEntry &entry) const;
    [[nodiscard]] QByteArray csv(const ListEntry &entry) const;
    [[nodiscard]] QByteArray json(const ListEntry &entry) const;
    [[nodiscard]] QByteArray markdown(const ListEntry &entry) const;

    ListFormat m_format;
    bool m_withoutWatermark;
    int m_entries = 0;
};

/// An address as one word of text: controls, blanks and what ends a link are percent-encoded. Empty
/// unless it is http or https.
[[nodiscard]] QByteArray printableLink(const QByteArray &url);
/// Text that shows literally in a Markdown table.
[[nodiscard]] QString markdownText(const QString &text);

} // namespace taskreel
