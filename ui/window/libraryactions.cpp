// SPDX-License-Identifier: MIT
#include "ui/window/libraryactions.h"

#include "core/appcontext.h"
#include "core/downloads/keptkeeper.h"
#include "core/exchange/libraryexchange.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "core/text/exchangetext.h"
#include "core/text/quantities.h"
#include "ui/common/actionregistry.h"
#include "ui/desktop/openexternally.h"
#include "ui/downloads/verifydialog.h"
#include "ui/settings/exportdialog.h"
#include "ui/settings/freespacedialog.h"
#include "ui/window/actionids.h"
#include "ui/window/noticeboard.h"

#include <QDate>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

namespace taskreel {

using namespace Qt::StringLiterals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr int kShortMs = 12'000;
const QString kSuffix = u"taskreel"_s;

QString fileFilter()
{
    return LibraryActions::tr("Taskreel library (*.taskreel)");
}

QString number(qint64 value)
{
    return QLocale().toString(value);
}

} // namespace

LibraryActions::LibraryActions(AppContext *context, ActionRegistry *actions, QWidget *window)
    : QObject(window)
    , m_context(context)
    , m_actions(actions)
    , m_window(window)
{
    actions->add({.id = actionid::kExportLibrary, .text = tr("E&xport library…")}, this,
                 [this] { openExport(); });
    actions->add({.id = actionid::kImportLibrary, .text = tr("&Import library…")}, this,
                 [this] { chooseImportFile(); });
    actions->add({.id = actionid::kFreeSpace, .text = tr("F&ree space…")}, this,
                 [this] { openFreeSpace(); });
    actions->add({.id = actionid::kVerifyLibrary, .text = tr("&Verify library…")}, this,
                 [this] { openVerify(); });
    update();
}

void LibraryActions::attach(NoticeBoard *board)
{
    m_board = board;
    connect(m_context, &AppContext::ready, this, &LibraryActions::update);
    connect(m_context->keeper(), &KeptKeeper::released, this, [this](int files, qint64 bytes, bool asked) {
        if (asked)
            m_board->post(Topic::Exchange,
                          {.level = Notice::Level::Success,
                           .text = tr("%1 freed (clips: %2).").arg(bytesText(bytes), number(files))},
                          kShortMs);
    });
    LibraryExchange *exchange = m_context->exchange();
    if (!exchange)
        return;
    connect(exchange, &LibraryExchange::busyChanged, this, &LibraryActions::update);
    connect(exchange, &LibraryExchange::progress, this, &LibraryActions::showProgress);
    connect(exchange, &LibraryExchange::exported, this, &LibraryActions::showExported);
    connect(exchange, &LibraryExchange::imported, this, &LibraryActions::showImported);
    connect(exchange, &LibraryExchange::failed, this, &LibraryActions::showFailed);
}

void LibraryActions::update()
{
    const LibraryExchange *exchange = m_context->exchange();
    const bool can = exchange && !exchange->isBusy();
    m_actions->action(actionid::kExportLibrary)->setEnabled(can);
    m_actions->action(actionid::kImportLibrary)->setEnabled(can);
    m_actions->action(actionid::kFreeSpace)->setEnabled(!exchange || can);
}

void LibraryActions::openFreeSpace()
{
    if (m_context->exchange() && m_context->exchange()->isBusy())
        return; // an export may be reading what would go; its notice is shown
    auto *dialog = new FreeSpaceDialog(m_context->keeper(), m_context->repository(), m_context->media(),
                                       m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void LibraryActions::openVerify()
{
    if (!m_verify) {
        m_verify = new VerifyDialog(
            {m_context->verifier(), m_context->downloads(), m_context->repository()}, m_window);
        m_verify->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_verify->show();
    m_verify->raise();
    m_verify->activateWindow();
}

void LibraryActions::openExport()
{
    auto *dialog =
            new ExportDialog(m_context->repository()->count(), m_context->media()->keptBytes(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::chosen, this, &LibraryActions::chooseExportFile);
    dialog->open();
}

void LibraryActions::chooseExportFile(bool withClips)
{
    auto *dialog = new QFileDialog(m_window, tr("Export library"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   fileFilter());
    dialog->setObjectName(u"exportFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(kSuffix);
    dialog->selectFile(tr("Taskreel library %1").arg(QDate::currentDate().toString(Qt::ISODate)) + u'.'
                       + kSuffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, withClips](const QString &path) {
        begin(true);
        m_context->exchange()->exportTo(path, withClips);
    });
    dialog->open();
}

void LibraryActions::chooseImportFile()
{
    auto *dialog = new QFileDialog(m_window, tr("Import library"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   fileFilter() + u";;"_s + tr("All files (*)"));
    dialog->setObjectName(u"importFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        begin(false);
        m_context->exchange()->importFrom(path);
    });
    dialog->open();
}

void LibraryActions::begin(bool isExport)
{
    m_isExport = isExport;
    m_board->post(Topic::Exchange,
                  {.text = isExport ? tr("Exporting the library…") : tr("Importing a library…"),
                   .buttons = {{tr("Cancel"), [this] { m_context->exchange()->cancel(); }}},
                   .closable = false});
}

void LibraryActions::showProgress(bool clips, qint64 done, qint64 total)
{
    if (total <= 0)
        return;
    QString text;
    if (!clips)
        text = tr("Importing tasks: %1 of %2").arg(number(done), number(total));
    else if (m_isExport)
        text = tr("Exporting clips: %1 of %2").arg(bytesText(done), bytesText(total));
    else
        text = tr("Importing clips: %1 of %2").arg(bytesText(done), bytesText(total));
    m_board->reword(Topic::Exchange, text);
}

void LibraryActions::showExported(const ExportReport &report)
{
    QString text = tr("Library exported as %1 (tasks: %2, clips: %3, %4).")
                           .arg(QFileInfo(report.path).fileName(), number(report.tasks),
                                number(report.clips), bytesText(report.bytes));
    if (report.clipsLeftOut > 0)
        text += u' ' + tr("Clips that could not be read and were left out: %1.").arg(report.clipsLeftOut);
    m_board->post(Topic::Exchange,
                  {.level = report.clipsLeftOut > 0 ? Notice::Level::Warning : Notice::Level::Success,
                   .text = text,
                   .buttons = {{tr("Show in folder"), [report] { showInFolder(report.path); }}}});
}

void LibraryActions::showImported(const ImportReport &report)
{
    QString text = tr("Imported: %1 added, %2 already here; clips: %3.")
                           .arg(number(report.added), number(report.known), number(report.clips));
    if (report.cancelled)
        text = tr("Import stopped.") + u' ' + text;
    if (report.clipsDamaged > 0)
        text += u' ' + tr("Clips that were damaged and left out: %1.").arg(report.clipsDamaged);
    const bool whole = !report.cancelled && report.clipsDamaged == 0;
    m_board->post(Topic::Exchange,
                  {.level = whole ? Notice::Level::Success : Notice::Level::Warning, .text = text});
}

void LibraryActions::showFailed(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled) {
        m_board->post(Topic::Exchange,
                      {.text = m_isExport ? tr("Export cancelled.") : tr("Import cancelled.")}, kShortMs);
        return;
    }
    m_board->post(Topic::Exchange,
                  {.level = Notice::Level::Error, .text = exchangeErrorSentence(error)});
}

} // namespace taskreel
