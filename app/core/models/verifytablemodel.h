// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QAbstractTableModel>
#include <QHash>

namespace taskreel {

class DownloadQueue;
class LibraryVerifier;
class TaskRepository;
struct Error;

/// The saved files that *Verify library* found missing, changed or unreadable, as a table, and what
/// became of those that are downloaded again. GUI thread.
class VerifyTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VerifyTableModel)

public:
    enum class Column { Finding, File, Prompt, Folder, Count };

    /// All borrowed, all outlive this.
    VerifyTableModel(const LibraryVerifier *verifier, DownloadQueue *queue,
                     const TaskRepository *repository, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] QString path(int row) const; ///< where it was saved, or is by now
    [[nodiscard]] bool isThere(int row) const; ///< a file has that path
    /// Those of these rows that can be asked for: not on their way and not saved again.
    [[nodiscard]] QList<int> wanting(const QList<int> &rows) const;
    /// Hands these to the queue, for files that are saved anew.
    void saveAgain(const QList<int> &rows);
    [[nodiscard]] int savedAgain() const; ///< since the verification began

Q_SIGNALS:
    void savingChanged();

private:
    enum class Fate { AsFound, OnItsWay, Saved, Failed };
    struct Saving
    {
        Fate fate = Fate::AsFound;
        QString path; ///< of Saved
        QString words; ///< of Failed
    };

    void begin();
    void append(int first, int count);
    void noteSaved(const AssetId &asset, const QString &path);
    void noteFailed(const QString &taskId);
    void noteNothing(const QStringList &taskIds);
    void set(const AssetId &asset, const Saving &saving);
    [[nodiscard]] Saving saving(int row) const;
    [[nodiscard]] QString findingText(int row) const;
    [[nodiscard]] QString promptText(int row) const;
    [[nodiscard]] QList<AssetId> onTheirWay(const QString &taskId) const;

    const LibraryVerifier *m_verifier;
    DownloadQueue *m_queue;
    const TaskRepository *m_repository;
    int m_rows = 0; ///< of the verifier's findings, those that were announced
    QHash<AssetId, int> m_rowOf;
    QHash<AssetId, Saving> m_saving;
};

} // namespace taskreel
