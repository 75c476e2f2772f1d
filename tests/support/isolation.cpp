// SPDX-License-Identifier: MIT
#include "support/isolation.h"

#include <QLocale>
#include <QStandardPaths>

namespace taskreel::test {

void isolate()
{
    qputenv("TZ", "UTC");
    // Playback decides by this before the application exists; see ui/stage.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    qunsetenv("PIAPI_API_KEY");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QStandardPaths::setTestModeEnabled(true);
}

} // namespace taskreel::test
