// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <utility>

namespace taskreel {

/// Blocking work on files (syncs, whole files read) on threads of its own, so that the thread this
/// object lives on never waits for a disk. With one thread, work is done in the order given.
class FileWork final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileWork)

public:
    explicit FileWork(int threads, QObject *parent = nullptr);
    /// What was given is done first; nobody hears of it any more.
    ~FileWork() override;

    /// `then` gets the value of `work` on this object's thread, never inside this call, unless
    /// `context`, which lives there too, is gone by then.
    template<typename Work, typename Then>
    void run(QObject *context, Work work, Then then)
    {
        post([context = QPointer<QObject>(context), work = std::move(work),
              then = std::move(then)]() mutable -> Deferred {
            return [context, then, value = work()]() mutable {
                if (context)
                    then(std::move(value));
            };
        });
    }

private:
    using Deferred = std::function<void()>;
    void post(std::function<Deferred()> work);

    QThreadPool m_threads;
};

} // namespace taskreel
