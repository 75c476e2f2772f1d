// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/assetjob.h"

#include <QIODevice>

#include <memory>

namespace taskreel {

/// A part file from bytes on this machine: a kept file, or the bytes of an answer. Works in short
/// steps, so that the transfers beside it go on.
class AssetCopy final : public AssetJob
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetCopy)

public:
    AssetCopy(std::unique_ptr<QIODevice> source, const QString &partPath, MediaKind expected,
              FileWork *files, QObject *parent);
    ~AssetCopy() override;

    void start() override;

protected:
    void stop() override;
    void checkFailed(const Error &error) override { fail(error); }

private:
    void scheduleStep();
    void step();

    std::unique_ptr<QIODevice> m_source;
    QByteArray m_block;
};

} // namespace taskreel
