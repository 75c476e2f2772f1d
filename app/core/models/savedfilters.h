// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/taskcriteria.h"

#include <QList>
#include <QObject>

namespace taskreel {

class AppSettings;

/// What the list shows, under a name.
struct NamedFilter
{
    QString name;
    TaskCriteria criteria;
    bool operator==(const NamedFilter &) const = default;
};

/// The filters that were given a name, in order of saving; kept with the window's state. GUI thread.
class SavedFilters final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SavedFilters)

public:
    static constexpr int kMost = 12; ///< more would not fit a low screen

    /// @param settings borrowed, outlives this
    explicit SavedFilters(AppSettings *settings, QObject *parent = nullptr);

    [[nodiscard]] const QList<NamedFilter> &all() const { return m_filters; }
    [[nodiscard]] bool canSave(const QString &name) const; ///< there is room, or it is known
    void save(const QString &name, const TaskCriteria &criteria); ///< replaces what had that name
    void removeAt(int position);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] qsizetype placeOf(const QString &name) const; ///< -1: unknown
    void write();

    AppSettings *m_settings;
    QList<NamedFilter> m_filters;
};

} // namespace taskreel
