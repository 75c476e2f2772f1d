// SPDX-License-Identifier: MIT
#include "core/settings/appsettings.h"

#include "core/formats/filenaming.h"
#include "core/settings/serviceaddress.h"
#include "core/settings/settingsvalues.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kParallelDefault = 6;
constexpr int kParallelMost = 6;
constexpr int kPerMinuteDefault = 120;
constexpr int kPerMinuteMost = 600;
constexpr qint64 kGigabyte = 1'000'000'000;
constexpr qint64 kBudgetDefault = 20 * kGigabyte;
constexpr qint64 kBudgetLeast = kGigabyte / 10;
constexpr qint64 kBudgetMost = 10'000 * kGigabyte;
constexpr int kVolumeDefault = 80;

QString besidePath(const QString &iniPath)
{
    return QFileInfo(iniPath).absoluteDir().filePath(u"windowstate.ini"_s);
}

constexpr std::pair<Appearance, QLatin1StringView> kAppearances[] = {
    {Appearance::System, "system"_L1},
    {Appearance::Light, "light"_L1},
    {Appearance::Dark, "dark"_L1},
};

constexpr std::pair<Notifications, QLatin1StringView> kNotifications[] = {
    {Notifications::Each, "each"_L1},
    {Notifications::Together, "all"_L1},
    {Notifications::None, "none"_L1},
};

} // namespace

AppSettings::AppSettings(const QString &iniPath, QObject *parent)
    : AppSettings(iniPath, besidePath(iniPath), parent)
{
}

AppSettings::AppSettings(const QString &iniPath, const QString &statePath, QObject *parent)
    : QObject(parent), m_file(std::make_unique<QSettings>(iniPath, QSettings::IniFormat)),
      m_stateFile(std::make_unique<QSettings>(statePath, QSettings::IniFormat))
{
}

AppSettings::~AppSettings() = default;

QUrl AppSettings::defaultServiceUrl()
{
    return QUrl(u"https://api.piapi.ai"_s);
}

QUrl AppSettings::serviceUrl() const
{
    const QString text = m_file->value("service/url"_L1).toString();
    return serviceUrlProblem(text).isEmpty() ? cleanedServiceUrl(text) : defaultServiceUrl();
}

void AppSettings::setServiceUrl(const QUrl &url)
{
    const QUrl before = serviceUrl();
    m_file->setValue("service/url"_L1, cleanedServiceUrl(url.toString()).toString());
    if (serviceUrl() != before)
        Q_EMIT serviceUrlChanged();
}

QString AppSettings::serviceUrlProblem(const QString &text)
{
    return taskreel::serviceUrlProblem(cleanedServiceUrl(text));
}

QString AppSettings::downloadFolder() const
{
    const QString folder = m_file->value("downloads/folder"_L1).toString();
    if (!folder.isEmpty() && QDir::isAbsolutePath(folder))
        return folder;
    return QStandardPaths::writableLocation(QStandardPaths::MoviesLocation) + "/Taskreel"_L1;
}

void AppSettings::setDownloadFolder(const QString &folder)
{
    const QString before = downloadFolder();
    m_file->setValue("downloads/folder"_L1, folder.isEmpty() ? folder : QDir::cleanPath(folder));
    if (downloadFolder() != before)
        Q_EMIT downloadFolderChanged();
}

QString AppSettings::nameTemplate() const
{
    const QString nameTemplate = m_file->value("downloads/nameTemplate"_L1).toString();
    return nameTemplate.isEmpty() || !nameTemplateProblem(nameTemplate).isNone()
        ? QString(kDefaultNameTemplate)
        : nameTemplate;
}

void AppSettings::setNameTemplate(const QString &nameTemplate)
{
    const QString before = this->nameTemplate();
    m_file->setValue("downloads/nameTemplate"_L1, nameTemplate);
    if (this->nameTemplate() != before)
        Q_EMIT nameTemplateChanged();
}

bool AppSettings::saveCovers() const
{
    return flagIn(*m_file, u"downloads/covers"_s, false);
}

void AppSettings::setSaveCovers(bool on)
{
    const bool before = saveCovers();
    m_file->setValue("downloads/covers"_L1, on);
    if (on != before)
        Q_EMIT saveCoversChanged(on);
}

bool AppSettings::saveDetails() const
{
    return flagIn(*m_file, u"downloads/details"_s, false);
}

void AppSettings::setSaveDetails(bool on)
{
    const bool before = saveDetails();
    m_file->setValue("downloads/details"_L1, on);
    if (on != before)
        Q_EMIT saveDetailsChanged(on);
}

bool AppSettings::saveWhenCompleted() const
{
    return flagIn(*m_file, u"downloads/whenCompleted"_s, false);
}

void AppSettings::setSaveWhenCompleted(bool on)
{
    const bool before = saveWhenCompleted();
    m_file->setValue("downloads/whenCompleted"_L1, on);
    if (on != before)
        Q_EMIT saveWhenCompletedChanged(on);
}

int AppSettings::parallelRequests() const
{
    return static_cast<int>(
        numberIn(*m_file, u"service/parallelRequests"_s, 1, kParallelMost, kParallelDefault));
}

void AppSettings::setParallelRequests(int count)
{
    const int before = parallelRequests();
    m_file->setValue("service/parallelRequests"_L1, qBound(1, count, kParallelMost));
    if (parallelRequests() != before)
        Q_EMIT parallelRequestsChanged();
}

int AppSettings::requestsPerMinute() const
{
    return static_cast<int>(
        numberIn(*m_file, u"service/requestsPerMinute"_s, 1, kPerMinuteMost, kPerMinuteDefault));
}

void AppSettings::setRequestsPerMinute(int count)
{
    const int before = requestsPerMinute();
    m_file->setValue("service/requestsPerMinute"_L1, qBound(1, count, kPerMinuteMost));
    if (requestsPerMinute() != before)
        Q_EMIT requestsPerMinuteChanged();
}

qint64 AppSettings::keptBudget() const
{
    return numberIn(*m_file, u"kept/budget"_s, kBudgetLeast, kBudgetMost, kBudgetDefault);
}

void AppSettings::setKeptBudget(qint64 bytes)
{
    const qint64 before = keptBudget();
    m_file->setValue("kept/budget"_L1, qBound(kBudgetLeast, bytes, kBudgetMost));
    if (keptBudget() != before)
        Q_EMIT keptBudgetChanged();
}

Appearance AppSettings::appearance() const
{
    const QString word = m_file->value("window/appearance"_L1).toString();
    for (const auto &[appearance, name] : kAppearances) {
        if (word == name)
            return appearance;
    }
    return Appearance::System;
}

void AppSettings::setAppearance(Appearance appearance)
{
    const Appearance before = this->appearance();
    for (const auto &[candidate, name] : kAppearances) {
        if (candidate == appearance)
            m_file->setValue("window/appearance"_L1, QString(name));
    }
    if (this->appearance() != before)
        Q_EMIT appearanceChanged();
}

Notifications AppSettings::notifications() const
{
    const QString word = m_file->value("window/notifications"_L1).toString();
    for (const auto &[notifications, name] : kNotifications) {
        if (word == name)
            return notifications;
    }
    return Notifications::Together;
}

void AppSettings::setNotifications(Notifications notifications)
{
    const Notifications before = this->notifications();
    for (const auto &[candidate, name] : kNotifications) {
        if (candidate == notifications)
            m_file->setValue("window/notifications"_L1, QString(name));
    }
    if (this->notifications() != before)
        Q_EMIT notificationsChanged();
}

bool AppSettings::withoutWatermark() const
{
    return flagIn(*m_file, u"playback/withoutWatermark"_s, true);
}

void AppSettings::setWithoutWatermark(bool on)
{
    const bool before = withoutWatermark();
    m_file->setValue("playback/withoutWatermark"_L1, on);
    if (on != before)
        Q_EMIT withoutWatermarkChanged(on);
}

bool AppSettings::loop() const
{
    return flagIn(*m_file, u"playback/loop"_s, true);
}

void AppSettings::setLoop(bool on)
{
    const bool before = loop();
    m_file->setValue("playback/loop"_L1, on);
    if (on != before)
        Q_EMIT loopChanged(on);
}

bool AppSettings::muted() const
{
    return flagIn(*m_file, u"playback/muted"_s, true);
}

void AppSettings::setMuted(bool on)
{
    const bool before = muted();
    m_file->setValue("playback/muted"_L1, on);
    if (on != before)
        Q_EMIT mutedChanged(on);
}

int AppSettings::volume() const
{
    return static_cast<int>(numberIn(*m_file, u"playback/volume"_s, 0, 100, kVolumeDefault));
}

void AppSettings::setVolume(int percent)
{
    const int before = volume();
    m_file->setValue("playback/volume"_L1, qBound(0, percent, 100));
    if (volume() != before)
        Q_EMIT volumeChanged(volume());
}

bool AppSettings::hoverPlay() const
{
    return flagIn(*m_file, u"list/hoverPlay"_s, true);
}

void AppSettings::setHoverPlay(bool on)
{
    const bool before = hoverPlay();
    m_file->setValue("list/hoverPlay"_L1, on);
    if (on != before)
        Q_EMIT hoverPlayChanged(on);
}

bool AppSettings::singleKeyShortcuts() const
{
    return flagIn(*m_file, u"keys/singleKeyShortcuts"_s, true);
}

void AppSettings::setSingleKeyShortcuts(bool on)
{
    const bool before = singleKeyShortcuts();
    m_file->setValue("keys/singleKeyShortcuts"_L1, on);
    if (on != before)
        Q_EMIT singleKeyShortcutsChanged(on);
}

QByteArray AppSettings::windowState(const QString &name) const
{
    return m_stateFile->value(name).toByteArray();
}

void AppSettings::setWindowState(const QString &name, const QByteArray &state)
{
    m_stateFile->setValue(name, state);
}

void AppSettings::sync()
{
    m_file->sync();
    m_stateFile->sync();
}

} // namespace taskreel
