// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace taskreel {

class Theme;

/// One work in the strip: its cover, or its kind in words. Checked: the one on the stage. GUI thread.
class WorkThumb final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorkThumb)

public:
    static constexpr QSize kSize{96, 54};

    /// @param theme borrowed, outlives this
    WorkThumb(Theme *theme, const QString &kind, QWidget *parent = nullptr);

    void setCover(const QImage &cover);
    [[nodiscard]] QSize sizeHint() const override { return kSize; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme *m_theme;
    QString m_kind;
    QImage m_cover;
    QImage m_scaled; ///< for the widget's pixels
};

} // namespace taskreel
