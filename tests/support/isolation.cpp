// SPDX-License-Identifier: MIT
#include "support/isolation.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QLocale>
#include <QStandardPaths>
#include <QThread>

using namespace Qt::StringLiterals;

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

void awaitThreads()
{
    constexpr int kLongestMs = 5'000; // a library may hold on to a thread of its own: not our matter
    const QDeadlineTimer deadline(kLongestMs);
    const QDir threads(u"/proc/self/task"_s);
    qsizetype last = 0;
    int steady = 0;
    // Threads that stay are waiting for something; only those that are ending do harm.
    while (!deadline.hasExpired() && steady < 10) {
        const qsizetype now = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        if (now <= 1)
            return;
        steady = now == last ? steady + 1 : 0;
        last = now;
        QThread::msleep(5);
    }
}

} // namespace taskreel::test
