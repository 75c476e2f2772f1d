// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QHash>

#include <memory>

namespace taskreel {

/// Held by whoever has a file of the MediaLibrary open, plays it, copies it or gave its path away:
/// as long as one pin of an asset, or a copy of it, lives, the library does not let the file go by
/// itself. A value, which may be copied and ended on any thread, and which may outlive the library.
class MediaPin final
{
public:
    MediaPin() = default; ///< holds nothing
    [[nodiscard]] bool isNull() const { return !m_mark; }

private:
    friend class PinBoard;
    explicit MediaPin(std::shared_ptr<const char> mark) : m_mark(std::move(mark)) { }

    std::shared_ptr<const char> m_mark; ///< one for all pins of an asset
};

/// Gives out the pins and knows which live. Owned by the MediaLibrary; GUI thread.
class PinBoard final
{
public:
    [[nodiscard]] MediaPin pin(const AssetId &asset);
    [[nodiscard]] bool isPinned(const AssetId &asset) const;

private:
    void tidy();

    QHash<AssetId, std::weak_ptr<const char>> m_marks;
    qsizetype m_tidyAbove = 64; ///< entries
};

} // namespace taskreel
