// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>
#include <QString>
#include <QTimer>

#include <functional>

namespace taskreel {

/// One line at the end of a terminal that says how far things are, rewritten at most four times a
/// second. What else is written there goes through above(). GUI thread.
class ProgressLine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProgressLine)

public:
    /// @param terminal borrowed, outlives this
    /// @param columns of the terminal; 0: it is none, nothing is shown
    ProgressLine(QIODevice *terminal, int columns, std::function<QString()> text,
                 QObject *parent = nullptr);
    ~ProgressLine() override; ///< the line goes

    void begin();
    /// Takes the line away for what `write` writes; it comes back with its next turn.
    void above(const std::function<void()> &write);
    void end(); ///< the line goes, for good

private:
    void show();
    void clear();

    QIODevice *m_terminal;
    int m_columns;
    std::function<QString()> m_text;
    QString m_shown;
    QTimer m_tick;
};

} // namespace taskreel
