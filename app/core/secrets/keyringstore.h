// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretstore.h"

#include <chrono>

namespace QKeychain {
class Job;
}

namespace taskreel {

/// The system's keyring (Secret Service, KWallet) through QtKeychain. Never falls back to plain
/// text: without a keyring every call ends in an error with words. Owned by AppContext, GUI thread.
class KeyringStore final : public SecretStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyringStore)

public:
    explicit KeyringStore(QObject *parent = nullptr);

    void read(const QString &origin, QObject *context, ReadCallback done) override;
    void write(const QString &origin, const QString &key, QObject *context,
               WriteCallback done) override;
    void remove(const QString &origin, QObject *context, WriteCallback done) override;

    /// How long a keyring may take: unlocking asks the user, so it is generous; nothing but the key
    /// waits for it.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

private:
    using JobDone = std::function<void(const Result<QKeychain::Job *> &)>;
    void run(QKeychain::Job *job, const QString &origin, QObject *context, JobDone done);

    std::chrono::milliseconds m_timeout{30'000};
};

} // namespace taskreel
