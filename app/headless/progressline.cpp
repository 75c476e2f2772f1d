// SPDX-License-Identifier: MIT
#include "headless/progressline.h"

#include <algorithm>
#include <utility>

namespace taskreel {

using namespace std::chrono_literals;

static constexpr auto kTick = 250ms;
static constexpr char kStartOfLine[] = "\r\x1b[K"; ///< and what stands there is erased

ProgressLine::ProgressLine(QIODevice *terminal, int columns, std::function<QString()> text,
                           QObject *parent)
    : QObject(parent), m_terminal(terminal), m_columns(columns), m_text(std::move(text))
{
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &ProgressLine::show);
}

ProgressLine::~ProgressLine()
{
    end();
}

void ProgressLine::begin()
{
    if (m_columns > 0)
        m_tick.start();
}

void ProgressLine::end()
{
    m_tick.stop();
    clear();
}

void ProgressLine::above(const std::function<void()> &write)
{
    clear();
    write();
}

/// A line that is too long would wrap, and could not be taken back.
void ProgressLine::show()
{
    QString text = m_text();
    if (text.size() >= m_columns)
        text = text.left(std::max(m_columns - 2, 0)) + QChar(0x2026);
    if (text == m_shown)
        return;
    m_terminal->write(kStartOfLine + text.toUtf8());
    m_shown = text;
}

void ProgressLine::clear()
{
    if (!m_shown.isEmpty())
        m_terminal->write(kStartOfLine);
    m_shown.clear();
}

} // namespace taskreel
