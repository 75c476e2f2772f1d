// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QNetworkReply>

namespace taskreel {

/// What a reply's error means for us. None for errors that only repeat the HTTP status: the status
/// and the body decide those.
[[nodiscard]] ErrorKind errorKindOf(QNetworkReply::NetworkError error);

} // namespace taskreel
