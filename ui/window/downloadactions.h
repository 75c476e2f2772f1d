// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QObject>
#include <QPointer>

namespace taskreel {

class ActionRegistry;
class AppContext;
class DownloadsPanel;
struct DownloadRow;

/// What can be done to the files of the download queue, and when. The actions are added first
/// (buttons take them from the registry), the panel comes after. GUI thread.
class DownloadActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadActions)

public:
    /// Both borrowed, both outlive this.
    DownloadActions(AppContext *context, ActionRegistry *actions, QObject *parent = nullptr);

    void attach(DownloadsPanel *panel);

Q_SIGNALS:
    void said(const QString &sentence); ///< something that is not to be seen elsewhere

private:
    void addOfSelection();
    void addOfAll();
    [[nodiscard]] QList<AssetId> selected() const;
    /// Those of the selected ones for which this holds.
    [[nodiscard]] QList<AssetId> selectedThat(bool (*holds)(const DownloadRow &)) const;
    void pauseOrResume();
    void move(int by);
    void moveToTop();
    void showFile();
    void update();

    AppContext *m_context;
    ActionRegistry *m_actions;
    QPointer<DownloadsPanel> m_panel;
};

} // namespace taskreel
