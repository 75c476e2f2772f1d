// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/taskfilter.h"

#include <QWidget>
#include <array>

class QComboBox;

namespace taskreel {

class Chip;
class Theme;

/// The status filter with its counts: pills, or a combo box named `Status filter` where there is no room
/// for them; and ★, which goes along with each of them. GUI thread.
class FilterChips final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterChips)

public:
    FilterChips(TaskFilter *filter, Theme *theme, QWidget *parent = nullptr);

    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const;
    [[nodiscard]] int widthOfChips() const; ///< what the pills need
    /// The combo box's: so that the list can become narrower than the pills.
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    static constexpr std::size_t kCount = 5;

    void showCounts();
    void showStatus();
    void choose(int position);
    void chooseStarred(bool only);

    TaskFilter *m_filter;
    std::array<Chip *, kCount> m_chips{};
    Chip *m_starred;
    QComboBox *m_combo;
};

} // namespace taskreel
