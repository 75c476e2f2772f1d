// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QObject>
#include <QUrl>
#include <functional>

namespace taskreel {

/// Where a key is kept between runs. GUI thread, asynchronous; a callback is never called inside
/// the call that started it, and not at all after `context` is gone.
class SecretStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretStore)

public:
    using ReadCallback = std::function<void(const Result<QString> &)>;
    using WriteCallback = std::function<void(const Result<void> &)>;

    explicit SecretStore(QObject *parent = nullptr) : QObject(parent) {}
    /// An empty value: there is none for that origin.
    virtual void read(const QString &origin, QObject *context, ReadCallback done) = 0;
    virtual void write(const QString &origin, const QString &key, QObject *context,
                       WriteCallback done) = 0;
    virtual void remove(const QString &origin, QObject *context, WriteCallback done) = 0;
};

} // namespace taskreel
