// SPDX-License-Identifier: MIT
#include "ui/settings/freespacedialog.h"

#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNumberRole = Qt::UserRole; ///< of the clip in the dialog's list
constexpr QSize kRow{0, 28};

QString nameOf(KeptClip::Class loss)
{
    switch (loss) {
    case KeptClip::Class::AlsoSaved:
        return FreeSpaceDialog::tr("Also saved: the saved files stay");
    case KeptClip::Class::RemovedTask:
        return FreeSpaceDialog::tr("Of tasks that are not in the list any more");
    case KeptClip::Class::OnlyHere:
        break;
    }
    return FreeSpaceDialog::tr("Watched and not saved: kept nowhere else");
}

} // namespace

FreeSpaceDialog::FreeSpaceDialog(KeptKeeper *keeper, const TaskRepository *repository,
                                 const MediaLibrary *media, QWidget *parent)
    : QDialog(parent)
    , m_keeper(keeper)
    , m_repository(repository)
    , m_media(media)
    , m_clips(keeper->clips())
    , m_tree(new QTreeWidget)
    , m_total(new QLabel)
{
    setObjectName(u"freeSpaceDialog"_s);
    setWindowTitle(tr("Free space"));
    auto *words = new QLabel(tr("Kept clips and covers take %1; the limit is %2. Covers of tasks in the list "
                                "stay.")
                                     .arg(bytesText(media->keptBytes()), bytesText(media->keptBudget())));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    m_tree->setObjectName(u"freeSpaceClips"_s);
    m_tree->setAccessibleName(tr("Clips to remove"));
    m_tree->setHeaderLabels({tr("Clip"), tr("Size"), tr("Last shown")});
    for (const int column : {1, 2})
        m_tree->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setStretchLastSection(false);
    m_total->setObjectName(u"freeSpaceTotal"_s);
    m_total->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_remove = buttons->addButton(tr("Remove clips"), QDialogButtonBox::AcceptRole);
    m_remove->setObjectName(u"freeSpaceRemove"_s);
    m_remove->setAccessibleName(tr("Remove clips"));
    auto *layout = new QVBoxLayout(this);
    constexpr int kMargin = measure::kMargin + measure::kGrid;
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(measure::kGap);
    layout->addWidget(words);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_total);
    layout->addWidget(buttons);
    resize(680, 460);
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    fill();
    showTotals();
    connect(&m_turn, &QTimer::timeout, this, &FreeSpaceDialog::showTotals);
    connect(m_tree, &QTreeWidget::itemChanged, this, [this] { m_turn.start(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &FreeSpaceDialog::removeChosen);
}

void FreeSpaceDialog::fill()
{
    QHash<KeptClip::Class, QTreeWidgetItem *> groups;
    QHash<KeptClip::Class, std::pair<int, qint64>> sums;
    for (const auto loss : {KeptClip::Class::AlsoSaved, KeptClip::Class::RemovedTask,
                            KeptClip::Class::OnlyHere})
        groups.insert(loss, addClass(loss));
    auto *inUse = new QTreeWidgetItem(m_tree); // no choice, so no check boxes
    inUse->setSizeHint(0, kRow);
    for (qsizetype i = 0; i < m_clips.size(); ++i) {
        const KeptClip &clip = m_clips.at(i);
        addClip(clip.inUse ? inUse : groups.value(clip.loss), clip, i);
        if (clip.inUse)
            continue;
        sums[clip.loss].first += 1;
        sums[clip.loss].second += clip.file.bytes;
    }
    for (auto it = groups.cbegin(); it != groups.cend(); ++it) {
        const auto [count, bytes] = sums.value(it.key());
        //: %1: a class of clips, %2: how many
        it.value()->setText(0, tr("%1 (%2)").arg(nameOf(it.key()), QLocale().toString(count)));
        it.value()->setText(1, bytesText(bytes));
        it.value()->setHidden(count == 0);
        it.value()->setExpanded(it.key() == KeptClip::Class::OnlyHere);
    }
    //: clips that are shown or copied just now; %1: how many
    inUse->setText(0, tr("In use now: they stay (%1)").arg(QLocale().toString(inUse->childCount())));
    inUse->setHidden(inUse->childCount() == 0);
    m_tree->resizeColumnToContents(1);
    m_tree->resizeColumnToContents(2);
    m_tree->setColumnWidth(2, m_tree->columnWidth(2) + 2 * measure::kGap);
}

QTreeWidgetItem *FreeSpaceDialog::addClass(KeptClip::Class loss)
{
    auto *group = new QTreeWidgetItem(m_tree);
    group->setFlags(group->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
    group->setSizeHint(0, kRow);
    group->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    group->setCheckState(0, loss == KeptClip::Class::OnlyHere ? Qt::Unchecked : Qt::Checked);
    return group;
}

void FreeSpaceDialog::addClip(QTreeWidgetItem *group, const KeptClip &clip, qsizetype number)
{
    auto *item = new QTreeWidgetItem;
    const QString &id = clip.file.asset.taskId;
    const TaskSummary *row = m_repository->find(id);
    const QString name = row && !row->prompt.isEmpty() ? row->prompt.simplified() : id;
    item->setSizeHint(0, kRow);
    item->setText(0, name);
    item->setText(1, bytesText(clip.file.bytes));
    for (const int column : {1, 2})
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    if (clip.file.lastShownAt.isValid())
        item->setText(2, relativeTimeText(clip.file.lastShownAt, QDateTime::currentDateTimeUtc()));
    item->setData(0, kNumberRole, number);
    item->setFlags((item->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsAutoTristate);
    if (clip.inUse)
        item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
    else
        item->setCheckState(0, clip.loss == KeptClip::Class::OnlyHere ? Qt::Unchecked : Qt::Checked);
    group->addChild(item);
}

QList<KeptClip> FreeSpaceDialog::chosen() const
{
    QList<KeptClip> clips;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = m_tree->topLevelItem(i);
        for (int j = 0; j < group->childCount(); ++j) {
            const QTreeWidgetItem *item = group->child(j);
            const KeptClip &clip = m_clips.at(item->data(0, kNumberRole).toLongLong());
            if (item->checkState(0) == Qt::Checked && !clip.inUse)
                clips.append(clip);
        }
    }
    return clips;
}

void FreeSpaceDialog::showTotals()
{
    const QList<KeptClip> clips = chosen();
    qint64 bytes = 0;
    for (const KeptClip &clip : clips)
        bytes += clip.file.bytes;
    m_remove->setEnabled(!clips.isEmpty());
    if (clips.isEmpty()) {
        m_total->setText(m_clips.isEmpty() ? tr("No clip is kept: there is nothing to remove.")
                                           : tr("Choose the clips to remove."));
        return;
    }
    //: %1: a size, %2: how many, %3: a size
    m_total->setText(tr("Frees %1 (clips: %2). Then kept files take %3.")
                         .arg(bytesText(bytes), QLocale().toString(clips.size()),
                              bytesText(m_media->keptBytes() - bytes)));
}

void FreeSpaceDialog::removeChosen()
{
    m_keeper->release(chosen());
    accept();
}

} // namespace taskreel
