// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/framecounter.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QScreen>
#include <QTemporaryDir>
#include <QtTest>

namespace taskreel::test {

/// The real window over real services and the demo's account on loopback, worked by its buttons and keys.
/// What it shows is read from the screen, so that a stage that forgets to paint is found out.
class WindowFixture final
{
public:
    WindowFixture()
    {
        script.setSpeed(1000);
        if (!service.listen())
            qFatal("%s", qPrintable(service.errorString()));
    }

    ~WindowFixture() { close(); }
    Q_DISABLE_COPY_MOVE(WindowFixture)

    [[nodiscard]] Profile profile() const
    {
        using namespace Qt::StringLiterals;
        Profile profile = test::profileIn(folder.path());
        profile.serviceUrl = service.baseUrl();
        profile.fixedKey = demo::DemoScript::apiKey();
        return profile;
    }

    void open(const Profile &profile)
    {
        context = std::make_unique<AppContext>(profile);
        window = std::make_unique<MainWindow>(*context, theme);
        window->resize(1400, 880);
        window->show();
        const QSignalSpy ready(context.get(), &AppContext::ready);
        context->open();
        SOON_COMPARE(ready.count(), 1);
        window->activateWindow(); // no window manager does it here
        QVERIFY(QTest::qWaitForWindowActive(window.get(), kPatienceMs));
    }

    void close()
    {
        window.reset();
        context.reset();
    }

    void paste(const QString &text)
    {
        QGuiApplication::clipboard()->setText(text);
        auto *box = named<QLineEdit>("Task IDs");
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_V, Qt::ControlModifier);
    }

    /// Pastes these and waits until each has its answer.
    void fetch(const QStringList &ids)
    {
        paste(ids.join(u' '));
        for (const QString &id : ids) {
            SOON_VERIFY(context->repository()->contains(id));
            SOON_VERIFY(row(id)->answeredAt.isValid());
        }
    }

    [[nodiscard]] const TaskSummary *row(const QString &id) const
    {
        return context->repository()->find(id);
    }

    [[nodiscard]] QAbstractItemView *list() const { return named<QAbstractItemView>("Tasks"); }

    void select(const QString &id, Qt::KeyboardModifiers modifiers = {})
    {
        QAbstractItemView *view = list();
        QVERIFY(view);
        const QModelIndex index = context->filter()->indexOf(id, 1);
        QVERIFY(index.isValid());
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, view->visualRect(index).center());
    }

    /// To whatever has the focus, as a keyboard does.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *target = QApplication::focusWidget();
        QTest::keyClick(target ? target : window.get(), key, modifiers);
    }

    /// The visible widget with that accessible name; null if there is none.
    template<typename Widget = QWidget>
    [[nodiscard]] Widget *named(const char *name) const
    {
        return findByName<Widget>(window.get(), QString::fromUtf8(name));
    }

    void click(const char *name)
    {
        SOON_VERIFY(named<QAbstractButton>(name));
        SOON_VERIFY(named<QAbstractButton>(name)->isEnabled());
        QTest::mouseClick(named<QAbstractButton>(name), Qt::LeftButton);
    }

    [[nodiscard]] QString words(const char *name) const
    {
        QWidget *widget = named(name);
        return widget ? descriptionOf(widget) : QString();
    }

    [[nodiscard]] VideoStage *stage() const
    {
        return window->findChild<VideoStage *>(QStringLiteral("stage"));
    }

    /// The stage's picture as the X server has it, without the bars; null before there is video.
    [[nodiscard]] QImage onScreen() const
    {
        const VideoStage *view = stage();
        const TaskSummary *shown = row(window->selection()->current());
        if (!view || !view->showsVideo() || !shown)
            return {};
        const QSize size = shown->size.scaled(view->size(), Qt::KeepAspectRatio);
        const QPoint corner((view->width() - size.width()) / 2, (view->height() - size.height()) / 2);
        const QPoint place = view->mapTo(window.get(), corner);
        return window->screen()
            ->grabWindow(window->winId(), place.x(), place.y(), size.width(), size.height())
            .toImage();
    }

    [[nodiscard]] int counter() const
    {
        const QImage picture = onScreen();
        return picture.isNull() ? -1 : readFrameCounter(picture);
    }

    /// A finished task of the demo with both variants of a short video and nothing else.
    [[nodiscard]] QString taskWithBothVariants() const
    {
        const QStringList ids = context->repository()->ids();
        for (const QString &id : ids) {
            const TaskSummary *task = row(id);
            if (task->status == TaskStatus::Completed && task->hasWatermarked && task->hasUnwatermarked
                && task->hasCover && task->kind == MediaKind::Video && task->durationMs < 6000
                && task->resultCount == 1)
                return id;
        }
        return {};
    }

    QTemporaryDir folder;
    demo::DemoService service;
    demo::DemoScript script{&service};
    Theme theme;
    std::unique_ptr<AppContext> context;
    std::unique_ptr<MainWindow> window;
};

} // namespace taskreel::test
