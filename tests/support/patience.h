// SPDX-License-Identifier: MIT
#pragma once

#include <QtTest>

namespace taskreel::test {

/// Longer than a busy machine takes over a file or a pool: only a hang gets here.
inline constexpr int kPatienceMs = 60'000;

} // namespace taskreel::test

#define SOON_COMPARE(actual, expected)                                                             \
    QTRY_COMPARE_WITH_TIMEOUT(actual, expected, taskreel::test::kPatienceMs)
#define SOON_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, taskreel::test::kPatienceMs)
#define SOON_VERIFY2(condition, message)                                                           \
    QTRY_VERIFY2_WITH_TIMEOUT(condition, message, taskreel::test::kPatienceMs)
