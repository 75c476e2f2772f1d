// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/domain/task.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/framecounter.h"
#include "support/isolation.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace taskreel;

// The main job on real input, by the real buttons: paste, see, play, switch the watermark, download. The clips'
// frame counter is read from the pixels of the stage.
class MainJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pasteSeePlaySwitchDownload();
    void removeAndBringBack();
    void errorTextIsShownLiterally();
    void keyRefusedIsSaidOnce();

private:
    Profile profile() const;
    void openWindow(const Profile &profile);
    void paste(const QString &text);
    void select(const QString &id);
    QString messageText() const;
    int counter() const;
    /// A finished task of the demo with both variants of a video.
    QString taskWithBothVariants() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<demo::DemoService> m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
};

void MainJob::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_service = std::make_unique<demo::DemoService>();
    m_script = std::make_unique<demo::DemoScript>(m_service.get());
    m_script->setSpeed(1000);
    QVERIFY(m_service->listen());
    m_theme = std::make_unique<Theme>();
}

void MainJob::cleanup()
{
    m_window.reset();
    m_context.reset();
    m_theme.reset();
    m_script.reset();
    m_service.reset();
    m_folder.reset();
}

Profile MainJob::profile() const
{
    Profile profile;
    profile.configFile = m_folder->filePath(u"settings.ini"_s);
    profile.dataFolder = m_folder->filePath(u"data"_s);
    profile.stateFolder = m_folder->filePath(u"state"_s);
    profile.cacheFolder = m_folder->filePath(u"cache"_s);
    profile.downloadFolder = m_folder->filePath(u"downloads"_s);
    profile.serviceUrl = m_service->baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    profile.useKeyring = false;
    return profile;
}

void MainJob::openWindow(const Profile &profile)
{
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, *m_theme);
    m_window->resize(1400, 880);
    m_window->show();
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    QVERIFY(ready.count() > 0 || ready.wait());
    m_window->activateWindow(); // no window manager does it here
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void MainJob::paste(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    auto *box = test::findByName<QLineEdit>(m_window.get(), u"Task IDs"_s);
    QVERIFY(box);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_V, Qt::ControlModifier);
}

void MainJob::select(const QString &id)
{
    auto *table = test::findByName<QTableView>(m_window.get(), u"Tasks"_s);
    QVERIFY(table);
    const QModelIndex index = m_context->filter()->indexOf(id, 1);
    QVERIFY(index.isValid());
    table->scrollTo(index);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
}

QString MainJob::messageText() const
{
    QWidget *message = test::findByName<QWidget>(m_window.get(), u"Message"_s);
    return message ? test::descriptionOf(message) : QString();
}

int MainJob::counter() const
{
    const auto *stage = m_window->findChild<VideoStage *>(u"stage"_s);
    return stage && stage->showsVideo() ? test::readFrameCounter(stage->picture()) : -1;
}

QString MainJob::taskWithBothVariants() const
{
    const QStringList ids = m_context->repository()->ids();
    for (const QString &id : ids) {
        const TaskSummary *row = m_context->repository()->find(id);
        if (row->status == TaskStatus::Completed && row->hasWatermarked && row->hasUnwatermarked
            && row->hasCover && row->kind == MediaKind::Video && row->durationMs < 6000)
            return id;
    }
    return {};
}

void MainJob::pasteSeePlaySwitchDownload()
{
    openWindow(profile());
    const QAbstractItemModelTester tester(m_context->filter());
    paste(u"please look at these:\n"_s + m_script->taskIds().join(u", "_s) + u"\nthanks"_s);
    QTRY_COMPARE(m_context->repository()->count(), m_script->taskIds().size());
    QTRY_VERIFY2(messageText().contains(QString::number(m_script->taskIds().size())),
                 qPrintable(messageText()));
    QTRY_VERIFY_WITH_TIMEOUT(!taskWithBothVariants().isEmpty(), 20'000);

    const QString id = taskWithBothVariants();
    select(id);
    QTRY_VERIFY_WITH_TIMEOUT(counter() >= 0, 20'000);
    const int first = counter();
    QTRY_VERIFY_WITH_TIMEOUT(counter() != first, 10'000);

    // Paused, the switch keeps the very frame.
    auto *pause = test::findByName<QAbstractButton>(m_window.get(), u"Pause"_s);
    QVERIFY(pause);
    QTest::mouseClick(pause, Qt::LeftButton);
    QTRY_VERIFY(test::findByName<QAbstractButton>(m_window.get(), u"Play"_s));
    auto *stage = m_window->findChild<VideoStage *>(u"stage"_s);
    QTest::qWait(300); // a late frame of the pause must not count as the switch's
    const int before = counter();
    const QImage pictureBefore = stage->picture();
    auto *toggle = test::findByName<QAbstractButton>(m_window.get(), u"Without watermark"_s);
    QVERIFY(toggle);
    QVERIFY(toggle->isChecked());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(stage->picture() != pictureBefore, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(counter(), before, 10'000);
    QVERIFY(!toggle->isChecked());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(counter(), before, 10'000);

    auto *download = test::findByName<QAbstractButton>(m_window.get(), u"Download"_s);
    QVERIFY(download);
    QTest::mouseClick(download, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_context->repository()->find(id)->saveState, SaveState::Saved, 20'000);
    const QString saved = m_context->repository()->find(id)->savedPath;
    QVERIFY2(QFileInfo(saved).size() > 1000, qPrintable(saved));
    QVERIFY(saved.startsWith(m_folder->filePath(u"downloads"_s)));
}

void MainJob::removeAndBringBack()
{
    openWindow(profile());
    const QStringList ids = m_script->taskIds().mid(0, 5);
    paste(ids.join(u' '));
    QTRY_COMPARE(m_context->repository()->count(), 5);
    QTRY_VERIFY_WITH_TIMEOUT(!taskWithBothVariants().isEmpty(), 20'000);
    const QString id = taskWithBothVariants();
    const TaskSummary before = *m_context->repository()->find(id);
    select(id);
    auto *table = test::findByName<QTableView>(m_window.get(), u"Tasks"_s);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(!m_context->repository()->contains(id));
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(m_context->repository()->contains(id));
    QCOMPARE(*m_context->repository()->find(id), before);
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!m_context->repository()->contains(id));
}

void MainJob::errorTextIsShownLiterally()
{
    const QString id = u"7f9b6f1e-3c1a-4a53-9a6e-0d2c9d5f0a11"_s;
    const QString text = u"<img src='file:///x'>"_s;
    m_service->handle("/api/v1/task/" + id.toLatin1(), [id, text](const demo::Request &) {
        demo::Response response;
        response.headers.emplaceBack("Content-Type", "application/json");
        response.body = u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"model\":\"kling\",\"status\":\"failed\","
                        "\"error\":{\"code\":1,\"raw_message\":\"%2\",\"message\":\"\"}}}"_s.arg(id, text)
                            .toUtf8();
        return response;
    });
    openWindow(profile());
    paste(id);
    QTRY_VERIFY(m_context->repository()->contains(id));
    QTRY_COMPARE_WITH_TIMEOUT(m_context->repository()->find(id)->status, TaskStatus::Failed, 10'000);
    select(id);
    const QModelIndex status = m_context->filter()->indexOf(
        id, static_cast<int>(TaskTableModel::Column::Status));
    QTRY_VERIFY(status.data(Qt::AccessibleTextRole).toString().contains(text)
                || status.data(Qt::DisplayRole).toString().contains(text));
    // A tooltip guesses rich text: there the text must be escaped.
    QVERIFY(!status.data(Qt::ToolTipRole).toString().contains(u"<img"_s));
    // The pane shows it in labels that are told to be plain.
    bool shown = false;
    const QList<QLabel *> labels = m_window->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (!label->text().contains(u"<img"_s))
            continue;
        QCOMPARE(label->textFormat(), Qt::PlainText);
        shown = true;
    }
    QTRY_VERIFY(shown || !messageText().isEmpty());
}

void MainJob::keyRefusedIsSaidOnce()
{
    Profile wrong = profile();
    wrong.fixedKey = u"not-the-key"_s;
    openWindow(wrong);
    paste(m_script->taskIds().mid(0, 12).join(u'\n'));
    QTRY_VERIFY2_WITH_TIMEOUT(test::findByName<QAbstractButton>(m_window.get(), u"Enter API key"_s),
                              qPrintable(messageText()), 10'000);
    QVERIFY(test::findByName<QAbstractButton>(m_window.get(), u"Try again"_s));
    // At most the requests that were on their way when the first was refused.
    QVERIFY(m_service->requestsTo("/api/v1/task/").size() <= 6);
    QTRY_COMPARE(m_context->repository()->find(m_script->taskIds().at(0))->fetchState,
                 FetchState::Held);
}

TASKREEL_TEST_MAIN(MainJob, QApplication)
#include "tst_mainjob.moc"
