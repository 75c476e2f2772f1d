// SPDX-License-Identifier: MIT
#include "core/store/store.h"

#include "core/store/storeworker.h"

using namespace Qt::StringLiterals;

namespace taskreel {

bool StoreBatch::isEmpty() const
{
    return upserts.isEmpty() && answers.isEmpty() && removals.isEmpty() && restorals.isEmpty()
        && kept.isEmpty() && forgottenKept.isEmpty() && saved.isEmpty() && downloads.isEmpty()
        && forgottenDownloads.isEmpty();
}

Store::Store(const QString &databasePath, QObject *parent)
    : QObject(parent), m_worker(std::make_unique<StoreWorker>(databasePath))
{
    m_worker->moveToThread(&m_thread);
    connect(m_worker.get(), &StoreWorker::sliceRead, this, &Store::sliceRead);
    connect(m_worker.get(), &StoreWorker::opened, this, &Store::opened);
    connect(m_worker.get(), &StoreWorker::openFailed, this, &Store::openFailed);
    connect(m_worker.get(), &StoreWorker::setAside, this, &Store::setAside);
    connect(m_worker.get(), &StoreWorker::committed, this, &Store::committed);
    connect(m_worker.get(), &StoreWorker::writeFailed, this, &Store::writeFailed);
    connect(m_worker.get(), &StoreWorker::answerRead, this, &Store::answerRead);
    connect(m_worker.get(), &StoreWorker::answerReadFailed, this, &Store::answerReadFailed);
    connect(m_worker.get(), &StoreWorker::copied, this, &Store::copied);
    connect(m_worker.get(), &StoreWorker::copyFailed, this, &Store::copyFailed);
    m_thread.setObjectName(u"store"_s);
    m_thread.start();
}

Store::~Store()
{
    // Queued behind every batch given so far; quit() from here could overtake them.
    QMetaObject::invokeMethod(m_worker.get(), &StoreWorker::shutDown, Qt::QueuedConnection);
    m_thread.wait();
}

void Store::open(Rows rows)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [worker = m_worker.get(), rows] { worker->open(rows); },
        Qt::QueuedConnection);
}

quint64 Store::apply(const StoreBatch &batch)
{
    const quint64 number = ++m_lastBatch;
    QMetaObject::invokeMethod(
        m_worker.get(), [worker = m_worker.get(), number, batch] { worker->apply(number, batch); },
        Qt::QueuedConnection);
    return number;
}

void Store::requestAnswer(const QString &taskId)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [worker = m_worker.get(), taskId] { worker->readAnswer(taskId); },
        Qt::QueuedConnection);
}

void Store::copyTo(const QString &path)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [worker = m_worker.get(), path] { worker->copyTo(path); },
        Qt::QueuedConnection);
}

} // namespace taskreel
