// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

namespace taskreel {

/// The one selection: the current id and the set of selected ids. Table and grid map to it and it to
/// them; the pane, actions and poller read it. Ids survive sorting, filtering and change of view. GUI thread.
class TaskSelection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskSelection)

public:
    explicit TaskSelection(QObject *parent = nullptr) : QObject(parent) {}

    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] const QSet<QString> &selected() const { return m_selected; }
    void setCurrent(const QString &id);
    void setSelected(const QSet<QString> &ids);
    void set(const QString &current, const QSet<QString> &ids);
    /// Adds and drops ids without building a new set: views report their changes so.
    void change(const QStringList &taken, const QStringList &dropped);
    void removeIds(const QStringList &ids);

Q_SIGNALS:
    void currentChanged(const QString &id);
    void selectedChanged();

private:
    QString m_current;
    QSet<QString> m_selected;
};

} // namespace taskreel
