// SPDX-License-Identifier: MIT
// The part of AppSettings for how downloads go.
#include "core/settings/appsettings.h"
#include "core/settings/settingsvalues.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kDownloadsDefault = 3;
constexpr int kDownloadsMost = 6;
constexpr qint64 kSpeedMost = 10'000'000'000; ///< bytes a second

constexpr std::pair<ConflictPolicy, QLatin1StringView> kPolicies[] = {
    {ConflictPolicy::SkipIdentical, "skip"_L1},
    {ConflictPolicy::KeepBoth, "both"_L1},
    {ConflictPolicy::Overwrite, "overwrite"_L1},
    {ConflictPolicy::Ask, "ask"_L1},
};

constexpr std::pair<UnfinishedDownloads, QLatin1StringView> kUnfinished[] = {
    {UnfinishedDownloads::Continue, "continue"_L1},
    {UnfinishedDownloads::Ask, "ask"_L1},
};

/// The first of the table for what is not in it.
template<typename Choices>
auto choiceIn(const Choices &choices, const QString &word)
{
    for (const auto &[choice, name] : choices) {
        if (word == name)
            return choice;
    }
    return choices[0].first;
}

template<typename Choices, typename Choice>
QString wordOf(const Choices &choices, Choice wanted)
{
    for (const auto &[choice, name] : choices) {
        if (choice == wanted)
            return name;
    }
    return choices[0].second;
}

} // namespace

int AppSettings::parallelDownloads() const
{
    return static_cast<int>(
        numberIn(*m_file, u"downloads/parallel"_s, 1, kDownloadsMost, kDownloadsDefault));
}

void AppSettings::setParallelDownloads(int count)
{
    const int before = parallelDownloads();
    m_file->setValue("downloads/parallel"_L1, qBound(1, count, kDownloadsMost));
    if (parallelDownloads() != before)
        Q_EMIT parallelDownloadsChanged();
}

int AppSettings::downloadsPerHost() const
{
    return static_cast<int>(
        numberIn(*m_file, u"downloads/perHost"_s, 1, kDownloadsMost, kDownloadsDefault));
}

void AppSettings::setDownloadsPerHost(int count)
{
    const int before = downloadsPerHost();
    m_file->setValue("downloads/perHost"_L1, qBound(1, count, kDownloadsMost));
    if (downloadsPerHost() != before)
        Q_EMIT downloadsPerHostChanged();
}

qint64 AppSettings::speedLimit() const
{
    return numberIn(*m_file, u"downloads/speedLimit"_s, 0, kSpeedMost, 0);
}

void AppSettings::setSpeedLimit(qint64 bytesPerSecond)
{
    const qint64 before = speedLimit();
    m_file->setValue("downloads/speedLimit"_L1, qBound<qint64>(0, bytesPerSecond, kSpeedMost));
    if (speedLimit() != before)
        Q_EMIT speedLimitChanged();
}

ConflictPolicy AppSettings::conflictPolicy() const
{
    return choiceIn(kPolicies, m_file->value("downloads/nameInUse"_L1).toString());
}

void AppSettings::setConflictPolicy(ConflictPolicy policy)
{
    const ConflictPolicy before = conflictPolicy();
    m_file->setValue("downloads/nameInUse"_L1, wordOf(kPolicies, policy));
    if (conflictPolicy() != before)
        Q_EMIT conflictPolicyChanged();
}

UnfinishedDownloads AppSettings::unfinishedDownloads() const
{
    return choiceIn(kUnfinished, m_file->value("downloads/unfinished"_L1).toString());
}

void AppSettings::setUnfinishedDownloads(UnfinishedDownloads what)
{
    const UnfinishedDownloads before = unfinishedDownloads();
    m_file->setValue("downloads/unfinished"_L1, wordOf(kUnfinished, what));
    if (unfinishedDownloads() != before)
        Q_EMIT unfinishedDownloadsChanged();
}

} // namespace taskreel
