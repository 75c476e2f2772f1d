// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/common/actionregistry.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// What the window says and offers about the service: its history, cancelling, pauses, a network that is gone.
// By the real buttons and menus.
class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void importsFromHistory();
    void historyByDayAndModel();
    void historyRefusedIsSaid();
    void closingTheHistoryStopsIt();
    void everyControlOfTheHistoryHasNames();
    void cancelsOnTheServerOnceConfirmed();
    void aRefusalToCancelIsShown();
    void offlineIsSaidOnceAndLeft();
    void aPauseCountsDown();

private:
    void openWindow();
    void trigger(QLatin1StringView id) { m_window->actions()->action(id)->trigger(); }
    QDialog *openHistory();
    void click(const QWidget *root, const QString &name);
    static QString summaryOf(const QDialog *dialog);
    QString messageText() const;
    QString tasksSummary() const;
    void select(const QString &id) { m_window->selection()->set(id, {id}); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<demo::DemoService> m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
};

void TestService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_service = std::make_unique<demo::DemoService>();
    m_script = std::make_unique<demo::DemoScript>(m_service.get());
    m_script->setSpeed(1000);
    QVERIFY(m_service->listen());
    m_theme = std::make_unique<Theme>();
}

void TestService::cleanup()
{
    m_window.reset();
    m_context.reset();
    m_theme.reset();
    m_script.reset();
    m_service.reset();
    m_folder.reset();
}

void TestService::openWindow()
{
    Profile profile = test::profileIn(m_folder->path());
    profile.serviceUrl = m_service->baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
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

QDialog *TestService::openHistory()
{
    trigger(actionid::kImportHistory);
    auto *dialog = m_window->findChild<QDialog *>(u"historyDialog"_s);
    if (dialog && !QTest::qWaitForWindowExposed(dialog))
        return nullptr;
    return dialog;
}

void TestService::click(const QWidget *root, const QString &name)
{
    auto *button = test::findByName<QAbstractButton>(root, name);
    QVERIFY2(button, qPrintable(name));
    QVERIFY2(button->isEnabled(), qPrintable(name));
    QTest::mouseClick(button, Qt::LeftButton);
}

QString TestService::summaryOf(const QDialog *dialog)
{
    return test::descriptionOf(dialog->findChild<QLabel *>(u"historySummary"_s));
}

QString TestService::messageText() const
{
    QWidget *message = test::findByName<QWidget>(m_window.get(), u"Message"_s);
    return message ? test::descriptionOf(message) : QString();
}

QString TestService::tasksSummary() const
{
    return test::descriptionOf(m_window->findChild<QWidget *>(u"tasksSummary"_s));
}

void TestService::importsFromHistory()
{
    openWindow();
    const QStringList here = m_script->taskIds().mid(0, 3);
    m_context->repository()->add(here);
    QDialog *dialog = openHistory();
    QVERIFY(dialog);
    QVERIFY(!test::findByName<QAbstractButton>(dialog, u"Import"_s)->isEnabled());
    dialog->findChild<QComboBox *>(u"historyPeriod"_s)->setCurrentText(u"All time"_s);
    click(dialog, u"Search history"_s);
    const qsizetype all = m_script->taskIds().size() + m_script->historyIds().size();
    const QString words = u"%1 found, %2 new"_s.arg(all).arg(all - here.size());
    SOON_COMPARE(summaryOf(dialog), words);
    auto *table = test::findByName<QTableView>(dialog, u"History tasks"_s);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), all);
    QStringList marks;
    for (int row = 0; row < all; ++row)
        marks += table->model()->index(row, 0).data().toString();
    QCOMPARE(marks.count(u"Already here"_s), here.size());
    QCOMPARE(marks.mid(marks.size() - here.size()).count(u"Already here"_s), here.size()); // last

    click(dialog, u"Import"_s);
    SOON_COMPARE(m_context->repository()->count(), all);
    SOON_VERIFY2(messageText().contains(QString::number(all - here.size())),
                 qPrintable(messageText()));
    SOON_VERIFY(!m_window->findChild<QDialog *>(u"historyDialog"_s));
    for (const QString &id : m_script->historyIds())
        SOON_VERIFY(m_context->repository()->find(id)->answeredAt.isValid());

    // Again: nothing is left to add.
    dialog = openHistory();
    dialog->findChild<QComboBox *>(u"historyPeriod"_s)->setCurrentText(u"All time"_s);
    click(dialog, u"Search history"_s);
    SOON_VERIFY2(summaryOf(dialog).contains(u"all of them are here already"_s),
                 qPrintable(summaryOf(dialog)));
    QVERIFY(!test::findByName<QAbstractButton>(dialog, u"Import"_s)->isEnabled());
}

void TestService::historyByDayAndModel()
{
    openWindow();
    QDialog *dialog = openHistory();
    QVERIFY(dialog);
    QVERIFY(!test::findByName<QDateEdit>(dialog, u"From"_s));
    dialog->findChild<QComboBox *>(u"historyPeriod"_s)->setCurrentText(u"Between two days"_s);
    auto *from = test::findByName<QDateEdit>(dialog, u"From"_s);
    auto *to = test::findByName<QDateEdit>(dialog, u"To"_s);
    QVERIFY(from && from->calendarPopup() && to && to->calendarPopup());
    from->setDate(QDate(2026, 1, 5));
    to->setDate(QDate(2026, 1, 6));
    dialog->findChild<QComboBox *>(u"historyModel"_s)->setCurrentText(u"luma"_s);
    click(dialog, u"Search history"_s);
    SOON_COMPARE(summaryOf(dialog), u"The history has no task of this model in this period."_s);
    const QList<demo::Request> asked = m_service->requestsTo("/api/open/tasks/histories");
    QCOMPARE(asked.size(), 1);
    const auto utc = [](const QDate &day, const QTime &time) {
        return QByteArray::number(QDateTime(day, time, Qt::UTC).toSecsSinceEpoch());
    };
    QCOMPARE(asked.constFirst().query,
             "page=1&page_size=100&model=luma&start_time=" + utc({2026, 1, 5}, {0, 0})
                 + "&end_time=" + utc({2026, 1, 6}, {23, 59, 59}));
}

void TestService::historyRefusedIsSaid()
{
    m_service->handle("/api/open/tasks/histories", [](const demo::Request &) {
        demo::Response response;
        response.status = 403;
        response.body = R"({"code":403,"message":"not in your plan"})";
        return response;
    });
    openWindow();
    QDialog *dialog = openHistory();
    QVERIFY(dialog);
    click(dialog, u"Search history"_s);
    SOON_VERIFY2(summaryOf(dialog).contains(u"does not allow this account to list its history"_s),
                 qPrintable(summaryOf(dialog)));
    QVERIFY(summaryOf(dialog).contains(u"not in your plan"_s));
    QVERIFY(test::findByName<QAbstractButton>(dialog, u"Go on"_s));
    QVERIFY(!test::findByName<QAbstractButton>(dialog, u"Enter API key"_s));
}

void TestService::closingTheHistoryStopsIt()
{
    m_service->handle("/api/open/tasks/histories", [](const demo::Request &) {
        demo::Response response;
        response.delayMs = 60'000;
        return response;
    });
    openWindow();
    QDialog *dialog = openHistory();
    QVERIFY(dialog);
    click(dialog, u"Search history"_s);
    SOON_COMPARE(m_service->requestsTo("/api/open/tasks/histories").size(), 1);
    click(dialog, u"Stop"_s);
    SOON_VERIFY(summaryOf(dialog).contains(u"stopped"_s));
    click(dialog, u"Go on"_s);
    SOON_COMPARE(m_service->requestsTo("/api/open/tasks/histories").size(), 2);
    click(dialog, u"Close"_s);
    SOON_COMPARE(m_service->openConnections(), 0);
}

void TestService::everyControlOfTheHistoryHasNames()
{
    openWindow();
    QDialog *dialog = openHistory();
    QVERIFY(dialog);
    int controls = 0;
    const QList<QWidget *> all = dialog->findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        const QWidget *parent = widget->parentWidget();
        const bool inside = parent
            && (parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox")
                || parent->inherits("QAbstractItemView"));
        const bool isControl = !inside && widget->window() == dialog
            && (widget->inherits("QAbstractButton") || widget->inherits("QComboBox")
                || widget->inherits("QAbstractSpinBox") || widget->inherits("QProgressBar")
                || widget->inherits("QTableView"));
        if (!isControl)
            continue;
        ++controls;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(!widget->objectName().isEmpty(), qPrintable(widget->accessibleName()));
    }
    QCOMPARE(controls, 12);
}

void TestService::cancelsOnTheServerOnceConfirmed()
{
    m_script->setSpeed(0.001); // pending for as long as this takes
    openWindow();
    QAction *action = m_window->actions()->action(actionid::kCancelOnServer);
    QVERIFY(!action->isEnabled());
    m_context->repository()->add(m_script->taskIds());
    QString pending;
    const auto findPending = [this, &pending] {
        for (const QString &id : m_script->taskIds()) {
            if (m_context->repository()->find(id)->status == TaskStatus::Pending)
                pending = id;
        }
        return !pending.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(findPending(), 20'000);
    select(pending);
    SOON_VERIFY(action->isEnabled());
    const auto deletions = [this] {
        const QList<demo::Request> asked = m_service->requestsTo("/api/v1/task/");
        return std::count_if(asked.cbegin(), asked.cend(),
                             [](const demo::Request &one) { return one.method == "DELETE"; });
    };
    action->trigger();
    SOON_VERIFY2(messageText().contains(u"cannot be taken back"_s), qPrintable(messageText()));
    click(m_window.get(), u"Keep"_s);
    QCOMPARE(deletions(), 0);
    action->trigger();
    click(m_window.get(), u"Cancel on server"_s);
    SOON_VERIFY2(messageText().contains(u"The service answered: success"_s),
                 qPrintable(messageText()));
    QCOMPARE(deletions(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_context->repository()->find(pending)->status, TaskStatus::Cancelled,
                              20'000);
    SOON_VERIFY(!action->isEnabled());
}

void TestService::aRefusalToCancelIsShown()
{
    const QString id = u"7f9b6f1e-3c1a-4a53-9a6e-0d2c9d5f0a11"_s;
    m_service->handle("/api/v1/task/" + id.toLatin1(), [id](const demo::Request &request) {
        demo::Response response;
        if (request.method == "DELETE") {
            response.status = 400;
            response.body = R"({"code":400,"message":"<b>too late</b>"})";
        } else {
            response.body = R"({"code":200,"data":{"task_id":")" + id.toLatin1()
                + R"(","model":"kling","status":"pending","output":null}})";
        }
        return response;
    });
    openWindow();
    m_context->repository()->add({id});
    QTRY_COMPARE_WITH_TIMEOUT(m_context->repository()->find(id)->status, TaskStatus::Pending, 10'000);
    select(id);
    trigger(actionid::kCancelOnServer);
    click(m_window.get(), u"Cancel on server"_s);
    SOON_COMPARE(messageText(), u"The service did not cancel it. (<b>too late</b>)"_s);
}

void TestService::offlineIsSaidOnceAndLeft()
{
    m_script->setSpeed(0.001);
    const auto port = static_cast<quint16>(m_service->baseUrl().port());
    openWindow();
    m_service->close();
    m_context->repository()->add(m_script->taskIds());
    QTRY_VERIFY2_WITH_TIMEOUT(messageText().contains(u"cannot be reached"_s),
                              qPrintable(messageText()), 20'000);
    SOON_VERIFY2(messageText().contains(u"Next try in"_s), qPrintable(messageText()));
    SOON_VERIFY2(tasksSummary().contains(u"offline, next try in"_s), qPrintable(tasksSummary()));
    const QStringList ids = m_context->repository()->ids();
    const auto withError = std::count_if(ids.cbegin(), ids.cend(), [this](const QString &id) {
        return m_context->repository()->find(id)->lastError.kind != ErrorKind::None;
    });
    QVERIFY2(withError <= 2, "the rows repeat what the banner says");
    const auto waiting = [this] {
        const TaskFilter *filter = m_context->filter();
        int count = 0;
        for (int row = 0; row < filter->rowCount(); ++row) {
            const QModelIndex cell = filter->index(row, int(TaskTableModel::Column::Status));
            count += cell.data().toString().contains(u"waits for the network"_s) ? 1 : 0;
        }
        return count;
    };
    SOON_VERIFY(waiting() >= ids.size() - 1); // but for the one that tries
    select(ids.constLast());
    const auto stageWords = [this] {
        return m_window->findChild<QWidget *>(u"stage"_s)->accessibleDescription();
    };
    SOON_VERIFY2(stageWords().contains(u"waits for the network"_s), qPrintable(stageWords()));
    QVERIFY(m_service->listen(port));
    click(m_window.get(), u"Try again"_s);
    SOON_VERIFY2(!messageText().contains(u"reached"_s), qPrintable(messageText()));
    QCOMPARE(waiting(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::all_of(ids.cbegin(), ids.cend(),
                    [this](const QString &id) {
                        return m_context->repository()->find(id)->answeredAt.isValid();
                    }),
        20'000);
}

void TestService::aPauseCountsDown()
{
    m_service->handle("/api/v1/task/", [](const demo::Request &) {
        demo::Response response;
        response.status = 429;
        response.headers.emplaceBack("Retry-After", "40");
        response.body = R"({"code":429,"message":"slow down"})";
        return response;
    });
    openWindow();
    m_context->repository()->add(m_script->taskIds());
    QTRY_VERIFY2_WITH_TIMEOUT(messageText().contains(u"wants fewer requests"_s),
                              qPrintable(messageText()), 10'000);
    SOON_VERIFY2(tasksSummary().contains(u"paused, asking goes on in"_s),
                 qPrintable(tasksSummary()));
    const QString message = messageText();
    const QString summary = tasksSummary();
    SOON_VERIFY(messageText() != message && messageText().contains(u"wants fewer requests"_s));
    SOON_VERIFY(tasksSummary() != summary && tasksSummary().contains(u"paused"_s));
    QVERIFY(m_service->requestsTo("/api/v1/task/").size() <= 6);
}

TASKREEL_TEST_MAIN(TestService, QApplication)
#include "tst_service.moc"
