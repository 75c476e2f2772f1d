// SPDX-License-Identifier: MIT
#pragma once

#include "support/framecounter.h"
#include "ui/stage/frameconverter.h"
#include "ui/stage/playbackcontroller.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QVideoFrame>

namespace taskreel::test {

/// Clips as files, and a controller whose frames are read like a person would: from their pixels.
class StageFixture final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StageFixture)

public:
    StageFixture() { connect(&controller, &PlaybackController::frameReady, this, &StageFixture::read); }

    QString file(const QString &name)
    {
        const QString path = m_folder.filePath(name);
        if (!QFile::exists(path)) // the player takes files only
            QFile::copy(QStringLiteral(":/demo/") + name, path);
        return path;
    }

    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }

    [[nodiscard]] static bool showsWatermark(const QImage &picture)
    {
        return test::showsWatermark(picture);
    }

    QByteArray bytes(const QString &name)
    {
        QFile file(this->file(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    PlaybackController controller;
    int counter = -1; ///< read from the newest frame
    QList<int> counters; ///< of all frames
    QImage image; ///< the newest frame
    QElapsedTimer sinceFrame; ///< started anew with each frame
    int invalidFrames = 0;

private:
    void read(const QVideoFrame &frame)
    {
        if (!frame.isValid()) {
            ++invalidFrames;
            return;
        }
        sinceFrame.start();
        image = m_converter.convert(frame, frame.size().scaled(480, 480, Qt::KeepAspectRatio));
        counter = readFrameCounter(image);
        counters << counter;
    }

    QTemporaryDir m_folder;
    FrameConverter m_converter;
};

} // namespace taskreel::test
