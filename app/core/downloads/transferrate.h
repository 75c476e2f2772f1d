// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QtGlobal>

namespace taskreel {

/// Bytes a second over the last few seconds, from samples of a growing sum. Pure.
class TransferRate final
{
public:
    void sample(qint64 nowMs, qint64 bytes);
    void clear() { m_samples.clear(); }
    [[nodiscard]] qint64 bytesPerSecond() const;

private:
    struct Sample
    {
        qint64 ms = 0;
        qint64 bytes = 0;
    };
    static constexpr qint64 kWindowMs = 3'000;
    QList<Sample> m_samples; ///< oldest first
};

} // namespace taskreel
