// SPDX-License-Identifier: MIT
#include "clipaccount.h"

#include <QCryptographicHash>

namespace taskreel::test {

ClipAccount::ClipAccount()
{
    service().handle("/media/", [](const demo::Request &request) {
        const QByteArray tag = QCryptographicHash::hash(request.path, QCryptographicHash::Md5);
        demo::Response response;
        response.body = content(request.path);
        response.etag = '"' + tag.toHex() + '"';
        return response;
    });
    service().handle("/api/v1/task/", [this](const demo::Request &request) {
        const QByteArray id = request.path.mid(request.path.lastIndexOf('/') + 1);
        const Offer offer = offers.value(id, Offer::Both);
        demo::Response response;
        response.status = offer == Offer::Refused ? 401 : 200;
        response.body = answer(id, offer);
        return response;
    });
}

/// With a box of its own at the end.
QByteArray ClipAccount::content(const QByteArray &path)
{
    const QByteArray box = "free" + path;
    QByteArray size(4, '\0');
    size[3] = static_cast<char>(box.size() + 4);
    return clipBytes() + size + box;
}

QByteArray ClipAccount::cleanPath(const QString &id)
{
    return "/media/" + id.toLatin1() + "/clean.mp4";
}

QByteArray ClipAccount::answer(const QByteArray &id, Offer offer) const
{
    const QByteArray start = R"({"code":200,"data":{"task_id":")" + id
        + R"(","model":"kling","task_type":"video_generation","input":{"prompt":"A boat"},"status":")";
    switch (offer) {
    case Offer::Processing:
        return start + R"(processing"}})";
    case Offer::Failed:
        return start + R"(failed","error":{"code":1,"raw_message":"content violation"}}})";
    case Offer::Nothing:
        return start + R"(completed","output":{"works":[]}}})";
    case Offer::Refused:
        return R"({"code":401,"message":"invalid key"})";
    case Offer::Both:
    case Offer::Marked:
    case Offer::Gone:
        break;
    }
    const QByteArray base = m_server.url(offer == Offer::Gone ? "/gone/" : "/media/") + id;
    const QByteArray clean = offer == Offer::Marked ? QByteArray() : base + "/clean.mp4";
    return start + R"(completed","output":{"works":[{"video":{"resource":")" + base
        + R"(/marked.mp4","resource_without_watermark":")" + clean + R"("}}]}}})";
}

} // namespace taskreel::test
