// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <type_traits>
#include <utility>

namespace taskreel {

/// Runs `work` on the pool, then `done` with its result on the thread of `context`, which must be
/// the calling one; never inside this call, and not at all if `context` is gone by then.
/// QFuture::then() with a context cannot be used for that: in Qt 6.4 it asserts, or worse, when the
/// work ends after the context.
template<typename Work, typename Done>
void onPool(QObject *context, Work work, Done done)
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->result());
                     });
    watcher->setFuture(QtConcurrent::run(std::move(work)));
}

} // namespace taskreel
