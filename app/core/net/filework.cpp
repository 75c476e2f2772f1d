// SPDX-License-Identifier: MIT
#include "core/net/filework.h"

namespace taskreel {

FileWork::FileWork(int threads, QObject *parent) : QObject(parent)
{
    m_threads.setMaxThreadCount(threads);
}

FileWork::~FileWork()
{
    m_threads.waitForDone();
}

void FileWork::post(std::function<Deferred()> work)
{
    m_threads.start([this, work = std::move(work)]() mutable {
        QMetaObject::invokeMethod(this, work(), Qt::QueuedConnection);
    });
}

} // namespace taskreel
