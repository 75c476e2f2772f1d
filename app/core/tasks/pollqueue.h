// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <set>
#include <tuple>

namespace taskreel {

/// The tasks that TaskPoller still has to ask, ordered by due time, and those due by rank. Pure;
/// every operation is O(log n) but shift() and ids(). Times are UTC ms.
class PollQueue
{
public:
    enum class Phase {
        Waiting, ///< not due yet
        Ready, ///< due; goes when there is room
        Asking, ///< on its way
    };
    enum Rank { Selected, Visible, Usual };

    struct Entry
    {
        Phase phase = Phase::Waiting;
        Rank rank = Usual;
        qint64 dueMs = 0;
        qint64 order = 0; ///< of adding: decides between equal due times
        bool first = true; ///< nothing came back for it yet: not bounded by the rate
        bool forced = false; ///< asked for by the user
        int answers = 0; ///< unfinished ones in this run
        int failures = 0; ///< in a row
    };

    /// Adds it as waiting. An entry of that id is replaced.
    void add(const QString &id, const Entry &entry);
    void remove(const QString &id);
    void wait(const QString &id, qint64 dueMs);
    void asking(const QString &id);
    void setRank(const QString &id, Rank rank);
    /// What does not decide the order may be changed through edit().
    template<typename Change>
    void edit(const QString &id, Change change)
    {
        const auto it = m_entries.find(id);
        if (it == m_entries.end())
            return;
        unlink(id, *it);
        change(*it);
        link(id, *it);
    }

    /// Waiting ones whose time has come become ready. @return these
    QStringList takeDue(qint64 nowMs);
    /// The next to be asked; empty if none.
    /// @param againToo false: the rate allows first asks only
    [[nodiscard]] QString nextReady(bool againToo) const;
    [[nodiscard]] std::optional<qint64> nextDueMs() const; ///< of the waiting ones
    [[nodiscard]] QString nextWaiting() const; ///< the one due first; empty if none waits
    [[nodiscard]] bool hasReady() const { return !m_readyFirst.empty() || !m_readyAgain.empty(); }

    [[nodiscard]] const Entry *
    find(const QString &id) const; ///< null if unknown; until the next change
    [[nodiscard]] QStringList ids() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }
    void shift(qint64 byMs); ///< the clock was set: all due times move with it

private:
    using ByDue = std::tuple<qint64, qint64, QString>; ///< due, order, id
    using ByRank = std::tuple<int, qint64, qint64, QString>; ///< rank, due, order, id

    void link(const QString &id, const Entry &entry);
    void unlink(const QString &id, const Entry &entry);
    [[nodiscard]] static ByRank byRank(const QString &id, const Entry &entry);

    QHash<QString, Entry> m_entries;
    std::set<ByDue> m_waiting;
    std::set<ByRank> m_readyFirst;
    std::set<ByRank> m_readyAgain;
};

} // namespace taskreel
