// SPDX-License-Identifier: MIT
#include "core/tasks/answershelf.h"

#include "core/domain/onpool.h"

namespace taskreel {

static constexpr qsizetype kCacheBytes = 32 * 1024 * 1024;

static qsizetype costOf(const KeptAnswer &answer)
{
    // A parsed task takes about as much as the text that it came from.
    qsizetype bytes = 2 * answer.json.size() + 1024;
    for (const QByteArray &json : answer.earlier)
        bytes += json.size();
    for (const Work &work : answer.task.works) {
        for (const Media &medium : work.media) {
            for (const Source &source : medium.sources)
                bytes += source.inlineBytes.size();
        }
    }
    return bytes;
}

AnswerShelf::AnswerShelf(Store *store, QObject *parent)
    : QObject(parent), m_store(store), m_parsed(kCacheBytes)
{
    if (!m_store)
        return;
    connect(m_store, &Store::answerRead, this, &AnswerShelf::read);
    connect(m_store, &Store::answerReadFailed, this, &AnswerShelf::fail);
    connect(m_store, &Store::committed, this, &AnswerShelf::committed);
}

const KeptAnswer *AnswerShelf::find(const QString &id) const
{
    return m_parsed.object(id);
}

void AnswerShelf::request(const QString &id)
{
    if (m_requested.contains(id))
        return;
    m_requested.insert(id);
    if (m_store && !m_unwritten.contains(id) && !m_parsed.contains(id)) {
        m_store->requestAnswer(id);
        return;
    }
    const auto answerLater = [this, id] {
        if (const KeptAnswer *parsed = m_parsed.object(id)) {
            finish(id, KeptAnswer(*parsed));
            return;
        }
        const StoreBatch::Answer answer = m_unwritten.value(id).answer;
        read(id, answer.json, answer.earlier);
    };
    QMetaObject::invokeMethod(this, answerLater, Qt::QueuedConnection);
}

void AnswerShelf::read(const QString &id, const QByteArray &json, const QByteArrayList &earlier)
{
    if (!m_requested.contains(id))
        return;
    if (json.isEmpty()) {
        finish(id, {});
        return;
    }
    if (json.size() <= kPoolBytes) {
        finish(id, readKeptAnswer(id, json, earlier));
        return;
    }
    onPool(
        this, [id, json, earlier] { return readKeptAnswer(id, json, earlier); },
        [this, id](const KeptAnswer &answer) { finish(id, answer); });
}

void AnswerShelf::finish(const QString &id, const KeptAnswer &answer)
{
    m_requested.remove(id);
    const bool overtaken = m_overtaken.remove(id);
    if (const KeptAnswer *newer = m_parsed.object(id)) {
        Q_EMIT ready(id, KeptAnswer(*newer));
        return;
    }
    if (overtaken) {
        request(id);
        return;
    }
    if (!answer.json.isEmpty())
        remember(id, answer);
    Q_EMIT ready(id, answer);
}

void AnswerShelf::fail(const QString &id, const Error &error)
{
    if (m_requested.remove(id))
        Q_EMIT failed(id, error);
}

void AnswerShelf::put(const QString &id, const KeptAnswer &answer)
{
    m_unwritten.insert(id, {{id, answer.json, answer.earlier}, 0});
    m_unsent.insert(id);
    if (m_requested.contains(id))
        m_overtaken.insert(id);
    remember(id, answer);
}

void AnswerShelf::remember(const QString &id, const KeptAnswer &answer)
{
    m_parsed.insert(id, new KeptAnswer(answer), costOf(answer));
}

QList<StoreBatch::Answer> AnswerShelf::unsent() const
{
    QList<StoreBatch::Answer> answers;
    answers.reserve(m_unsent.size());
    for (const QString &id : m_unsent)
        answers.append(m_unwritten.value(id).answer);
    return answers;
}

void AnswerShelf::sent(quint64 batch)
{
    for (const QString &id : std::as_const(m_unsent))
        m_unwritten[id].batch = batch;
    m_unsent.clear();
}

void AnswerShelf::committed(quint64 batch)
{
    m_unwritten.removeIf([batch](const auto &entry) { return entry.value().batch == batch; });
}

} // namespace taskreel
