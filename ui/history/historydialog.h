// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace taskreel {

class HistoryImport;
class HistoryRange;
class HistoryTableModel;
class TaskPoller;
class TaskRepository;
class Theme;

/// *Import from history*: asks for a range and a model, shows what the account's history holds while it
/// is read, and hands over the ids that are not in the list yet. Closing it stops the reading. Open it
/// with open(). GUI thread.
class HistoryDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryDialog)

public:
    /// All borrowed, all outlive the dialog.
    struct Services
    {
        HistoryImport *history = nullptr;
        TaskRepository *repository = nullptr;
        TaskPoller *poller = nullptr;
        Theme *theme = nullptr;
    };
    explicit HistoryDialog(const Services &services, QWidget *parent = nullptr);

Q_SIGNALS:
    void importRequested(const QStringList &ids);
    void enterKeyRequested();

protected:
    void done(int result) override;

private:
    void makeTable();
    void makeButtons();
    void layOut();
    void start();
    void importNew();
    void showState();
    void showProgress();
    [[nodiscard]] QStringList knownModels() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString foundText() const;

    Services m_services;
    HistoryTableModel *m_model;
    HistoryRange *m_range;
    QTableView *m_table;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_search = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_enterKey = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_close = nullptr;
    QTimer m_second; ///< while all requests pause: the text counts down
};

} // namespace taskreel
