// SPDX-License-Identifier: MIT
#include "support/servicethread.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace taskreel::test {

ServiceThread::ServiceThread(int delayMs, QObject *parent)
    : QObject(parent)
    , m_service(new demo::DemoService)
{
    m_service->handle("/api/v1/task/", [delayMs](const demo::Request &request) {
        demo::Response response;
        response.headers.emplaceBack("Content-Type", "application/json");
        response.body = answer(request.path.mid(request.path.lastIndexOf('/') + 1));
        response.delayMs = delayMs;
        return response;
    });
    m_service->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_service, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_service,
        [this] {
            if (m_service->listen())
                m_baseUrl = m_service->baseUrl();
        },
        Qt::BlockingQueuedConnection);
}

ServiceThread::~ServiceThread()
{
    m_thread.quit();
    m_thread.wait();
}

QStringList ServiceThread::taskIds(int count)
{
    QStringList ids;
    ids.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QUuid uuid = QUuid::createUuidV5(QUuid(), QByteArray::number(i));
        ids.append(uuid.toString(QUuid::WithoutBraces));
    }
    return ids;
}

QByteArray ServiceThread::answer(const QByteArray &taskId)
{
    return R"({"code":200,"data":{"task_id":")" + taskId
        + R"(","model":"kling","task_type":"video_generation","status":"completed",)"
          R"("input":{"prompt":"A paper boat drifts down a rain gutter","version":"2.6"},)"
          R"("output":{"type":"m2v_txt2video","status":99,"works":[{"status":99,"video":{)"
          R"("resource":"http://127.0.0.1:9/w.mp4","resource_without_watermark":)"
          R"("http://127.0.0.1:9/u.mp4","height":1440,"width":1440,"duration":5100}}]},)"
          R"("meta":{"created_at":"2026-03-21T12:26:09.118133402Z",)"
          R"("ended_at":"2026-03-21T12:28:28.440201899Z","usage":{"type":"point",)"
          R"("frozen":2600000,"consume":2600000}},"error":{"code":0,"message":""}},)"
          R"("message":"success"})";
}

} // namespace taskreel::test
