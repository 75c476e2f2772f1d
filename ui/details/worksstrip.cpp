// SPDX-License-Identifier: MIT
#include "ui/details/worksstrip.h"

#include "core/domain/variantchoice.h"
#include "core/media/medialibrary.h"
#include "core/text/quantities.h"
#include "core/text/tooltips.h"
#include "ui/common/imagedecode.h"
#include "ui/details/workthumb.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace taskreel {

WorksStrip::WorksStrip(Theme *theme, MediaLibrary *library, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_library(library)
    , m_row(new QHBoxLayout)
{
    setObjectName(u"worksStrip"_s);
    setAccessibleName(tr("Works"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the wheel and the buttons scroll
    setWidgetResizable(true);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto *content = new QWidget;
    content->setLayout(m_row);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(measure::kGap - 2);
    m_row->addStretch(1);
    setWidget(content);
    connect(library, &MediaLibrary::obtained, this, &WorksStrip::takeCover);
    // What has failed is no longer ours to release.
    connect(library, &MediaLibrary::failed, this,
            [this](const AssetId &asset) { m_wanted.remove(asset); });
    hide();
}

WorksStrip::~WorksStrip()
{
    clear();
}

QSize WorksStrip::sizeHint() const
{
    const int count = int(m_thumbs.size());
    const int wide = count * (WorkThumb::kSize.width() + m_row->spacing());
    return {std::max(0, wide - m_row->spacing()), WorkThumb::kSize.height()};
}

QSize WorksStrip::minimumSizeHint() const
{
    return {m_thumbs.isEmpty() ? 0 : WorkThumb::kSize.width(), WorkThumb::kSize.height()};
}

void WorksStrip::clear()
{
    ++m_generation;
    for (auto it = m_wanted.cbegin(); it != m_wanted.cend(); ++it)
        m_library->release(it.key());
    m_wanted.clear();
    qDeleteAll(m_thumbs);
    m_thumbs.clear();
}

void WorksStrip::setItems(const QString &taskId, const QList<ShowItem> &items)
{
    if (taskId == m_taskId && items == m_items)
        return;
    clear();
    m_taskId = taskId;
    m_items = items;
    const int count = int(items.size());
    for (int i = 0; i < count && count > 1; ++i) {
        auto *thumb = new WorkThumb(m_theme, kindText(items[i].medium.kind), widget());
        const QString name = tr("Work %1 of %2").arg(i + 1).arg(count);
        thumb->setObjectName(u"work%1"_s.arg(i + 1));
        thumb->setAccessibleName(name);
        thumb->setToolTip(toolTipText(items[i].workLabel.isEmpty() ? name
                                                                   : name + u'\n' + items[i].workLabel));
        connect(thumb, &WorkThumb::clicked, this, [this, i] { Q_EMIT chosen(i); });
        m_row->insertWidget(i, thumb);
        m_thumbs.append(thumb);
        obtainCover(i, items[i]);
    }
    setVisible(count > 1);
    updateGeometry();
}

void WorksStrip::obtainCover(int index, const ShowItem &item)
{
    const Source *source = item.cover ? chooseSource(*item.cover, true) : nullptr;
    if (!source)
        return;
    const AssetId asset{m_taskId, item.cover->key, source->variant};
    if (const std::optional<LocalMedia> file = m_library->local(asset)) {
        decode({index}, *file);
        return;
    }
    QList<int> &owners = m_wanted[asset];
    owners.append(index);
    if (owners.size() == 1)
        m_library->obtain(asset, *source, MediaKind::Image, ObtainPriority::Background);
}

void WorksStrip::takeCover(const AssetId &asset, const LocalMedia &file)
{
    const QList<int> owners = m_wanted.take(asset);
    if (!owners.isEmpty())
        decode(owners, file);
}

void WorksStrip::decode(const QList<int> &indices, const LocalMedia &file)
{
    const quint64 generation = m_generation;
    const QSize bound = WorkThumb::kSize * 2 * devicePixelRatioF();
    decodeImage(file.path, bound, this,
                [this, generation, indices, pin = file.pin](const Result<QImage> &image) {
                    if (generation != m_generation || !image)
                        return;
                    for (const int index : indices)
                        m_thumbs[index]->setCover(*image);
                });
}

void WorksStrip::setCurrent(int index)
{
    for (int i = 0; i < m_thumbs.size(); ++i)
        m_thumbs[i]->setChecked(i == index);
    if (index >= 0 && index < m_thumbs.size())
        ensureWidgetVisible(m_thumbs[index], WorkThumb::kSize.width() / 2, 0);
}

} // namespace taskreel
