// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QImage>
#include <QObject>
#include <QString>

namespace taskreel {

/// Takes one picture out of each clip that it is given, one after the other. The player behind it is
/// ui/stage's, which is above the thumbnails. GUI thread.
class ClipFrameMaker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClipFrameMaker)

public:
    using QObject::QObject;

    /// Ends in made() or failed(), never inside this call, unless given up. First come, first served.
    virtual void request(const QString &clipPath) = 0;
    virtual void giveUp(const QString &clipPath) = 0;

Q_SIGNALS:
    void made(const QString &clipPath, const QImage &picture);
    /// CannotDecode: the clip is at fault, and will be the next time.
    void failed(const QString &clipPath, const taskreel::Error &error);
};

} // namespace taskreel
