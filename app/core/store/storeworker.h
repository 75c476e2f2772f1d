// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"

#include <QSqlDatabase>
#include <QTimer>

#include <deque>
#include <memory>

namespace taskreel {

class StoreStatements;

/// The other half of Store: owns the only SQLite connection. Lives on the store thread; its
/// functions are called there alone.
class StoreWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreWorker)

public:
    explicit StoreWorker(const QString &databasePath);
    ~StoreWorker() override;

    void open(Store::Rows rows);
    void apply(quint64 number, const StoreBatch &batch);
    void readAnswer(const QString &taskId);
    void copyTo(const QString &path);
    /// The last try for what waits, then the thread ends.
    void shutDown();

Q_SIGNALS:
    void sliceRead(const taskreel::StoredLibrary &slice);
    void opened(const taskreel::StoredLibrary &library);
    void openFailed(const taskreel::Error &error);
    void setAside(const QString &newPath);
    void committed(quint64 batch);
    void writeFailed(quint64 batch, const taskreel::Error &error);
    void answerRead(const QString &taskId, const QByteArray &json, const QByteArrayList &earlier);
    void answerReadFailed(const QString &taskId, const taskreel::Error &error);
    void copied(const QString &path);
    void copyFailed(const QString &path, const taskreel::Error &error);

private:
    struct Waiting
    {
        quint64 number = 0;
        StoreBatch batch;
        bool reported = false; ///< its writeFailed() was emitted
    };

    [[nodiscard]] Result<StoredLibrary> openAndLoad(Store::Rows rows);
    [[nodiscard]] Result<void> connectToFile();
    [[nodiscard]] Result<void> check();
    [[nodiscard]] Result<void> configure();
    [[nodiscard]] Result<void> purge();
    [[nodiscard]] Result<StoredLibrary> load(Store::Rows rows);
    [[nodiscard]] Result<void> exec(const QString &statement);
    void close();
    void drain();
    void reportWaiting(const Error &error);
    [[nodiscard]] Result<void> commit(const StoreBatch &batch);

    QString m_path;
    QString m_connection; ///< the connection's name
    QSqlDatabase m_database;
    std::unique_ptr<StoreStatements> m_statements; ///< null while the library is not open
    Error m_openError;
    std::deque<Waiting> m_waiting;
    QTimer *m_retry; ///< child
};

} // namespace taskreel
