// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace taskreel {

/// How patient and how strict asset requests are. Tests shorten the times.
struct AssetLimits
{
    std::chrono::milliseconds stall{30'000}; ///< without a byte
    std::chrono::milliseconds firstRetry{500}; ///< doubles with each further try
    qint64 byteCap = -1; ///< -1: by kind, see byteCap()
};

} // namespace taskreel
