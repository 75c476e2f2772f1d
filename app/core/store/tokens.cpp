// SPDX-License-Identifier: MIT
#include "core/store/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

template<typename T, size_t N>
using Table = std::array<std::pair<T, QLatin1StringView>, N>;

constexpr Table<TaskStatus, 7> kStatuses{{
    {TaskStatus::NotAsked, "not_asked"_L1},
    {TaskStatus::Pending, "pending"_L1},
    {TaskStatus::Processing, "processing"_L1},
    {TaskStatus::Completed, "completed"_L1},
    {TaskStatus::Failed, "failed"_L1},
    {TaskStatus::Cancelled, "cancelled"_L1},
    {TaskStatus::Other, "other"_L1},
}};

constexpr Table<MediaKind, 6> kMediaKinds{{
    {MediaKind::Unknown, "unknown"_L1},
    {MediaKind::Video, "video"_L1},
    {MediaKind::Image, "image"_L1},
    {MediaKind::Audio, "audio"_L1},
    {MediaKind::Model, "model"_L1},
    {MediaKind::Text, "text"_L1},
}};

constexpr Table<SaveState, 6> kSaveStates{{
    {SaveState::NotSaved, "not_saved"_L1},
    {SaveState::Saving, "saving"_L1},
    {SaveState::Saved, "saved"_L1},
    {SaveState::Partly, "partly"_L1},
    {SaveState::Failed, "failed"_L1},
    {SaveState::Gone, "gone"_L1},
}};

constexpr Table<ErrorKind, 29> kErrorKinds{{
    {ErrorKind::None, "none"_L1},
    {ErrorKind::NoKey, "no_key"_L1},
    {ErrorKind::KeyRefused, "key_refused"_L1},
    {ErrorKind::Forbidden, "forbidden"_L1},
    {ErrorKind::OutOfCredit, "out_of_credit"_L1},
    {ErrorKind::NotFound, "not_found"_L1},
    {ErrorKind::RateLimited, "rate_limited"_L1},
    {ErrorKind::ServerFault, "server_fault"_L1},
    {ErrorKind::BadAnswer, "bad_answer"_L1},
    {ErrorKind::Unreachable, "unreachable"_L1},
    {ErrorKind::ConnectionLost, "connection_lost"_L1},
    {ErrorKind::Timeout, "timeout"_L1},
    {ErrorKind::TlsFailed, "tls_failed"_L1},
    {ErrorKind::Redirected, "redirected"_L1},
    {ErrorKind::RefusedAddress, "refused_address"_L1},
    {ErrorKind::TooLarge, "too_large"_L1},
    {ErrorKind::LinkDead, "link_dead"_L1},
    {ErrorKind::LinkGone, "link_gone"_L1},
    {ErrorKind::NotMedia, "not_media"_L1},
    {ErrorKind::Incomplete, "incomplete"_L1},
    {ErrorKind::CannotDecode, "cannot_decode"_L1},
    {ErrorKind::NoMedia, "no_media"_L1},
    {ErrorKind::DiskFull, "disk_full"_L1},
    {ErrorKind::CannotWrite, "cannot_write"_L1},
    {ErrorKind::NameTaken, "name_taken"_L1},
    {ErrorKind::CannotRead, "cannot_read"_L1},
    {ErrorKind::LibraryBroken, "library_broken"_L1},
    {ErrorKind::Cancelled, "cancelled"_L1},
    {ErrorKind::Other, "other"_L1},
}};

// Only these are kept: what runs has to wait again after a restart.
constexpr Table<DownloadState, 3> kDownloadStates{{
    {DownloadState::Failed, "failed"_L1},
    {DownloadState::Paused, "paused"_L1},
    {DownloadState::Waiting, "waiting"_L1},
}};

template<typename T, size_t N>
QString tokenIn(const Table<T, N> &table, T value)
{
    const auto it = std::find_if(table.cbegin(), table.cend(),
                                 [value](const auto &entry) { return entry.first == value; });
    return it == table.cend() ? QString(table.back().second) : QString(it->second);
}

template<typename T, size_t N>
T valueIn(const Table<T, N> &table, const QString &word)
{
    const auto it = std::find_if(table.cbegin(), table.cend(),
                                 [&word](const auto &entry) { return entry.second == word; });
    return it == table.cend() ? table.front().first : it->first;
}

} // namespace

QString token(TaskStatus status)
{
    return tokenIn(kStatuses, status);
}

QString token(MediaKind kind)
{
    return tokenIn(kMediaKinds, kind);
}

QString token(SaveState state)
{
    return tokenIn(kSaveStates, state);
}

QString token(ErrorKind kind)
{
    return tokenIn(kErrorKinds, kind);
}

QString token(DownloadState state)
{
    return tokenIn(kDownloadStates, state);
}

TaskStatus statusFromToken(const QString &word)
{
    return valueIn(kStatuses, word);
}

MediaKind mediaKindFromToken(const QString &word)
{
    return valueIn(kMediaKinds, word);
}

SaveState saveStateFromToken(const QString &word)
{
    return valueIn(kSaveStates, word);
}

ErrorKind errorKindFromToken(const QString &word)
{
    return valueIn(kErrorKinds, word);
}

DownloadState downloadStateFromToken(const QString &word)
{
    return valueIn(kDownloadStates, word);
}

} // namespace taskreel
