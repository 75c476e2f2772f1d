// SPDX-License-Identifier: MIT
#include "demo/demoscript.h"

#include "demo/demoanswers.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel::demo {

namespace {

constexpr double kInstantSpeed = 1000;
constexpr double kPacedBelow = 100;
constexpr int kAnswerDelayMs = 40;
constexpr int kPageLimit = 100;

const QByteArray kTaskPath = "/api/v1/task/";
const QByteArray kHistoryPath = "/api/open/tasks/histories";
const QByteArray kAccountPath = "/account/info";
const QByteArray kMediaPath = "/media/";

} // namespace

DemoScript::DemoScript(DemoService *service, QObject *parent)
    : QObject(parent), m_service(service), m_begin(QDateTime::currentDateTimeUtc()),
      m_tasks(loadDemoTasks())
{
    for (qsizetype i = 0; i < m_tasks.size(); ++i)
        m_places.insert(m_tasks.at(i).id, i);

    const auto withKey = [this](DemoService::Handler answer) {
        return [this, answer = std::move(answer)](const Request &request) {
            Response response = request.header("x-api-key") == apiKey().toUtf8()
                ? answer(request)
                : plainAnswer(401, u"failed to verify api key"_s);
            if (m_speed < kPacedBelow)
                response.delayMs = kAnswerDelayMs;
            return response;
        };
    };
    m_service->handle(kTaskPath, withKey(std::bind_front(&DemoScript::answerTask, this)));
    m_service->handle(kHistoryPath, withKey(std::bind_front(&DemoScript::answerHistory, this)));
    m_service->handle(kAccountPath, withKey([](const Request &) { return accountAnswer(); }));
    m_service->handle(kMediaPath, [this](const Request &request) {
        return m_media.answer(request, m_speed < kPacedBelow);
    });
}

DemoScript::~DemoScript()
{
    for (const QByteArray &path : {kTaskPath, kHistoryPath, kAccountPath, kMediaPath})
        m_service->removeHandler(path);
}

QString DemoScript::apiKey()
{
    return u"demo-key-for-the-built-in-service"_s;
}

QStringList DemoScript::taskIds() const
{
    return idsAt(DemoTask::Place::List);
}

QStringList DemoScript::historyIds() const
{
    return idsAt(DemoTask::Place::History);
}

QStringList DemoScript::extraTaskIds() const
{
    return idsAt(DemoTask::Place::Tests);
}

void DemoScript::setSpeed(double factor)
{
    m_speed = factor;
}

QStringList DemoScript::idsAt(DemoTask::Place place) const
{
    QStringList ids;
    for (const DemoTask &task : m_tasks) {
        if (task.place == place)
            ids.append(task.id);
    }
    return ids;
}

void DemoScript::setEnded(const QStringList &ids)
{
    for (const QString &id : ids)
        m_ended.insert(id.toLower());
}

bool DemoScript::instant() const
{
    return m_speed >= kInstantSpeed;
}

Response DemoScript::answerTask(const Request &request)
{
    const QString id = QString::fromUtf8(request.path.mid(kTaskPath.size())).toLower();
    const qsizetype place = m_places.value(id, -1);
    if (place < 0)
        return plainAnswer(404, u"task not found"_s);
    const DemoTask &task = m_tasks.at(place);
    Progress &progress = m_progress[id];
    if (!progress.sinceAsked.isValid()) {
        progress.sinceAsked.start();
        progress.askedAt = QDateTime::currentDateTimeUtc();
    }
    if (request.method == "DELETE")
        return cancel(task);
    return taskAnswer(task, momentOf(task), m_media, m_service->baseUrl());
}

Response DemoScript::cancel(const DemoTask &task)
{
    if (momentOf(task).phase != DemoMoment::Phase::Pending)
        return plainAnswer(400, u"only pending task can be cancelled"_s);
    m_progress[task.id].cancelled = true;
    return jsonResponse({{u"code"_s, 200}, {u"message"_s, u"success"_s}});
}

Response DemoScript::answerHistory(const Request &request) const
{
    const QUrlQuery query(QString::fromLatin1(request.query));
    const auto number = [&query](const QString &name, qint64 otherwise) {
        bool ok = false;
        const qint64 value = query.queryItemValue(name).toLongLong(&ok);
        return ok && value > 0 ? value : otherwise;
    };
    const qint64 page = std::min<qint64>(number(u"page"_s, 1), 1'000'000);
    const qint64 size = std::min<qint64>(number(u"page_size"_s, 10), kPageLimit);
    const QString model = query.queryItemValue(u"model"_s);
    const qint64 from = number(u"start_time"_s, 0);
    const qint64 to = number(u"end_time"_s, std::numeric_limits<qint64>::max());

    QList<std::pair<DemoMoment, qsizetype>> found;
    for (qsizetype i = 0; i < m_tasks.size(); ++i) {
        const DemoTask &task = m_tasks.at(i);
        const DemoMoment moment = momentOf(task);
        const qint64 created = moment.created.toSecsSinceEpoch();
        if (task.place != DemoTask::Place::Tests && (model.isEmpty() || task.model == model)
            && created >= from && created <= to)
            found.append({moment, i});
    }
    std::ranges::stable_sort(found, std::greater{},
                             [](const auto &row) { return row.first.created; });
    QJsonArray rows;
    for (qint64 i = (page - 1) * size; i < std::min<qint64>(page * size, found.size()); ++i) {
        const auto &[moment, place] = found.at(i);
        rows.append(historyRow(m_tasks.at(place), moment, static_cast<int>(900'000 - place)));
    }
    const QJsonObject data{
        {u"data"_s, rows}, {u"page"_s, page}, {u"size"_s, size}, {u"total"_s, found.size()}};
    return jsonResponse({{u"code"_s, 200}, {u"data"_s, data}, {u"message"_s, u"success"_s}});
}

DemoMoment DemoScript::momentOf(const DemoTask &task) const
{
    const Progress progress = m_progress.value(task.id);
    DemoMoment moment;
    const bool running = !instant() && !m_ended.contains(task.id);
    if (task.runs() && (running || progress.cancelled))
        moment = runningMoment(task, progress);
    moment.created = m_begin.addSecs(-task.ago.count());
    const bool ended = moment.phase == DemoMoment::Phase::Completed;
    if (ended && !moment.ended.isValid()) {
        // No task ends in the future, however young it is.
        const auto took = task.runs() ? std::min(task.took, task.ago - 1s) : task.took;
        if (took > 0s)
            moment.started = moment.created.addMSecs(600);
        moment.ended = moment.created.addMSecs(took > 0s ? took / 1ms : 12);
    }
    if (ended && !task.error.isEmpty())
        moment.phase = DemoMoment::Phase::Failed;
    return moment;
}

DemoMoment DemoScript::runningMoment(const DemoTask &task, const Progress &progress) const
{
    DemoMoment moment;
    moment.phase = DemoMoment::Phase::Pending;
    if (progress.cancelled) {
        moment.phase = DemoMoment::Phase::Cancelled;
        moment.ended = progress.askedAt;
        return moment;
    }
    if (!progress.sinceAsked.isValid())
        return moment;
    const auto real = [this](std::chrono::milliseconds time) {
        return static_cast<qint64>(static_cast<double>(time.count()) / m_speed);
    };
    const qint64 startsAt = real(task.pending);
    const qint64 endsAt = real(task.pending + task.processing);
    const qint64 elapsed = progress.sinceAsked.elapsed();
    if (elapsed < startsAt)
        return moment;
    moment.started = progress.askedAt.addMSecs(startsAt);
    moment.phase = DemoMoment::Phase::Processing;
    if (elapsed < endsAt) {
        moment.percent = static_cast<int>(100 * (elapsed - startsAt) / (endsAt - startsAt));
        return moment;
    }
    moment.phase = DemoMoment::Phase::Completed;
    moment.ended = progress.askedAt.addMSecs(endsAt);
    return moment;
}

} // namespace taskreel::demo
