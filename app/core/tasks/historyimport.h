// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/historyreader.h"
#include "core/piapi/apirequest.h"

#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace taskreel {

class ApiClient;
class TaskPoller;
class TaskRepository;

/// Walks through the account's history page by page, at the pace of TaskPoller, and collects the
/// tasks of a range and a model; nothing is added to the list. What the service claims about ranges,
/// models, totals and pages is checked against what it sends. GUI thread.
class HistoryImport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryImport)

public:
    enum class State {
        Idle,
        Running,
        Finished, ///< all there is
        Stopped, ///< by stop(), or after the most pages that are walked
        Failed, ///< see error(); resume() goes on where it was
    };

    /// All borrowed, all outlive this.
    HistoryImport(ApiClient *client, TaskPoller *poller, const TaskRepository *repository,
                  QObject *parent = nullptr);
    ~HistoryImport() override;

    /// Begins anew. Page and page size of `query` do not matter. Lifts a refused key's hold.
    void start(const HistoryQuery &query);
    /// After Failed or Stopped: on from the page that was due. Asking for it lifts a refused key's
    /// hold.
    void resume();
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Error error() const { return m_error; } ///< of Failed
    [[nodiscard]] const QList<HistoryRow> &rows() const { return m_rows; } ///< each id once
    [[nodiscard]] int pages() const { return m_pages; } ///< read so far
    [[nodiscard]] int unreadable() const { return m_unreadable; }
    [[nodiscard]] qint64 total() const { return m_total; } ///< as the service claims; -1: it does not
    [[nodiscard]] bool isKnown(const QString &taskId) const; ///< in the list now
    [[nodiscard]] QStringList newIds() const; ///< of rows(), those that are not in the list

Q_SIGNALS:
    void stateChanged();
    void started(); ///< rows() is empty again
    void rowsFound(int first, int count); ///< places in rows()

private:
    void queueNext();
    void askPage();
    void pageArrived(quint64 number, const Result<HistoryPage> &page);
    void take(const HistoryPage &page);
    void tryLater(const Error &error);
    [[nodiscard]] bool isWanted(const HistoryRow &row) const;
    [[nodiscard]] bool isBeyondRange(const HistoryPage &page) const;
    void checkHold();
    void drop();
    void end(State state, const Error &error = {});

    ApiClient *m_client;
    TaskPoller *m_poller;
    const TaskRepository *m_repository;
    HistoryQuery m_query; ///< its page is the next one
    State m_state = State::Idle;
    Error m_error;
    QList<HistoryRow> m_rows;
    QSet<QString> m_seen; ///< ids of all rows, wanted or not, without case
    int m_pages = 0;
    int m_unreadable = 0;
    qint64 m_entries = 0; ///< sent so far, readable or not
    qint64 m_total = -1;
    int m_tries = 0; ///< failed ones of the page that is due
    quint64 m_number = 0; ///< of the page on its way; 0: none
    QTimer m_retry;
};

} // namespace taskreel
