// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QString>

namespace taskreel {

/// Left free beside what is written, so that the desktop goes on working.
inline constexpr qint64 kDiskReserve = 64LL * 1024 * 1024;

/// Bytes free where `path` is, or will be once its folders are made. -1: the system does not say.
/// Blocking: the transfer thread.
[[nodiscard]] qint64 bytesFree(const QString &path);
/// DiskFull with the folder in words when `bytes` and the reserve do not fit beside `path`.
[[nodiscard]] Result<qint64> checkDiskSpace(const QString &path, qint64 bytes);

} // namespace taskreel
