// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"

#include <QHash>
#include <QObject>
#include <QRandomGenerator>
#include <QSet>
#include <QTimer>

namespace taskreel {
struct IntakeReport;
}

/// The program that the kill test ends: takes tasks in, has them fetched and edits them without a pause.
/// Says on stdout what it is about to do (`try`) and what the library has acknowledged (`done`), one
/// line each, written at once. Lives until it is killed.
class KillChild final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KillChild)

public:
    /// @param firstNumber edits are numbered from here, so that they grow from life to life
    KillChild(const QString &folder, const QUrl &service, quint32 seed, qint64 firstNumber);

private:
    void begin();
    void act();
    void takeIn();
    void mark(const QString &id);
    void removeOrRestore(const QString &id);
    void save(const QString &id);
    void takeReport(const taskreel::IntakeReport &report);
    void takeChanges(const QStringList &ids);
    [[nodiscard]] QString anyTask();
    void doAndConfirm(const QString &line);
    static void say(const QString &line);

    QRandomGenerator m_random;
    qint64 m_number;
    taskreel::AppContext m_context;
    QTimer m_next;
    QStringList m_removed; ///< in this life
    QHash<QString, QString> m_saving; ///< row id to the file that is being recorded
    QSet<QString> m_answered; ///< said already
    int m_added = 0;
};
