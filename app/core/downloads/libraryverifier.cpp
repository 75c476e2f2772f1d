// SPDX-License-Identifier: MIT
#include "core/downloads/libraryverifier.h"

#include <algorithm>
#include <utility>

namespace taskreel {

static constexpr qint64 kTellMs = 250;

LibraryVerifier::LibraryVerifier(TaskRepository *repository, QObject *parent)
    : QObject(parent), m_repository(repository)
{
    m_pool.setMaxThreadCount(1);
}

LibraryVerifier::~LibraryVerifier()
{
    m_stop = true;
    m_pool.waitForDone(); // it tells this object
}

void LibraryVerifier::start(const QList<StoredFile> &files)
{
    if (m_state == State::Running)
        return;
    m_stop = false;
    m_findings.clear();
    m_progress = {};
    std::ranges::fill(m_counts, 0);
    m_progress.filesTotal = static_cast<int>(files.size());
    for (const StoredFile &file : files)
        m_progress.bytesTotal += file.bytes;
    m_clock.start();
    m_state = State::Running;
    Q_EMIT stateChanged();
    m_pool.start([this, files] {
        const auto tell = [this](const News &news) {
            QMetaObject::invokeMethod(
                this, [this, news] { take(news); }, Qt::QueuedConnection);
        };
        verify(files, tell);
        QMetaObject::invokeMethod(this, &LibraryVerifier::end, Qt::QueuedConnection);
    });
}

void LibraryVerifier::stop()
{
    m_stop = true; // end() follows
}

/// On the pool's thread. In the order of paths: what lies together is read together.
void LibraryVerifier::verify(const QList<StoredFile> &files,
                             const std::function<void(const News &)> &tell) const
{
    QList<StoredFile> sorted = files;
    std::ranges::sort(sorted, {}, &StoredFile::path);
    News news;
    QElapsedTimer last;
    last.start();
    const auto tellInTime = [&] {
        if (last.elapsed() < kTellMs)
            return;
        tell(std::exchange(news, {}));
        last.start();
    };
    for (const StoredFile &file : std::as_const(sorted)) {
        qint64 read = 0;
        const std::optional<FileFind> find = readSaved(file, m_stop, [&](qint64 bytes) {
            read += bytes;
            news.bytes += bytes;
            tellInTime();
        });
        if (!find || m_stop)
            break;
        news.judged.append({file, *find});
        news.bytes += file.bytes - read;
        tellInTime();
    }
    tell(news);
}

void LibraryVerifier::take(const News &news)
{
    const auto first = static_cast<int>(m_findings.size());
    for (const SavedFind &one : news.judged) {
        ++m_counts[static_cast<int>(one.find)];
        if (one.find != FileFind::Fine)
            m_findings.append(one);
    }
    m_progress.files += static_cast<int>(news.judged.size());
    m_progress.bytes += news.bytes;
    tellFinds(m_repository, news.judged);
    if (const auto fresh = static_cast<int>(m_findings.size()) - first; fresh > 0)
        Q_EMIT found(first, fresh);
    Q_EMIT progressed();
}

void LibraryVerifier::end()
{
    const bool whole = m_progress.files == m_progress.filesTotal;
    m_state = whole ? State::Finished : State::Stopped;
    Q_EMIT stateChanged();
}

LibraryVerifier::Progress LibraryVerifier::progress() const
{
    Progress progress = m_progress;
    const qint64 ms = m_clock.isValid() ? m_clock.elapsed() : 0;
    if (m_state == State::Running && progress.bytes > 0 && ms > 1000) {
        const double left = static_cast<double>(progress.bytesTotal - progress.bytes)
            / static_cast<double>(progress.bytes);
        progress.secondsLeft = static_cast<qint64>(left * static_cast<double>(ms) / 1000.0);
    }
    return progress;
}

int LibraryVerifier::count(FileFind find) const
{
    return m_counts[static_cast<int>(find)];
}

} // namespace taskreel
