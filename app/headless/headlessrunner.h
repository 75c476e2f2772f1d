// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/domain/variantchoice.h"
#include "headless/progressline.h"
#include "headless/tasksaver.h"

#include <QHash>
#include <QIODevice>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <memory>
#include <optional>

namespace taskreel {

class AppContext;
class ApiKey;
struct IntakeReport;

/// `--no-window`: fetches the given tasks and prints a line for each as it ends; with `--download`
/// once its results are saved. Data goes to `out`, messages to `err`. Runs in the application's one
/// thread; finished() comes exactly once.
class HeadlessRunner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadlessRunner)

public:
    enum ExitCode {
        AllCompleted = 0, ///< and saved
        SomeFailed = 1,
        Usage = 2,
        KeyMissing = 3, ///< or refused
        CannotWrite = 4,
    };
    struct Options
    {
        QStringList arguments;
        bool json = false;
        bool once = false; ///< one try each
        bool download = false; ///< save the results
        std::optional<VariantWish> variant; ///< of what is saved; empty: as the setting says
        int columns = 0; ///< of the terminal behind `err`; 0: it is none, no progress is shown
    };

    /// @param context, out, err borrowed, outlive this
    HeadlessRunner(AppContext *context, const Options &options, QIODevice *out, QIODevice *err,
                   QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void begin();
    void takeReport(const taskreel::IntakeReport &report);
    void askAgain(const QStringList &ids);
    void lookAt(const QStringList &ids);
    void makeSaver();
    void deliver(const QString &id);
    void filesEnded(const QString &id, const QList<FileOutcome> &files);
    void print(const QString &id, const QList<FileOutcome> &files = {});
    void checkHold();
    void stopAsking(int exitCode);
    void giveUpOpen();
    void finishIfDone();
    void finish(int exitCode);
    void say(const QString &message);
    [[nodiscard]] bool hasEnded(const QString &id) const;
    [[nodiscard]] QByteArray linesFor(const QString &id, const QList<FileOutcome> &files) const;
    [[nodiscard]] QString progressText() const;

    AppContext *m_context;
    Options m_options;
    QIODevice *m_out;
    QIODevice *m_err;
    QSet<QString> m_open; ///< not ended yet
    QSet<QString> m_tried; ///< asked in this run
    QSet<QString> m_awaitingText; ///< ended, its full task is being read
    QHash<QString, bool> m_well; ///< printed; true: completed, and saved if that was asked
    std::unique_ptr<TaskSaver> m_saver; ///< null: nothing is saved
    ProgressLine m_progress;
    int m_filesSaved = 0;
    bool m_cannotWrite = false;
    std::optional<int> m_exitCode; ///< decided before everything has ended
    bool m_reported = false;
    bool m_finished = false;
    bool m_badInput = false;
};

} // namespace taskreel
