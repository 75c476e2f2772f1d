// SPDX-License-Identifier: MIT
#include "core/net/sha256.h"

#include <openssl/evp.h>

namespace taskreel {

struct Freed
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

struct Sha256::Context
{
    std::unique_ptr<EVP_MD_CTX, Freed> digest{EVP_MD_CTX_new()};
};

Sha256::Sha256() : m_context(std::make_unique<Context>())
{
    reset();
}

Sha256::~Sha256() = default;

Sha256::Sha256(const Sha256 &other) : m_context(std::make_unique<Context>())
{
    *this = other;
}

Sha256 &Sha256::operator=(const Sha256 &other)
{
    if (EVP_MD_CTX_copy_ex(m_context->digest.get(), other.m_context->digest.get()) != 1)
        qFatal("OpenSSL cannot copy SHA-256");
    return *this;
}

void Sha256::reset()
{
    if (EVP_DigestInit_ex(m_context->digest.get(), EVP_sha256(), nullptr) != 1)
        qFatal("OpenSSL has no SHA-256");
}

void Sha256::addData(const char *data, qint64 size)
{
    EVP_DigestUpdate(m_context->digest.get(), data, static_cast<size_t>(size));
}

QByteArray Sha256::result() const
{
    const Sha256 copy(*this);
    QByteArray value(EVP_MD_size(EVP_sha256()), Qt::Uninitialized);
    EVP_DigestFinal_ex(copy.m_context->digest.get(),
                       reinterpret_cast<unsigned char *>(value.data()), nullptr);
    return value;
}

} // namespace taskreel
