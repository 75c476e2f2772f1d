// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"
#include "core/tasks/taskmerge.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QSet>

namespace taskreel {

/// Above this, answers are parsed and merged on the pool.
inline constexpr qsizetype kPoolBytes = 256 * 1024;

/// The repository's way to kept answers: a small cache of parsed ones, what is on its way to the
/// disk, and the store. GUI thread; owned by TaskRepository. Ids are row ids.
class AnswerShelf final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerShelf)

public:
    /// @param store borrowed; null: answers are kept in memory
    explicit AnswerShelf(Store *store, QObject *parent = nullptr);

    /// Parsed and at hand, or null. Valid until the next put().
    [[nodiscard]] const KeptAnswer *find(const QString &id) const;
    /// Ends in ready() or failed(), never inside this call. One request an id at a time.
    void request(const QString &id);
    /// Replaces the kept answer; it is unwritten until the batch given to wrote() is committed.
    void put(const QString &id, const KeptAnswer &answer);
    /// Parsed, but not to be written.
    void remember(const QString &id, const KeptAnswer &answer);

    [[nodiscard]] QList<StoreBatch::Answer> unsent() const;
    void sent(quint64 batch); ///< everything unsent() went with it
    void committed(quint64 batch);

Q_SIGNALS:
    /// An empty `answer.json`: none is kept.
    void ready(const QString &id, const taskreel::KeptAnswer &answer);
    void failed(const QString &id, const taskreel::Error &error);

private:
    struct Unwritten
    {
        StoreBatch::Answer answer;
        quint64 batch = 0; ///< 0: not sent yet
    };

    void read(const QString &id, const QByteArray &json, const QByteArrayList &earlier);
    void finish(const QString &id, const KeptAnswer &answer);
    void fail(const QString &id, const Error &error);

    Store *m_store;
    QCache<QString, KeptAnswer> m_parsed;
    QHash<QString, Unwritten> m_unwritten; ///< without a store: everything
    QSet<QString> m_unsent;
    QSet<QString> m_requested;
    QSet<QString> m_overtaken; ///< replaced while they were read
};

} // namespace taskreel
