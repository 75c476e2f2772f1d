// SPDX-License-Identifier: MIT
#include "core/media/mediapin.h"

#include <algorithm>

namespace taskreel {

MediaPin PinBoard::pin(const AssetId &asset)
{
    tidy();
    std::weak_ptr<const char> &mark = m_marks[asset];
    std::shared_ptr<const char> held = mark.lock();
    if (!held) {
        // Not make_shared(): what the board remembers must not keep the memory.
        held.reset(new char(0));
        mark = held;
    }
    return MediaPin(std::move(held));
}

bool PinBoard::isPinned(const AssetId &asset) const
{
    const auto found = m_marks.constFind(asset);
    return found != m_marks.cend() && !found->expired();
}

/// Pins end anywhere, so what they leave behind is swept here, seldom.
void PinBoard::tidy()
{
    constexpr qsizetype kSmallest = 64;
    if (m_marks.size() <= m_tidyAbove)
        return;
    m_marks.removeIf([](const auto &entry) { return entry.value().expired(); });
    m_tidyAbove = std::max(kSmallest, 2 * m_marks.size());
}

} // namespace taskreel
