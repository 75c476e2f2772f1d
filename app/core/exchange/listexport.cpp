// SPDX-License-Identifier: MIT
#include "core/exchange/listexport.h"

#include "core/domain/onpool.h"
#include "core/tasks/taskrepository.h"

#include <algorithm>

namespace taskreel {

namespace {

/// Tasks whose answers are read and written together: bounds memory, and each turn stays short.
constexpr size_t kPiece = 64;

} // namespace

struct ListExport::Sink
{
    explicit Sink(const Order &order) : writer(order.format, order.withoutWatermark)
    {
        if (!order.path.isEmpty())
            file = std::make_unique<QSaveFile>(order.path);
    }

    [[nodiscard]] Error fault() const
    {
        const bool full = file->error() == QFileDevice::ResourceError;
        return {full ? ErrorKind::DiskFull : ErrorKind::CannotWrite, 0, file->errorString(),
                file->fileName(), -1};
    }

    [[nodiscard]] Error put(const QByteArray &bytes)
    {
        if (!file) {
            text += bytes;
            return {};
        }
        return file->write(bytes) == bytes.size() ? Error() : fault();
    }

    [[nodiscard]] Error write(const std::vector<ListEntry> &piece, bool last)
    {
        if (!begun) {
            begun = true;
            if (file && !file->open(QIODevice::WriteOnly))
                return fault();
            if (const Error error = put(writer.begin()); error.kind != ErrorKind::None)
                return error;
        }
        QByteArray bytes;
        for (const ListEntry &entry : piece)
            bytes += writer.entry(entry);
        if (last)
            bytes += writer.end();
        if (const Error error = put(bytes); error.kind != ErrorKind::None)
            return error;
        return last && file && !file->commit() ? fault() : Error();
    }

    ListWriter writer;
    std::unique_ptr<QSaveFile> file; ///< null: into `text`
    QByteArray text;
    bool begun = false;
};

ListExport::ListExport(TaskRepository *repository, const Order &order, QObject *parent)
    : QObject(parent), m_repository(repository), m_order(order),
      m_sink(std::make_shared<Sink>(order))
{
    connect(repository, &TaskRepository::answerReady, this, &ListExport::takeAnswer);
}

ListExport::~ListExport() = default;

void ListExport::start()
{
    QMetaObject::invokeMethod(this, &ListExport::nextPiece, Qt::QueuedConnection);
}

void ListExport::cancel()
{
    end(failure(ErrorKind::Cancelled));
}

void ListExport::nextPiece()
{
    if (m_ended)
        return;
    m_piece.clear();
    while (m_piece.size() < kPiece && m_next < m_order.ids.size()) {
        const QString &id = m_order.ids.at(m_next++);
        // One that was taken out of the list meanwhile is no longer meant.
        if (const TaskSummary *row = m_repository->find(id))
            m_piece.push_back({*row, std::nullopt, {}});
    }
    if (needsAnswers(m_order.format)) {
        for (const ListEntry &entry : m_piece) {
            if (entry.row.answeredAt.isValid())
                m_awaited.insert(entry.row.id);
        }
    }
    const QSet<QString> awaited = m_awaited;
    for (const QString &id : awaited)
        m_repository->requestAnswer(id);
    if (m_awaited.isEmpty())
        writePiece();
}

void ListExport::takeAnswer(const QString &id, const QByteArray &json)
{
    if (!m_awaited.remove(id) || m_ended)
        return;
    const auto entry = std::find_if(m_piece.begin(), m_piece.end(),
                                    [&id](const ListEntry &e) { return e.row.id == id; });
    if (entry != m_piece.end() && !json.isEmpty()) {
        entry->answer = json;
        entry->task = m_repository->task(id); // just read: at hand
    }
    if (m_awaited.isEmpty())
        writePiece();
}

void ListExport::writePiece()
{
    if (m_writing)
        return;
    m_writing = true;
    m_tasks += static_cast<int>(m_piece.size());
    const bool last = m_next >= m_order.ids.size();
    onPool(
        this,
        [sink = m_sink, piece = std::move(m_piece), last] { return sink->write(piece, last); },
        [this](const Error &error) { pieceWritten(error); });
    m_piece = {};
}

void ListExport::pieceWritten(const Error &error)
{
    m_writing = false;
    if (m_ended)
        return;
    if (error.kind != ErrorKind::None)
        return end(tl::unexpected<Error>(error));
    Q_EMIT progressed(static_cast<int>(m_next), static_cast<int>(m_order.ids.size()));
    if (m_ended)
        return; // cancelled by who heard of it
    if (m_next < m_order.ids.size())
        nextPiece();
    else
        end(Outcome{m_tasks, m_sink->text});
}

void ListExport::end(const Result<Outcome> &result)
{
    if (m_ended)
        return;
    m_ended = true;
    m_awaited.clear();
    m_sink.reset(); // an unfinished file goes with it, at the latest when the pool lets go of it
    Q_EMIT finished(result);
}

} // namespace taskreel
