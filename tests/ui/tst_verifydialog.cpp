// SPDX-License-Identifier: MIT
#include "core/downloads/downloadqueue.h"
#include "core/downloads/libraryverifier.h"
#include "support/isolation.h"
#include "ui/common/actionregistry.h"
#include "ui/downloads/verifydialog.h"
#include "ui/window/actionids.h"
#include "windowfixture.h"

#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

// *Verify library* in the real window: saved files are harmed on the disk, found, and got back by
// the dialog's own buttons.
class TestVerifyDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingSavedYet();
    void allFine();
    void harmIsListedAndMended();
    void onlyTheSelectedOnes();
    void stopAndVerifyAgain();
    void closedWhileItRuns();
    void aRemovedTaskSaysSo();
    void oneDialog();

private:
    void saveSome();
    void openDialog();
    void waitForTheEnd();
    void press(const char *objectName);
    [[nodiscard]] QPushButton *button(const char *objectName) const
    {
        return m_dialog->findChild<QPushButton *>(QLatin1StringView(objectName));
    }
    [[nodiscard]] QTableView *table() const
    {
        return m_dialog->findChild<QTableView *>(u"verifyFiles"_s);
    }
    [[nodiscard]] QString summary() const
    {
        return descriptionOf(m_dialog->findChild<QLabel *>(u"verifySummary"_s));
    }
    [[nodiscard]] QString found(int row) const
    {
        return table()->model()->index(row, 0).data().toString();
    }
    [[nodiscard]] static QByteArray contentOf(const QString &path);
    void change(const QString &path);
    [[nodiscard]] QStringList finds() const; ///< the first column, sorted

    std::unique_ptr<WindowFixture> m_fixture;
    QList<StoredFile> m_files; ///< saved, sorted by path
    QPointer<VerifyDialog> m_dialog;
};

void TestVerifyDialog::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_fixture->open(m_fixture->profile());
    m_files.clear();
}

void TestVerifyDialog::cleanup()
{
    m_fixture.reset();
}

void TestVerifyDialog::saveSome()
{
    m_fixture->fetch(m_fixture->script.taskIds());
    DownloadQueue *queue = m_fixture->context->downloads();
    QStringList ids;
    const QStringList all = m_fixture->context->repository()->ids();
    for (const QString &id : all) {
        if (m_fixture->row(id)->status == TaskStatus::Completed && ids.size() < 4)
            ids.append(id);
    }
    QSignalSpy finished(queue, &DownloadQueue::finished);
    queue->saveTasks(ids, VariantWish::Unwatermarked);
    SOON_COMPARE(finished.count(), 1);
    QCOMPARE(finished.at(0).at(1).toInt(), 0);
    m_files = queue->savedFiles();
    QVERIFY(m_files.size() >= 4);
    std::ranges::sort(m_files, {}, &StoredFile::path);
}

void TestVerifyDialog::openDialog()
{
    m_fixture->window->actions()->action(actionid::kVerifyLibrary)->trigger();
    m_dialog = m_fixture->window->findChild<VerifyDialog *>();
    QVERIFY(m_dialog);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(!m_dialog->isModal());
}

void TestVerifyDialog::waitForTheEnd()
{
    SOON_VERIFY(m_fixture->context->verifier()->state() != LibraryVerifier::State::Running);
    QVERIFY(button("verifyAgain")->isVisible());
    QVERIFY(!m_dialog->findChild<QProgressBar *>(u"verifyProgress"_s)->isVisible());
}

void TestVerifyDialog::press(const char *objectName)
{
    QVERIFY(button(objectName)->isEnabled());
    QTest::mouseClick(button(objectName), Qt::LeftButton);
}

QByteArray TestVerifyDialog::contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestVerifyDialog::change(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2));
    QVERIFY(file.write("damaged") == 7);
}

QStringList TestVerifyDialog::finds() const
{
    QStringList finds;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        finds.append(found(row));
    finds.sort();
    return finds;
}

void TestVerifyDialog::nothingSavedYet()
{
    openDialog();
    waitForTheEnd();
    QCOMPARE(summary(), u"Nothing has been saved yet, so there is nothing to verify."_s);
    QVERIFY(!button("verifyDownload")->isEnabled());
    QVERIFY(!button("verifyShow")->isEnabled());
}

void TestVerifyDialog::allFine()
{
    saveSome();
    openDialog();
    waitForTheEnd();
    QVERIFY2(summary().contains(u"all as they were saved"_s), qPrintable(summary()));
    QVERIFY(summary().startsWith(QString::number(m_files.size())));
    QCOMPARE(table()->model()->rowCount(), 0);
    QVERIFY(!button("verifyDownload")->isEnabled());
    press("verifyClose");
    SOON_VERIFY(!m_dialog);
}

void TestVerifyDialog::harmIsListedAndMended()
{
    saveSome();
    const QByteArray first = contentOf(m_files.at(0).path);
    const QByteArray second = contentOf(m_files.at(1).path);
    QVERIFY(QFile::remove(m_files.at(0).path));
    change(m_files.at(1).path);
    openDialog();
    waitForTheEnd();
    QCOMPARE(finds(), (QStringList{u"Changed"_s, u"Missing"_s}));
    QVERIFY2(summary().contains(u"missing: 1"_s) && summary().contains(u"changed: 1"_s),
             qPrintable(summary()));
    for (int i : {0, 1}) // the rows of the list have learnt it
        QCOMPARE(m_fixture->row(m_files.at(i).asset.taskId)->saveState, SaveState::Gone);

    QCOMPARE(button("verifyDownload")->text(), u"Download all again"_s);
    press("verifyDownload");
    QCOMPARE(finds(), (QStringList{u"On its way"_s, u"On its way"_s}));
    QVERIFY(!button("verifyDownload")->isEnabled());
    SOON_COMPARE(finds(), (QStringList{u"Saved again"_s, u"Saved again"_s}));
    QVERIFY2(summary().contains(u"saved again: 2"_s), qPrintable(summary()));
    const DownloadQueue *queue = m_fixture->context->downloads();
    QCOMPARE(contentOf(queue->savedFile(m_files.at(0).asset)->path), first);
    QCOMPARE(contentOf(queue->savedFile(m_files.at(1).asset)->path), second);
    for (int i : {0, 1})
        SOON_COMPARE(m_fixture->row(m_files.at(i).asset.taskId)->saveState, SaveState::Saved);
    table()->setCurrentIndex(table()->model()->index(0, 0));
    QVERIFY(button("verifyShow")->isEnabled());

    press("verifyAgain");
    waitForTheEnd();
    QVERIFY2(summary().contains(u"all as they were saved"_s), qPrintable(summary()));
    QCOMPARE(table()->model()->rowCount(), 0);
}

void TestVerifyDialog::onlyTheSelectedOnes()
{
    saveSome();
    for (int i : {0, 1, 2})
        QVERIFY(QFile::remove(m_files.at(i).path));
    openDialog();
    waitForTheEnd();
    QCOMPARE(table()->model()->rowCount(), 3);
    const QPoint place = table()->visualRect(table()->model()->index(1, 1)).center();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(button("verifyDownload")->text(), u"Download again"_s);
    QVERIFY(!button("verifyShow")->isEnabled()); // it is not there
    press("verifyDownload");
    SOON_COMPARE(found(1), u"Saved again"_s);
    QCOMPARE(found(0), u"Missing"_s);
    QCOMPARE(found(2), u"Missing"_s);
    QVERIFY(QFile::exists(m_files.at(1).path)); // under its own name again
    QVERIFY(!QFile::exists(m_files.at(0).path));
}

void TestVerifyDialog::stopAndVerifyAgain()
{
    saveSome();
    // A file that takes long to read, and no room on the disk.
    QFile hole(m_fixture->folder.filePath(u"!hole.mp4"_s));
    QVERIFY(hole.open(QIODevice::WriteOnly) && hole.resize(64LL << 30));
    m_fixture->context->downloads()->adoptSaved({{m_files.at(0).asset.taskId, u"hole"_s, {}},
                                                 hole.fileName(),
                                                 hole.size(),
                                                 QByteArray(32, 'x'),
                                                 QDateTime::currentDateTimeUtc(),
                                                 {}});
    openDialog();
    QVERIFY(m_dialog->findChild<QProgressBar *>(u"verifyProgress"_s)->isVisible());
    SOON_VERIFY(m_fixture->context->verifier()->progress().bytes > 0);
    QVERIFY2(summary().startsWith(u"Files: 0 of %1 · "_s.arg(m_files.size() + 1)),
             qPrintable(summary()));
    press("verifyStop");
    waitForTheEnd();
    QVERIFY2(summary().startsWith(u"Stopped after 0 of"_s), qPrintable(summary()));
    QVERIFY(hole.remove());
    press("verifyAgain");
    QVERIFY(button("verifyStop")->isVisible());
    waitForTheEnd();
    QCOMPARE(finds(), QStringList{u"Missing"_s});
}

void TestVerifyDialog::closedWhileItRuns()
{
    saveSome();
    QVERIFY(QFile::remove(m_files.at(0).path));
    openDialog();
    press("verifyClose");
    SOON_VERIFY(!m_dialog);
    const LibraryVerifier *verifier = m_fixture->context->verifier();
    SOON_COMPARE(verifier->state(), LibraryVerifier::State::Finished); // it went on
    QCOMPARE(verifier->findings().size(), 1);
    QCOMPARE(m_fixture->row(m_files.at(0).asset.taskId)->saveState, SaveState::Gone);
}

void TestVerifyDialog::aRemovedTaskSaysSo()
{
    saveSome();
    QVERIFY(QFile::remove(m_files.at(0).path));
    m_fixture->context->repository()->remove({m_files.at(0).asset.taskId});
    openDialog();
    waitForTheEnd();
    QCOMPARE(finds(), QStringList{u"Missing"_s});
    press("verifyDownload");
    SOON_COMPARE(finds(), QStringList{u"Its task is not in the list any more"_s});
    QVERIFY(button("verifyDownload")->isEnabled()); // it may come back by undo
}

void TestVerifyDialog::oneDialog()
{
    openDialog();
    QAction *action = m_fixture->window->actions()->action(actionid::kVerifyLibrary);
    action->trigger();
    QCOMPARE(m_fixture->window->findChildren<VerifyDialog *>().size(), 1);
    bool inMenu = false;
    const QList<QMenu *> menus = m_fixture->window->findChildren<QMenu *>();
    for (const QMenu *menu : menus)
        inMenu = inMenu || menu->actions().contains(action);
    QVERIFY(inMenu);
}

TASKREEL_TEST_MAIN(TestVerifyDialog, QApplication)
#include "tst_verifydialog.moc"
