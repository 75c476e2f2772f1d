// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <memory>

namespace taskreel {

/// SHA-256 of bytes that come in pieces. OpenSSL's, which uses the processor's own instructions:
/// QCryptographicHash of Qt 6.4 is several times slower than a fast download.
class Sha256 final
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &other);
    Sha256 &operator=(const Sha256 &other);

    void reset();
    void addData(const char *data, qint64 size);
    /// Raw 32 bytes of what was added so far; more may follow.
    [[nodiscard]] QByteArray result() const;

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace taskreel
