// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QCheckBox;

namespace taskreel {

/// Asks what an export of the library is to hold; where it goes is asked afterwards. Open it with
/// open(). GUI thread.
class ExportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)

public:
    /// @param tasks in the list
    /// @param clipBytes what the kept clips take
    ExportDialog(int tasks, qint64 clipBytes, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(bool withClips);

private:
    QCheckBox *m_withClips;
};

} // namespace taskreel
