// SPDX-License-Identifier: MIT
#include "ui/stage/clipplayer.h"

#include "ui/stage/mp4rotation.h"

#include <QAudioOutput>
#include <QLoggingCategory>
#include <QMediaMetaData>
#include <QMediaPlayer>
#include <QUrl>
#include <QVideoSink>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(logStage, "taskreel.stage", QtInfoMsg)

namespace taskreel {

namespace {

constexpr auto kStallLimit = 300ms;
constexpr auto kEndGrace = 600ms; // EndOfMedia may be a late word about the time before the seek
constexpr int kMostStalls = 3;
constexpr double kUsualFrameRate = 25;

} // namespace

ClipPlayer::ClipPlayer(QObject *parent) : QObject(parent)
{
    m_watchdog.setSingleShot(true);
    connect(&m_watchdog, &QTimer::timeout, this, &ClipPlayer::handleTimeout);
    connect(&m_mail, &FrameMailbox::mailed, this, &ClipPlayer::deliver);
}

ClipPlayer::~ClipPlayer()
{
    // Joins the back end's threads; only then nothing is mailed any more.
    m_player.reset();
}

void ClipPlayer::makePlayer()
{
    m_player = std::make_unique<QMediaPlayer>(this);
    m_sink = std::make_unique<QVideoSink>();
    m_mail.watch(m_sink.get());
    connect(m_player.get(), &QMediaPlayer::mediaStatusChanged, this, &ClipPlayer::handleStatus);
    // Emitted from inside setSource(), so it is passed on in a later turn.
    connect(m_player.get(), &QMediaPlayer::errorOccurred, this,
            [this](QMediaPlayer::Error, const QString &words) { fail(words); });
    m_player->setVideoSink(m_sink.get());
    m_player->setPlaybackRate(m_rate);
    setAudioAvailable(m_audioAvailable);
}

void ClipPlayer::load(const QString &path, int startFrame)
{
    unload();
    m_path = path;
    m_startFrame = std::max(0, startFrame);
    m_state = State::Waiting; // a late LoadedMedia of the clip before must not count for this one
    const int generation = m_generation;
    QMetaObject::invokeMethod(this, [this, generation] { open(generation); }, Qt::QueuedConnection);
}

void ClipPlayer::unload()
{
    ++m_generation;
    m_state = State::Empty;
    m_watchdog.stop();
    if (m_player && !m_player->source().isEmpty())
        m_player->setSource({});
    m_mail.preferNewest();
    m_mail.drop();
    m_path.clear();
    m_frame = {};
    m_candidate = {};
    m_number = -1;
    m_next = -1;
    m_loading = false;
    m_playAfter = false;
    m_stalls = 0;
    m_frameRate = 0;
    m_duration = 0;
    m_firstFrame = 0;
    m_lastFrame = 0;
    m_size = {};
    m_rotation = 0;
}

void ClipPlayer::open(int generation)
{
    if (generation != m_generation)
        return; // another clip was asked for in the same turn
    if (!m_player)
        makePlayer();
    m_state = State::Loading;
    m_loading = true;
    m_player->setSource(QUrl::fromLocalFile(m_path));
    m_mail.drop();
}

void ClipPlayer::handleStatus()
{
    const auto status = m_player->mediaStatus();
    if (status == QMediaPlayer::EndOfMedia)
        handleEnd();
    else if (m_state == State::Loading && status == QMediaPlayer::LoadedMedia)
        begin();
    else if (m_state == State::Loading && status == QMediaPlayer::InvalidMedia)
        fail(m_player->errorString());
}

void ClipPlayer::begin()
{
    if (!m_player->hasVideo()) {
        fail(u"no video stream"_s);
        return;
    }
    const auto data = m_player->metaData();
    m_frameRate = data.value(QMediaMetaData::VideoFrameRate).toDouble();
    if (!std::isfinite(m_frameRate) || m_frameRate < 0.1 || m_frameRate > 1000)
        m_frameRate = kUsualFrameRate;
    m_size = data.value(QMediaMetaData::Resolution).toSize();
    m_duration = m_player->duration();
    m_rotation = mp4Rotation(m_path); // Qt 6.4.2 passes it on neither with the frames nor as metadata
    // The container's duration may be that of a slightly longer sound track: round down generously.
    const double frames = double(m_duration) * m_frameRate / 1000;
    m_lastFrame = std::max(0, int(std::floor(frames + 0.3)) - 1);
    m_attempts = 0;
    m_target = 0;
    m_next = m_startFrame > 0 ? std::min(m_startFrame, m_lastFrame) : -1;
    m_sawEnd = false;
    setState(State::Seeking);
    watchSeek();
    // A fresh source gives no frame for an exact seek (Qt 6.4.2), but its first one for this.
    m_player->pause();
}

void ClipPlayer::deliver()
{
    QVideoFrame frame = m_mail.take();
    if (!frame.isValid() || (m_state != State::Seeking && m_state != State::Playing))
        return;
    if (m_rotation != 0)
        frame.setRotationAngle(QVideoFrame::RotationAngle(m_rotation));
    const int number = numberOf(frame);
    if (m_state == State::Seeking)
        acceptSought(frame, number);
    else
        accept(frame, number);
}

int ClipPlayer::numberOf(const QVideoFrame &frame) const
{
    return qRound(double(frame.startTime()) * m_frameRate / 1e6);
}

void ClipPlayer::accept(const QVideoFrame &frame, int number)
{
    m_frame = frame;
    m_number = number;
    m_lastFrame = std::max(m_lastFrame, number);
    if (++m_framesSinceStart > 5)
        m_stalls = 0;
    watch();
    Q_EMIT frameArrived();
}

void ClipPlayer::play()
{
    if (m_state == State::Seeking) {
        m_playAfter = true;
        return;
    }
    if (m_state != State::Paused && m_state != State::Ended)
        return;
    m_framesSinceStart = 0;
    m_newRound = m_state == State::Ended;
    if (m_state == State::Paused && m_number < m_lastFrame
        && m_player->mediaStatus() == QMediaPlayer::EndOfMedia) {
        // A seek that began at the end leaves this status behind, and play() would start over.
        m_attempts = 0;
        startSeek(m_number);
        m_playAfter = true;
        return;
    }
    setState(State::Playing);
    watch();
    m_player->play();
}

void ClipPlayer::restart()
{
    if (m_state == State::Ended && m_player->mediaStatus() == QMediaPlayer::EndOfMedia) {
        play(); // goes back to the start by itself
        return;
    }
    if (!isReady())
        return;
    seek(m_firstFrame);
    m_playAfter = true;
}

void ClipPlayer::pause()
{
    m_playAfter = false;
    if (m_state != State::Playing)
        return;
    m_player->pause();
    setState(State::Paused);
    m_watchdog.stop();
    m_mail.drop();
}

bool ClipPlayer::isPlaying() const
{
    return m_state == State::Playing || (m_state == State::Seeking && m_playAfter);
}

void ClipPlayer::handleEnd()
{
    if (m_state == State::Seeking) {
        m_sawEnd = true;
        m_watchdog.start(kEndGrace);
        return;
    }
    if (m_state != State::Playing)
        return;
    deliver();
    if (m_state != State::Playing)
        return;
    if (m_framesSinceStart == 0 && m_stalls == 0 && (m_newRound || m_number < m_lastFrame))
        return; // a late word about the round before; if not, the watchdog sees to it
    m_lastFrame = std::max(m_firstFrame, m_number);
    m_watchdog.stop();
    setState(State::Ended);
    Q_EMIT ended();
}

void ClipPlayer::handleTimeout()
{
    if (m_state == State::Seeking) {
        seekOverdue();
        return;
    }
    if (m_state != State::Playing)
        return;
    if (++m_stalls > kMostStalls && m_player->mediaStatus() == QMediaPlayer::EndOfMedia) {
        handleEnd();
        return;
    }
    qCDebug(logStage) << "no frame after" << m_number << "- seeking there again";
    m_attempts = 0;
    startSeek(m_framesSinceStart == 0 && m_number >= m_lastFrame ? m_firstFrame : m_number);
    m_playAfter = true;
}

void ClipPlayer::watch()
{
    // Slow motion and slow clips have long frames, a busy machine late ones: the limit grows with both.
    const auto threeFrames = std::chrono::milliseconds(qRound(3000 / (m_frameRate * m_rate)));
    m_watchdog.start(std::max<std::chrono::milliseconds>(kStallLimit, threeFrames)
                     * (1 << std::min(m_stalls, 4)));
}

void ClipPlayer::fail(const QString &words)
{
    if (m_state == State::Failed || m_state == State::Empty)
        return;
    m_state = State::Failed;
    m_watchdog.stop();
    m_number = -1;
    m_frame = {};
    const int generation = m_generation;
    const Error error{ErrorKind::CannotDecode, 0, {}, words, -1};
    QMetaObject::invokeMethod(
        this,
        [this, generation, error] {
            if (generation == m_generation)
                Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
}

void ClipPlayer::setState(State state)
{
    m_state = state;
    if (state != State::Seeking)
        m_mail.preferNewest();
    if (m_audio)
        m_audio->setMuted(!m_audible || state != State::Playing);
}

void ClipPlayer::setRate(double rate)
{
    m_rate = rate;
    if (m_player)
        m_player->setPlaybackRate(rate);
}

void ClipPlayer::setAudioAvailable(bool available)
{
    m_audioAvailable = available;
    if (!m_player || available == bool(m_audio))
        return;
    // An audio output without any device crashes Qt 6.4.2: it is only there while a device is.
    if (available) {
        m_audio = std::make_unique<QAudioOutput>();
        setAudible(m_audible, m_volume);
        m_player->setAudioOutput(m_audio.get());
    } else {
        m_player->setAudioOutput(nullptr);
        m_audio.reset();
    }
}

void ClipPlayer::setAudible(bool audible, int volumePercent)
{
    m_audible = audible;
    m_volume = volumePercent;
    if (!m_audio)
        return;
    m_audio->setVolume(QAudio::convertVolume(float(volumePercent) / 100.F,
                                             QAudio::LogarithmicVolumeScale,
                                             QAudio::LinearVolumeScale));
    m_audio->setMuted(!audible || m_state != State::Playing);
}

} // namespace taskreel
