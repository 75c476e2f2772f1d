// SPDX-License-Identifier: MIT
#include "core/downloads/transferrate.h"

namespace taskreel {

void TransferRate::sample(qint64 nowMs, qint64 bytes)
{
    m_samples.append({nowMs, bytes});
    while (m_samples.size() > 2 && m_samples.constFirst().ms < nowMs - kWindowMs)
        m_samples.removeFirst();
}

qint64 TransferRate::bytesPerSecond() const
{
    if (m_samples.size() < 2)
        return 0;
    const Sample &first = m_samples.constFirst();
    const Sample &last = m_samples.constLast();
    if (last.ms <= first.ms || last.bytes <= first.bytes)
        return 0;
    return (last.bytes - first.bytes) * 1000 / (last.ms - first.ms);
}

} // namespace taskreel
