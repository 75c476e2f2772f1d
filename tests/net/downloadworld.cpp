// SPDX-License-Identifier: MIT
#include "downloadworld.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel::test {

static const auto kMedium = u"works[0].video"_s;

DownloadWorld::DownloadWorld() : m_ended(QDateTime::currentDateTimeUtc().addDays(-1))
{
    m_server.service().handle("/api/v1/task/", [this](const demo::Request &request) {
        demo::Response response;
        response.body = answer(request.path.mid(request.path.lastIndexOf('/') + 1));
        response.headers = {{"Content-Type", "application/json"}};
        return response;
    });
}

DownloadWorld::~DownloadWorld() = default;

QByteArray DownloadWorld::clip(qsizetype bytes, char seed)
{
    QByteArray clip = clipBytes();
    const qsizetype padding = bytes - clip.size();
    Q_ASSERT(padding >= 8);
    QByteArray box(padding, seed);
    qToBigEndian(static_cast<quint32>(padding), box.data());
    box.replace(4, 4, "free");
    return clip + box;
}

void DownloadWorld::open()
{
    Profile profile = profileIn(m_folder.path());
    profile.serviceUrl = m_server.service().baseUrl();
    profile.fixedKey = u"download-test"_s;
    profile.assetLimits.stall = 400ms;
    profile.assetLimits.firstRetry = 20ms;
    m_context = std::make_unique<AppContext>(profile);
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
    queue().setPatience({.tries = 2, .firstMs = 20, .longestMs = 100});
    queue().setNameTemplate(u"{id}"_s);
}

QByteArray DownloadWorld::answer(const QByteArray &id) const
{
    const QJsonObject video{{u"resource_without_watermark"_s, QString::fromLatin1(m_url)}};
    const QJsonObject task{
        {u"task_id"_s, QString::fromLatin1(id)},
        {u"model"_s, u"kling"_s},
        {u"task_type"_s, u"video_generation"_s},
        {u"status"_s, u"completed"_s},
        {u"output"_s, QJsonObject{{u"works"_s, QJsonArray{QJsonObject{{u"video"_s, video}}}}}},
        {u"meta"_s,
         QJsonObject{{u"created_at"_s, m_ended.addSecs(-60).toString(Qt::ISODate)},
                     {u"ended_at"_s, m_ended.toString(Qt::ISODate)}}}};
    return QJsonDocument(QJsonObject{{u"code"_s, 200}, {u"data"_s, task}}).toJson();
}

void DownloadWorld::addTask(const QString &id)
{
    TaskRepository *repository = m_context->repository();
    repository->add({id});
    const auto isCompleted = [&] {
        const TaskSummary *row = repository->find(id);
        return row && row->status == TaskStatus::Completed;
    };
    SOON_VERIFY(isCompleted());
}

void DownloadWorld::save(const QString &id)
{
    queue().saveTasks({id}, VariantWish::Unwatermarked);
    SOON_VERIFY(item(id));
}

AssetId DownloadWorld::asset(const QString &id) const
{
    return {id, kMedium, Variant::Unwatermarked};
}

const DownloadItem *DownloadWorld::item(const QString &id) const
{
    return m_context->downloads()->list()->find(asset(id));
}

DownloadState DownloadWorld::state(const QString &id) const
{
    const DownloadItem *known = item(id);
    return known ? known->state : DownloadState::Done;
}

QStringList DownloadWorld::files() const
{
    return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                                    QDir::Name);
}

QByteArray DownloadWorld::content(const QString &name) const
{
    QFile file(folder() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 DownloadWorld::askedForTask() const
{
    return m_server.asked("/api/v1/task/");
}

qint64 DownloadWorld::bytesSent(const QByteArray &path) const
{
    return const_cast<MediaServer &>(m_server).service().bytesSent(path);
}

} // namespace taskreel::test
