// SPDX-License-Identifier: MIT
#include "ui/list/filterchips.h"

#include "ui/common/chip.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr TaskFilter::Status kOrder[] = {
    TaskFilter::Status::All,    TaskFilter::Status::Completed, TaskFilter::Status::Running,
    TaskFilter::Status::Failed, TaskFilter::Status::NotSaved,
};

int countOf(const StatusCounts &counts, TaskFilter::Status status)
{
    switch (status) {
    case TaskFilter::Status::All:
        return counts.all;
    case TaskFilter::Status::Completed:
        return counts.completed;
    case TaskFilter::Status::Running:
        return counts.running;
    case TaskFilter::Status::Failed:
        return counts.failed;
    case TaskFilter::Status::NotSaved:
        return counts.notSaved;
    }
    return 0;
}

QString wordsFor(TaskFilter::Status status, int count)
{
    const QString number = QLocale().toString(count);
    switch (status) {
    case TaskFilter::Status::All:
        return FilterChips::tr("All %1").arg(number);
    case TaskFilter::Status::Completed:
        return FilterChips::tr("Completed %1").arg(number);
    case TaskFilter::Status::Running:
        return FilterChips::tr("Running %1").arg(number);
    case TaskFilter::Status::Failed:
        return FilterChips::tr("Failed %1").arg(number);
    case TaskFilter::Status::NotSaved:
        return FilterChips::tr("Not saved %1").arg(number);
    }
    return {};
}

QString nameOf(TaskFilter::Status status)
{
    static constexpr const char *kNames[] = {"All", "Completed", "Running", "Failed", "NotSaved"};
    return u"statusFilter"_s + QLatin1StringView(kNames[int(status)]);
}

} // namespace

FilterChips::FilterChips(TaskFilter *filter, Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_filter(filter)
    , m_starred(new Chip(theme, this))
    , m_combo(new QComboBox(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *group = new QButtonGroup(this);
    for (std::size_t i = 0; i < kCount; ++i) {
        auto *chip = new Chip(theme, this);
        chip->setObjectName(nameOf(kOrder[i]));
        group->addButton(chip, int(i));
        layout->addWidget(chip);
        m_chips[i] = chip;
        m_combo->addItem(QString());
    }
    m_combo->setObjectName(u"statusFilter"_s);
    m_combo->setAccessibleName(tr("Status filter"));
    m_combo->hide();
    layout->addWidget(m_combo);
    m_starred->setObjectName(u"starredFilter"_s);
    m_starred->setToolTip(tr("Only starred tasks"));
    layout->addWidget(m_starred);
    connect(m_starred, &QAbstractButton::clicked, this, &FilterChips::chooseStarred);
    layout->addStretch(1);
    connect(group, &QButtonGroup::idClicked, this, &FilterChips::choose);
    connect(m_combo, &QComboBox::currentIndexChanged, this, &FilterChips::choose);
    connect(filter, &TaskFilter::countsChanged, this, &FilterChips::showCounts);
    connect(filter, &TaskFilter::filterChanged, this, &FilterChips::showStatus);
    showCounts();
    showStatus();
}

void FilterChips::setCompact(bool compact)
{
    for (Chip *chip : m_chips)
        chip->setVisible(!compact);
    m_combo->setVisible(compact);
}

bool FilterChips::isCompact() const
{
    return !m_combo->isHidden();
}

int FilterChips::widthOfChips() const
{
    int width = m_starred->sizeHint().width();
    for (const Chip *chip : m_chips)
        width += chip->sizeHint().width() + layout()->spacing();
    return width;
}

QSize FilterChips::minimumSizeHint() const
{
    const int starred = m_starred->sizeHint().width() + layout()->spacing();
    return {m_combo->sizeHint().width() + starred, QWidget::minimumSizeHint().height()};
}

void FilterChips::showCounts()
{
    const StatusCounts counts = m_filter->counts();
    for (std::size_t i = 0; i < kCount; ++i) {
        const QString words = wordsFor(kOrder[i], countOf(counts, kOrder[i]));
        m_combo->setItemText(int(i), words);
        if (m_chips[i]->text() == words)
            continue;
        m_chips[i]->setText(words);
        m_chips[i]->updateGeometry();
    }
    const QString starred = u"★ "_s + QLocale().toString(counts.starred);
    if (m_starred->text() != starred) {
        m_starred->setText(starred);
        //: the chip's name for a screen reader; %1: how many tasks are starred
        m_starred->setAccessibleName(tr("Starred %1").arg(QLocale().toString(counts.starred)));
        m_starred->updateGeometry();
    }
}

void FilterChips::showStatus()
{
    for (std::size_t i = 0; i < kCount; ++i) {
        if (kOrder[i] != m_filter->status())
            continue;
        m_chips[i]->setChecked(true);
        m_combo->setCurrentIndex(int(i));
    }
    m_starred->setChecked(m_filter->criteria().mark == TaskCriteria::Mark::Starred);
}

void FilterChips::choose(int position)
{
    if (position >= 0 && position < int(kCount))
        m_filter->setStatus(kOrder[position]);
}

void FilterChips::chooseStarred(bool only)
{
    TaskCriteria criteria = m_filter->criteria();
    criteria.mark = only ? TaskCriteria::Mark::Starred : TaskCriteria::Mark::Any;
    m_filter->setCriteria(criteria);
}

} // namespace taskreel
