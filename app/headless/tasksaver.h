// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/error.h"
#include "core/domain/task.h"
#include "core/domain/variantchoice.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>

namespace taskreel {

class AppContext;

/// What became of one file that was to be saved.
struct FileOutcome
{
    AssetId asset;
    QString name; ///< as far as it is known
    QString path; ///< absolute; empty: it was not saved
    qint64 bytes = 0;
    QByteArray sha256; ///< raw 32 bytes
    Error error; ///< of those not saved
    bool operator==(const FileOutcome &) const = default;
    [[nodiscard]] bool isSaved() const { return !path.isEmpty(); }
};

/// The saving part of `--no-window --download`: hands tasks to the queue of the program and says
/// for each when none of its files is on its way any more. GUI thread.
class TaskSaver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskSaver)

public:
    /// @param context borrowed, outlives this
    /// @param once one try each
    TaskSaver(AppContext *context, VariantWish wish, bool once, QObject *parent = nullptr);

    /// ended() follows, never inside this call. @return false: it has no result that could be saved
    [[nodiscard]] bool save(const QString &rowId, const Task &task);
    [[nodiscard]] bool isIdle() const { return m_open.isEmpty(); }
    [[nodiscard]] qsizetype openTasks() const { return m_open.size(); }

Q_SIGNALS:
    void ended(const QString &rowId, const QList<taskreel::FileOutcome> &files);
    /// The disk is full: nothing more is saved. ended() of all that were open follows.
    void stopped(const taskreel::Error &error);
    /// A file is tried again later.
    void troubled(const QString &name, const taskreel::Error &error);

private:
    void look(const QString &rowId);
    void lookForTrouble(const QSet<AssetId> &assets);
    void stop();
    void endAll();
    [[nodiscard]] FileOutcome outcome(const AssetId &asset, const Error &without) const;

    AppContext *m_context;
    VariantWish m_wish;
    QHash<QString, QList<AssetId>> m_open; ///< by row
    QHash<AssetId, QString> m_rows; ///< of the open ones
    QHash<AssetId, int> m_troubles; ///< tries that were told
};

} // namespace taskreel
