// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/keptkeeper.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace taskreel {

/// Lists the kept clips that could go, by what their loss would cost, and removes the chosen ones.
/// Those that are nowhere else are not chosen beforehand. Open it with open(). GUI thread.
class FreeSpaceDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FreeSpaceDialog)

public:
    /// @param keeper, repository, media borrowed, outlive the dialog
    FreeSpaceDialog(KeptKeeper *keeper, const TaskRepository *repository, const MediaLibrary *media,
                    QWidget *parent = nullptr);

private:
    void fill();
    QTreeWidgetItem *addClass(KeptClip::Class loss);
    void addClip(QTreeWidgetItem *group, const KeptClip &clip, qsizetype number);
    [[nodiscard]] QList<KeptClip> chosen() const;
    void showTotals();
    void removeChosen();

    KeptKeeper *m_keeper;
    const TaskRepository *m_repository;
    const MediaLibrary *m_media;
    QList<KeptClip> m_clips;
    QTreeWidget *m_tree;
    QLabel *m_total;
    QPushButton *m_remove;
    QTimer m_turn; ///< many check marks change at once
};

} // namespace taskreel
