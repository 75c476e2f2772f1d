// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/common/actionregistry.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QWidget>

using namespace taskreel;
using namespace Qt::StringLiterals;

class ActionRegistryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void singleKeysAnswerOnlyInTheirScope();
    void singleKeysCanBeSwitchedOff();
    void windowShortcutsAnswerEverywhere();

private:
    ActionRegistry::Spec space() const
    {
        return {.id = u"playback.toggle"_s, .text = u"Play"_s, .shortcuts = {Qt::Key_Space}, .singleKey = true};
    }

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_field = nullptr;
    QPushButton *m_button = nullptr;
    QWidget *m_scope = nullptr;
};

void ActionRegistryTest::init()
{
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_field = new QLineEdit;
    m_button = new QPushButton(u"Press"_s);
    m_scope = new QWidget;
    m_scope->setFocusPolicy(Qt::StrongFocus);
    for (QWidget *widget : {static_cast<QWidget *>(m_field), static_cast<QWidget *>(m_button), m_scope})
        layout->addWidget(widget);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), test::kPatienceMs));
}

void ActionRegistryTest::singleKeysAnswerOnlyInTheirScope()
{
    ActionRegistry registry;
    int triggered = 0;
    registry.addSingleKeyScope(m_scope);
    registry.add(space(), this, [&triggered] { ++triggered; });
    QSignalSpy pressed(m_button, &QPushButton::clicked);

    m_scope->setFocus();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    QCOMPARE(triggered, 1);
    m_button->setFocus();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    m_field->setFocus();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    QCOMPARE(triggered, 1);
    QCOMPARE(pressed.count(), 1);
    QCOMPARE(m_field->text(), u" "_s);
}

void ActionRegistryTest::singleKeysCanBeSwitchedOff()
{
    ActionRegistry registry;
    int triggered = 0;
    QAction *action = registry.add(space(), this, [&triggered] { ++triggered; });
    registry.addSingleKeyScope(m_scope);
    registry.setSingleKeysEnabled(false);
    m_scope->setFocus();
    QTest::keyClick(m_scope, Qt::Key_Space);
    QCOMPARE(triggered, 0);
    QCOMPARE(registry.shortcutsOf(action), QList<QKeySequence>{Qt::Key_Space});
    registry.setSingleKeysEnabled(true);
    QTest::keyClick(m_scope, Qt::Key_Space);
    QCOMPARE(triggered, 1);
}

void ActionRegistryTest::windowShortcutsAnswerEverywhere()
{
    ActionRegistry registry;
    int triggered = 0;
    QAction *action = registry.add({.id = u"task.check"_s, .text = u"Check now"_s, .shortcuts = {Qt::Key_F5}},
                                   this, [&triggered] { ++triggered; });
    m_window->addAction(action);
    m_field->setFocus();
    QTest::keyClick(m_field, Qt::Key_F5);
    QCOMPARE(triggered, 1);
    QCOMPARE(registry.action(u"task.check"_s), action);
}

TASKREEL_TEST_MAIN(ActionRegistryTest, QApplication)
#include "tst_actionregistry.moc"
