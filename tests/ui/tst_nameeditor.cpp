// SPDX-License-Identifier: MIT
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/manytasks.h"
#include "support/patience.h"
#include "ui/settings/nameeditor.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestNameEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void controlsHaveNames();
    void typingShowsTheName();
    void problemsAreSaid_data();
    void problemsAreSaid();
    void theMenuInsertsAtTheCursor();
    void showsTheSelectedTask();
    void saysWhatClashes();
    void thousandsAreCheckedAside();

private:
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_editor->findChild<Widget *>(QLatin1StringView(name));
    }
    void type(const QString &text) const
    {
        auto *field = find<QLineEdit>("settingsNameTemplate");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        if (text.isEmpty())
            QTest::keyClick(field, Qt::Key_Delete);
    }
    [[nodiscard]] QString preview() const { return find<QLabel>("settingsNamePreview")->text(); }
    [[nodiscard]] QString clashes() const { return find<QLabel>("settingsNameClashes")->text(); }
    void merge(const QString &id, int works) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<NameEditor> m_editor;
};

void TestNameEditor::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<AppSettings>(m_folder->filePath(u"settings.ini"_s));
    m_theme = std::make_unique<Theme>();
    m_theme->apply(Appearance::Light);
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_editor = std::make_unique<NameEditor>(m_settings.get(), m_theme.get(), 420);
    m_editor->show();
    m_editor->activateWindow(); // no window manager does it here
    QVERIFY(QTest::qWaitForWindowActive(m_editor.get(), test::kPatienceMs));
}

void TestNameEditor::cleanup()
{
    m_editor.reset();
    m_repository.reset();
    m_theme.reset();
    m_settings.reset();
}

void TestNameEditor::merge(const QString &id, int works) const
{
    Task task;
    task.id = id;
    task.model = u"hailuo"_s;
    task.status = TaskStatus::Completed;
    for (int i = 0; i < works; ++i) {
        Media medium;
        medium.key = u"works[%1].video"_s.arg(i);
        medium.kind = MediaKind::Video;
        medium.sources = {{Variant::Unwatermarked, "https://h.example/a.mp4", {}, {}}};
        Work work;
        work.key = u"works[%1]"_s.arg(i);
        work.media = {medium};
        task.works.append(work);
    }
    m_repository->merge({task, R"({"task_id":"x"})"}, true);
}

void TestNameEditor::controlsHaveNames()
{
    QCOMPARE(find<QLineEdit>("settingsNameTemplate")->accessibleName(), u"File names"_s);
    QCOMPARE(find<QPushButton>("settingsInsertPlaceholder")->accessibleName(), u"Insert placeholder"_s);
    const QList<QAction *> actions = find<QMenu>("placeholderMenu")->actions();
    QVERIFY(actions.size() >= 15);
    for (const QAction *action : actions)
        QVERIFY2(action->text().size() > action->objectName().size() + 1, qPrintable(action->text()));
}

void TestNameEditor::typingShowsTheName()
{
    type(u"{model}/{seed}_{width}x{height}"_s);
    QCOMPARE(preview(), u"kling/4711_1440x1440.mp4"_s);
    QVERIFY(m_settings->nameTemplate() != u"{model}/{seed}_{width}x{height}"_s); // while one types
    QTest::keyClick(find<QLineEdit>("settingsNameTemplate"), Qt::Key_Return);
    QCOMPARE(m_settings->nameTemplate(), u"{model}/{seed}_{width}x{height}"_s);
}

void TestNameEditor::problemsAreSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("unknown") << u"{id8}_{colour}"_s << u"{colour}"_s;
    QTest::newRow("open") << u"{id8}_{date"_s << u"{date"_s;
    QTest::newRow("empty") << QString() << u"no name"_s;
    QTest::newRow("one for all") << u"clip"_s << u"one name"_s;
    QTest::newRow("upwards") << u"../{id8}"_s << u"inside the download folder"_s;
}

void TestNameEditor::problemsAreSaid()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const QString before = m_settings->nameTemplate();
    type(text);
    QVERIFY2(preview().contains(said), qPrintable(preview()));
    QCOMPARE(find<QLabel>("settingsNamePreview")->palette().color(QPalette::WindowText),
             m_theme->color(ColorToken::Failed));
    QTest::keyClick(find<QLineEdit>("settingsNameTemplate"), Qt::Key_Return);
    QCOMPARE(m_settings->nameTemplate(), before);
}

void TestNameEditor::theMenuInsertsAtTheCursor()
{
    type(u"a_{id8}"_s);
    auto *field = find<QLineEdit>("settingsNameTemplate");
    QTest::keyClick(field, Qt::Key_Home);
    QTest::keyClick(field, Qt::Key_Right);
    auto *button = find<QPushButton>("settingsInsertPlaceholder");
    auto *menu = find<QMenu>("placeholderMenu");
    // Its menu runs a loop of its own: the keys are pressed from a timer.
    QTimer::singleShot(0, menu, [menu] {
        SOON_VERIFY(menu->isVisible());
        for (const QAction *action : menu->actions()) {
            QTest::keyClick(menu, Qt::Key_Down);
            if (action->objectName() == u"{seed}"_s)
                break;
        }
        QTest::keyClick(menu, Qt::Key_Return);
    });
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    SOON_COMPARE(field->text(), u"a{seed}_{id8}"_s);
    SOON_VERIFY(field->hasFocus());
    QCOMPARE(preview(), u"a4711_b3efc0ab.mp4"_s);
}

void TestNameEditor::showsTheSelectedTask()
{
    merge(u"0f2b1c9e-0000-4000-8000-000000000001"_s, 4);
    m_editor->setTasks(m_repository.get(), u"0f2b1c9e-0000-4000-8000-000000000001"_s);
    type(u"{model} {id8} {work}"_s);
    QCOMPARE(preview(), u"hailuo 0f2b1c9e 1.mp4\nand 3 more"_s);
}

void TestNameEditor::saysWhatClashes()
{
    merge(u"0f2b1c9e-0000-4000-8000-000000000001"_s, 3);
    merge(u"1f2b1c9e-0000-4000-8000-000000000001"_s, 1);
    m_editor->setTasks(m_repository.get(), {});
    type(u"{id8}"_s);
    SOON_VERIFY2(clashes().startsWith(u"3 result"_s), qPrintable(clashes()));
    QVERIFY2(clashes().contains(u"{work} tells them apart"_s), qPrintable(clashes()));
    type(u"{model}"_s);
    SOON_VERIFY2(clashes().startsWith(u"4 result"_s), qPrintable(clashes()));
    QVERIFY2(clashes().contains(u"{id8}, {work} together"_s), qPrintable(clashes()));
    type(u"{id8}_{work}"_s);
    SOON_COMPARE(clashes(), u"All results in the list get names of their own."_s);
    type(u"{id8}_{nope}"_s);
    QCOMPARE(clashes(), QString()); // one thing at a time
}

void TestNameEditor::thousandsAreCheckedAside()
{
    QList<TaskSummary> rows = test::manyTasks(5'000);
    for (TaskSummary &row : rows)
        row.resultCount = std::max(row.resultCount, 1);
    m_repository->load(rows);
    m_editor->setTasks(m_repository.get(), {});
    const test::LoopWatch watch;
    type(u"{date}"_s);
    SOON_VERIFY2(clashes().contains(u"same name"_s), qPrintable(clashes()));
    qInfo("while %d rows were checked: %s", int(rows.size()), qPrintable(watch.text()));
}

TASKREEL_TEST_MAIN(TestNameEditor, QApplication)
#include "tst_nameeditor.moc"
