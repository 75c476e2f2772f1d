// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QLabel;
class QMenu;
class QModelIndex;
class QPoint;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace taskreel {

class ActionRegistry;
class DownloadTableModel;
class DownloadTableView;
class Theme;

/// The queue of downloads with what can be done to it: a line of buttons, all from the registry,
/// over a table, or words that teach while there is nothing in it. GUI thread.
class DownloadsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadsPanel)

public:
    /// All borrowed, all outlive the panel.
    struct Services
    {
        Theme *theme = nullptr;
        DownloadTableModel *model = nullptr;
        ActionRegistry *actions = nullptr;
    };
    explicit DownloadsPanel(const Services &services, QWidget *parent = nullptr);

    [[nodiscard]] QList<AssetId> selected() const; ///< in the queue's order
    [[nodiscard]] DownloadTableView *view() const { return m_view; }
    void keepInSight(); ///< the current row, after it was moved

Q_SIGNALS:
    void selectionChanged();
    void activated(); ///< a row, by double click or Enter
    void closePressed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QHBoxLayout *makeBar();
    [[nodiscard]] QWidget *makeEmpty();
    [[nodiscard]] QMenu *makeMenu();
    [[nodiscard]] QToolButton *makeIcon(QLatin1StringView id, const QString &name);
    [[nodiscard]] QPushButton *makeWords(QLatin1StringView id, const QString &text,
                                         const QString &name);
    void follow(QAbstractButton *button, QLatin1StringView id);
    void showMore();
    void showPage();
    void fold();

    Services m_services;
    DownloadTableView *m_view;
    QStackedWidget *m_pages;
    QWidget *m_empty;
    QLabel *m_title;
    QList<QPushButton *> m_all; ///< what is done to all of them
    QToolButton *m_more; ///< the same in a menu, where there is no room
    QMenu *m_moreMenu;
    QMenu *m_menu;
};

} // namespace taskreel
