// SPDX-License-Identifier: MIT
#include "ui/details/panesplitter.h"

#include <QDataStream>
#include <QIODevice>
#include <algorithm>

namespace taskreel {

namespace {
constexpr int kLow = 480; ///< px: below this height a wide pane goes side by side
constexpr int kWide = 560;
constexpr double kMostOfHeight = 0.66;
constexpr double kWideClip = 16.0 / 9;
constexpr int kAroundClip = 64; ///< px: the transport, and a little air
} // namespace

PaneSplitter::PaneSplitter(QWidget *picture, QWidget *details, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
{
    setChildrenCollapsible(false);
    addWidget(picture);
    addWidget(details);
    connect(this, &QSplitter::splitterMoved, this, &PaneSplitter::rememberShare);
}

QByteArray PaneSplitter::shares() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << m_shares[0] << m_shares[1];
    return bytes;
}

void PaneSplitter::setShares(const QByteArray &shares)
{
    QDataStream stream(shares);
    std::array<double, 2> read{-1, -1};
    stream >> read[0] >> read[1];
    const auto usable = [](double share) { return share < 1; }; // false for what is no number, too
    if (stream.status() != QDataStream::Ok || !std::all_of(read.cbegin(), read.cend(), usable))
        return;
    m_shares = read;
    arrange();
}

QSize PaneSplitter::minimumSizeHint() const
{
    // Side by side it may be lower than both on top of each other would be.
    QSize least = QSplitter::minimumSizeHint();
    for (int i = 0; i < count(); ++i)
        least.setHeight(i == 0 ? widget(i)->minimumSizeHint().height()
                               : std::max(least.height(), widget(i)->minimumSizeHint().height()));
    return {std::min(least.width(), kWide / 2), least.height()};
}

void PaneSplitter::resizeEvent(QResizeEvent *event)
{
    const bool sideways = height() < kLow && width() >= kWide;
    setOrientation(sideways ? Qt::Horizontal : Qt::Vertical);
    QSplitter::resizeEvent(event);
    arrange();
}

void PaneSplitter::arrange()
{
    const bool below = orientation() == Qt::Vertical;
    const int whole = below ? height() : width();
    const double share = m_shares[direction()];
    int picture = whole / 2;
    if (share >= 0)
        picture = int(share * whole);
    else if (below)
        picture = std::min(int(width() / kWideClip) + kAroundClip, int(whole * kMostOfHeight));
    setSizes({picture, whole - picture - handleWidth()});
}

void PaneSplitter::rememberShare()
{
    const int whole = orientation() == Qt::Vertical ? height() : width();
    if (whole <= 0)
        return;
    m_shares[direction()] = double(sizes().constFirst()) / whole;
    Q_EMIT sharesChanged();
}

} // namespace taskreel
