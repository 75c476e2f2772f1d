// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/exchange/listwriter.h"

#include <QObject>
#include <QSaveFile>
#include <QSet>
#include <QStringList>

#include <memory>
#include <vector>

namespace taskreel {

class TaskRepository;

/// One list on its way out: collects the answers a few at a time, writes on the pool, ends once with
/// finished(), never inside start(). A file appears whole or not at all. Make one for each list and
/// delete it when it has ended; deleting it earlier gives up. GUI thread.
class ListExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListExport)

public:
    struct Order
    {
        ListFormat format = ListFormat::Csv;
        QStringList ids; ///< in this order
        bool withoutWatermark = true;
        QString path; ///< empty: the text is handed to finished()
    };
    struct Outcome
    {
        int tasks = 0;
        QByteArray text; ///< when no path was given

        bool operator==(const Outcome &) const = default;
    };

    /// @param repository borrowed, outlives this
    ListExport(TaskRepository *repository, const Order &order, QObject *parent = nullptr);
    ~ListExport() override;

    void start();
    void cancel(); ///< ends with ErrorKind::Cancelled; nothing is left
    [[nodiscard]] const Order &order() const { return m_order; }

Q_SIGNALS:
    void progressed(int done, int total);
    void finished(const taskreel::Result<taskreel::ListExport::Outcome> &result);

private:
    struct Sink; ///< touched by one thread at a time: the pool's while a piece is written

    void nextPiece();
    void ask(const QString &id);
    void takeAnswer(const QString &id, const QByteArray &json);
    void writePiece();
    void pieceWritten(const Error &error);
    void end(const Result<Outcome> &result);

    TaskRepository *m_repository;
    Order m_order;
    std::shared_ptr<Sink> m_sink; ///< shared with the work on the pool, which may outlive this
    std::vector<ListEntry> m_piece;
    QSet<QString> m_awaited; ///< row ids of this piece whose answers are being read
    qsizetype m_next = 0; ///< of the order's ids
    int m_tasks = 0;
    bool m_writing = false;
    bool m_ended = false;
};

} // namespace taskreel
