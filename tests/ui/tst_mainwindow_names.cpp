// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/details/detailpane.h"
#include "ui/window/actionids.h"
#include "ui/common/actionregistry.h"
#include "ui/windowfixture.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::WindowFixture;

// Whoever cannot see the window, and whoever drives it by a program, finds each control by name.
class MainWindowNamesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inTheWindow();
    void inTheEmptyWindow();
    void inTheIntakesDetails();
    void inTheShortcuts();
    void inTheKeyDialog();

private:
    static bool isControl(const QWidget *widget);
    static QList<QWidget *> controls(const QWidget *root);
    static QStringList nameless(const QWidget *root);
    static QDialog *dialog(const WindowFixture &ui, const QString &name);
};

bool MainWindowNamesTest::isControl(const QWidget *widget)
{
    // The insides of controls have no names of their own.
    const QWidget *parent = widget->parentWidget();
    const bool inside = parent
        && (parent->inherits("QAbstractSpinBox") || parent->inherits("QLineEdit")
            || parent->inherits("QComboBox") || parent->inherits("QMenuBar")
            || parent->inherits("QAbstractScrollArea"));
    if (inside || !widget->isVisible() || widget->inherits("QScrollBar"))
        return false;
    return widget->inherits("QAbstractButton") || widget->inherits("QLineEdit")
        || widget->inherits("QComboBox") || widget->inherits("QAbstractSpinBox")
        || widget->inherits("QAbstractSlider") || widget->inherits("QPlainTextEdit")
        || (widget->inherits("QAbstractItemView") && !widget->inherits("QHeaderView"))
        || widget->focusPolicy() == Qt::StrongFocus;
}

QList<QWidget *> MainWindowNamesTest::controls(const QWidget *root)
{
    QList<QWidget *> all = root->findChildren<QWidget *>();
    all.removeIf([root](const QWidget *widget) {
        return widget->window() != root->window() || !isControl(widget);
    });
    return all;
}

QStringList MainWindowNamesTest::nameless(const QWidget *root)
{
    QStringList found;
    for (QWidget *widget : controls(root)) {
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        const QString name = face ? face->text(QAccessible::Name) : QString();
        if (name.isEmpty() || widget->objectName().isEmpty())
            found.append(u"%1 '%2' '%3'"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                                               widget->objectName(), name));
    }
    return found;
}

QDialog *MainWindowNamesTest::dialog(const WindowFixture &ui, const QString &name)
{
    auto *found = ui.window->findChild<QDialog *>(name);
    return found && found->isVisible() ? found : nullptr;
}

void MainWindowNamesTest::inTheWindow()
{
    WindowFixture ui;
    Profile demo = ui.profile();
    demo.isDemo = true;
    ui.open(demo);
    ui.fetch(ui.script.taskIds());
    for (const QString &id : ui.script.taskIds()) {
        if (ui.row(id)->resultCount > 1 && ui.row(id)->kind == MediaKind::Video)
            ui.select(id);
    }
    SOON_VERIFY(ui.counter() >= 0);
    // A message with a button.
    ui.paste(u"b3efc0ab-3fdb-4b88-b20a-94eef777e12"_s);
    SOON_VERIFY(ui.named("Show…") || ui.named<QAbstractButton>("Close message"));
    QVERIFY(controls(ui.window.get()).size() > 30);
    QCOMPARE(nameless(ui.window.get()).join(u'\n'), QString());
    ui.press(Qt::Key_2, Qt::ControlModifier); // covers instead of the table
    SOON_VERIFY(ui.window->findChild<ListPane *>()->isGrid());
    QCOMPARE(nameless(ui.window.get()).join(u'\n'), QString());
}

void MainWindowNamesTest::inTheEmptyWindow()
{
    WindowFixture ui;
    Profile none = ui.profile();
    none.fixedKey.clear();
    ui.open(none);
    SOON_VERIFY(ui.named("Try the demo"));
    SOON_VERIFY(ui.named("Enter API key"));
    QCOMPARE(nameless(ui.window.get()).join(u'\n'), QString());
}

void MainWindowNamesTest::inTheIntakesDetails()
{
    WindowFixture ui;
    ui.open(ui.profile());
    ui.paste(u"task b3efc0ab-3fdb-4b88-b20a-94eef777e125, \"origin_task_id\": "
             "\"a8780601-c93e-4be1-a14c-8ef911f52a99\", and b3efc0ab-3fdb-4b88-b20a-94eef777e1"_s);
    ui.click("Show…");
    SOON_VERIFY(dialog(ui, u"intakeDetails"_s));
    const QDialog *details = dialog(ui, u"intakeDetails"_s);
    SOON_COMPARE(controls(details).size(), 3); // text, Add parents, Close
    QCOMPARE(nameless(details).join(u'\n'), QString());
}

void MainWindowNamesTest::inTheShortcuts()
{
    WindowFixture ui;
    ui.open(ui.profile());
    ui.press(Qt::Key_F1);
    SOON_VERIFY(dialog(ui, u"shortcutSheet"_s));
    const QDialog *sheet = dialog(ui, u"shortcutSheet"_s);
    QVERIFY(!controls(sheet).isEmpty());
    QCOMPARE(nameless(sheet).join(u'\n'), QString());
}

void MainWindowNamesTest::inTheKeyDialog()
{
    WindowFixture ui;
    Profile none = ui.profile();
    none.fixedKey.clear();
    ui.open(none);
    ui.click("Enter API key");
    SOON_VERIFY(dialog(ui, u"keyDialog"_s));
    const QDialog *dialogShown = dialog(ui, u"keyDialog"_s);
    SOON_COMPARE(controls(dialogShown).size(), 5);
    QCOMPARE(nameless(dialogShown).join(u'\n'), QString());
}

TASKREEL_TEST_MAIN(MainWindowNamesTest, QApplication)
#include "tst_mainwindow_names.moc"
