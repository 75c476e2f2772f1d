// SPDX-License-Identifier: MIT
#pragma once

#include "ui/details/showitem.h"

#include <QHash>
#include <QScrollArea>

class QHBoxLayout;

namespace taskreel {

class MediaLibrary;
class Theme;
class WorkThumb;
struct LocalMedia;

/// The works of the shown task as thumbnails, one of them checked; scrolls sideways. Fetches their
/// covers in the background. GUI thread.
class WorksStrip final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorksStrip)

public:
    /// @param theme, library borrowed, outlive this
    WorksStrip(Theme *theme, MediaLibrary *library, QWidget *parent = nullptr);
    ~WorksStrip() override;

    void setItems(const QString &taskId, const QList<ShowItem> &items);
    void setCurrent(int index);
    [[nodiscard]] QSize sizeHint() const override; ///< all thumbnails side by side
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int index);

private:
    void clear();
    void obtainCover(int index, const ShowItem &item);
    void takeCover(const AssetId &asset, const LocalMedia &file);
    void decode(const QList<int> &indices, const LocalMedia &file);

    Theme *m_theme;
    MediaLibrary *m_library;
    QHBoxLayout *m_row;
    QString m_taskId;
    QList<ShowItem> m_items;
    QList<WorkThumb *> m_thumbs;
    QHash<AssetId, QList<int>> m_wanted; ///< covers on their way, and whose they are
    quint64 m_generation = 0;
};

} // namespace taskreel
