// SPDX-License-Identifier: MIT
#pragma once

#include "support/patience.h"

#include <QCoreApplication>

namespace taskreel::test {

/// Everything that was posted to this thread before this call has been delivered when it returns:
/// for tests that show that something late changes nothing.
inline void awaitPosted()
{
    bool come = false;
    QMetaObject::invokeMethod(
        qApp, [&come] { come = true; }, Qt::QueuedConnection);
    SOON_VERIFY(come);
}

} // namespace taskreel::test
