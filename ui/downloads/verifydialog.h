// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace taskreel {

class DownloadQueue;
class LibraryVerifier;
class TaskRepository;
class VerifyTableModel;

/// *Verify library*: how far the verification of the saved files is, what is not fine, and the way
/// to get it back. The verification goes on when the dialog is closed. Open it with show(): it is
/// not modal. GUI thread.
class VerifyDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VerifyDialog)

public:
    /// All borrowed, all outlive the dialog.
    struct Services
    {
        LibraryVerifier *verifier = nullptr;
        DownloadQueue *queue = nullptr;
        TaskRepository *repository = nullptr;
    };
    /// Begins a verification, unless one is under way.
    explicit VerifyDialog(const Services &services, QWidget *parent = nullptr);

private:
    void makeTable();
    void makeButtons();
    void layOut();
    void start();
    void saveAgain();
    void showCurrentInFolder();
    void showState();
    void showProgress();
    void showButtons();
    [[nodiscard]] QList<int> chosenRows() const; ///< the selected ones, else all
    [[nodiscard]] bool hasSelection() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString findingsText() const;

    Services m_services;
    VerifyTableModel *m_model;
    QTableView *m_table;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_stop = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_download = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace taskreel
