// SPDX-License-Identifier: MIT
#pragma once

#include <QSplitter>
#include <array>

namespace taskreel {

/// The picture and what is known about it: one below the other, or side by side where it is wide and low.
/// Gives the picture the height that a wide clip needs, until somebody moves the line. GUI thread.
class PaneSplitter final : public QSplitter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaneSplitter)

public:
    PaneSplitter(QWidget *picture, QWidget *details, QWidget *parent = nullptr);

    /// Where the line was put for either direction, as opaque bytes.
    [[nodiscard]] QByteArray shares() const;
    void setShares(const QByteArray &shares); ///< what cannot be read is ignored
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sharesChanged(); ///< by hand

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void rememberShare();
    [[nodiscard]] std::size_t direction() const { return orientation() == Qt::Vertical ? 0 : 1; }

    std::array<double, 2> m_shares{-1, -1}; ///< of the picture; below 0: nobody moved the line
};

} // namespace taskreel
