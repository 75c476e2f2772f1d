// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>
#include <QMimeData>

namespace taskreel {

/// Where task IDs are typed; whatever is pasted or dropped here goes on whole, of any size and with all
/// its lines, without a stop in the field. GUI thread.
class PasteBox final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PasteBox)

public:
    explicit PasteBox(QWidget *parent = nullptr);

Q_SIGNALS:
    void pasted(const QMimeData *mime);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    void pasteFrom(int clipboardMode);
};

} // namespace taskreel
