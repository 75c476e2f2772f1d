// SPDX-License-Identifier: MIT
#include "ui/window/pastebox.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <limits>

namespace taskreel {

PasteBox::PasteBox(QWidget *parent) : QLineEdit(parent)
{
    // The default of 32,767 characters would cut a text that an assistive tool puts in.
    setMaxLength(std::numeric_limits<int>::max());
}

void PasteBox::pasteFrom(int clipboardMode)
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData(QClipboard::Mode(clipboardMode));
    if (mime && (mime->hasText() || mime->hasUrls()))
        Q_EMIT pasted(mime);
}

void PasteBox::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Paste)) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    pasteFrom(QClipboard::Clipboard);
    event->accept();
}

void PasteBox::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::MiddleButton
        || !QGuiApplication::clipboard()->supportsSelection()) {
        QLineEdit::mouseReleaseEvent(event);
        return;
    }
    pasteFrom(QClipboard::Selection);
    event->accept();
}

void PasteBox::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (auto *paste = menu->findChild<QAction *>(QStringLiteral("edit-paste"))) {
        paste->disconnect(this); // its own way would put one line into the field
        connect(paste, &QAction::triggered, this, [this] { pasteFrom(QClipboard::Clipboard); });
    }
    menu->popup(event->globalPos());
}

void PasteBox::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasText() || event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void PasteBox::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    Q_EMIT pasted(event->mimeData());
}

} // namespace taskreel
