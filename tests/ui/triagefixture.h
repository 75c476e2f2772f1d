// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/tasks/taskrepository.h"
#include "support/byname.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/common/actionregistry.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QTableView>
#include <QTemporaryDir>

namespace taskreel::test {

/// The whole window over a list that no service fills: tasks are merged by the test. Header only.
class TriageFixture final
{
public:
    TriageFixture()
    {
        using namespace Qt::StringLiterals;
        Profile profile = test::profileIn(folder.path());
        profile.serviceUrl = QUrl(u"http://127.0.0.1:9"_s); // nobody listens
        profile.fixedKey = u"a-key"_s;
        profile.withLibrary = false;
        theme.apply(Appearance::Light);
        context = std::make_unique<AppContext>(profile);
        window = std::make_unique<MainWindow>(*context, theme);
        window->resize(1400, 880);
        window->show();
        QSignalSpy ready(context.get(), &AppContext::ready);
        context->open();
        if (ready.isEmpty())
            ready.wait();
        window->activateWindow(); // no window manager does it here
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(window.get());
    }

    ~TriageFixture()
    {
        window.reset();
        context.reset();
    }

    [[nodiscard]] static QString idOf(int n)
    {
        return QStringLiteral("b3efc0ab-3fdb-4b88-b20a-%1").arg(n, 12, 16, QChar(u'0'));
    }

    /// A task with one link, a cost of $0.25 and 90 s of generation.
    [[nodiscard]] static Task task(int n, TaskStatus status = TaskStatus::Completed)
    {
        Task task;
        task.id = idOf(n);
        task.model = QStringLiteral("kling");
        task.taskType = QStringLiteral("video_generation");
        task.status = status;
        task.prompt = QStringLiteral("Paper boats %1").arg(n);
        task.createdAt = QDateTime::currentDateTimeUtc().addSecs(-3600 - n);
        task.startedAt = task.createdAt;
        task.usageType = QStringLiteral("point");
        task.usageConsumed = 2'500'000;
        if (!isFinal(status))
            return task;
        task.endedAt = task.startedAt.addSecs(90);
        if (status != TaskStatus::Completed)
            return task;
        Media medium;
        medium.key = QStringLiteral("video_url");
        medium.kind = MediaKind::Video;
        // Never fetched: an address of this machine's own is what the test's service would have.
        medium.sources = {{Variant::Unwatermarked, "http://127.0.0.1:9/" + QByteArray::number(n) + ".mp4",
                           {}, {}}};
        Work work;
        work.media = {medium};
        task.works = {work};
        return task;
    }

    void merge(const Task &task) const
    {
        context->repository()->merge({task, R"({"task_id":"x"})"}, true);
    }

    /// Finished tasks 0 … count - 1 in the list, the first on top.
    void fill(int count) const
    {
        QStringList ids;
        for (int n = 0; n < count; ++n)
            ids.append(idOf(n));
        context->repository()->add(ids); // one batch: shown in this order
        for (int n = 0; n < count; ++n)
            merge(task(n));
        SOON_COMPARE(context->filter()->rowCount(), count);
        SOON_VERIFY(table());
        table()->setFocus();
    }

    void select(const QList<int> &numbers) const
    {
        QSet<QString> ids;
        for (const int n : numbers)
            ids.insert(idOf(n));
        window->selection()->set(idOf(numbers.constFirst()), ids);
        QTest::qWait(10); // what follows a selection does so in a turn of its own
    }

    [[nodiscard]] QTableView *table() const
    {
        return findByName<QTableView>(window.get(), QStringLiteral("Tasks"));
    }
    [[nodiscard]] TaskMarks marks(int n) const { return context->repository()->find(idOf(n))->marks; }
    [[nodiscard]] QString message() const
    {
        QWidget *widget = findByName<QWidget>(window.get(), QStringLiteral("Message"));
        return widget ? descriptionOf(widget) : QString();
    }
    [[nodiscard]] QAction *action(const QString &id) const { return window->actions()->action(id); }

    QTemporaryDir folder;
    Theme theme;
    std::unique_ptr<AppContext> context;
    std::unique_ptr<MainWindow> window;
};

} // namespace taskreel::test
