// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QHash>
#include <QIODevice>
#include <QObject>
#include <QSet>
#include <QStringList>

namespace taskreel {

class AppContext;
class ApiKey;
struct IntakeReport;

/// `--no-window`: fetches the given tasks and prints a line for each as it ends. Data goes to `out`,
/// messages to `err`. Runs in the application's one thread; finished() comes exactly once.
class HeadlessRunner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadlessRunner)

public:
    enum ExitCode {
        AllCompleted = 0,
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
    void print(const QString &id);
    void checkHold();
    void giveUpOpen();
    void finishIfDone();
    void finish(int exitCode);
    void say(const QString &message);
    [[nodiscard]] bool hasEnded(const QString &id) const;

    AppContext *m_context;
    Options m_options;
    QIODevice *m_out;
    QIODevice *m_err;
    QSet<QString> m_open; ///< not ended yet
    QSet<QString> m_tried; ///< asked in this run
    QSet<QString> m_awaitingText; ///< ended, its full task is being read
    QHash<QString, bool> m_completed; ///< printed; true: completed
    bool m_reported = false;
    bool m_finished = false;
    bool m_badInput = false;
};

} // namespace taskreel
