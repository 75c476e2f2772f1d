// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <tl/expected.hpp>

namespace taskreel {

template<typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, const QString &message = {},
                                                   const QString &detail = {})
{
    return tl::unexpected<Error>(Error{kind, 0, message, detail, -1});
}

} // namespace taskreel
