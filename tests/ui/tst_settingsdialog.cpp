// SPDX-License-Identifier: MIT
#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/settings/keydialog.h"
#include "ui/settings/settingsdialog.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSpinBox>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyControlHasNames();
    void choicesAreNotCut();
    void badAddressIsSaidAndNotApplied();
    void goodAddressIsApplied();
    void nameTemplateShowsWhatItGives();
    void folderMustBeUsable();
    void numbersApplyAtOnce();
    void downloadsApplyAtOnce();
    void everyRowIsReached();
    void appearanceAndKeysApplyAtOnce();
    void closingAppliesTheFieldBeingEdited();
    void keyDialogOpens();

private:
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QLatin1StringView(name));
    }
    void enter(const char *name, const QString &text)
    {
        auto *field = find<QLineEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SettingsDialog> m_dialog;
};

void TestSettingsDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<AppSettings>(m_folder->filePath(u"settings.ini"_s));
    m_key = std::make_unique<ApiKey>(m_settings->serviceUrl(), nullptr, QString());
    m_theme = std::make_unique<Theme>();
    m_dialog = std::make_unique<SettingsDialog>(m_settings.get(), m_key.get(), m_theme.get());
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get(), test::kPatienceMs));
}

void TestSettingsDialog::cleanup()
{
    m_dialog.reset();
    m_theme.reset();
    m_key.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestSettingsDialog::everyControlHasNames()
{
    int controls = 0;
    const QList<QWidget *> all = m_dialog->findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        const bool inside = widget->parentWidget() && widget->parentWidget()->inherits("QAbstractSpinBox");
        const bool isControl = !inside && widget->isVisible()
            && (widget->inherits("QAbstractButton") || widget->inherits("QLineEdit")
                || widget->inherits("QComboBox") || widget->inherits("QAbstractSpinBox"));
        if (!isControl)
            continue;
        ++controls;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(!widget->objectName().isEmpty(), qPrintable(widget->accessibleName()));
    }
    QCOMPARE(controls, 22);
}

void TestSettingsDialog::choicesAreNotCut()
{
    m_theme->apply(Appearance::Dark);
    const QList<QComboBox *> combos = m_dialog->findChildren<QComboBox *>();
    QVERIFY(!combos.isEmpty());
    for (const QComboBox *combo : combos) {
        QStyleOptionComboBox option;
        option.initFrom(combo);
        option.rect = QRect(QPoint(), combo->sizeHint());
        const QRect words = combo->style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                           QStyle::SC_ComboBoxEditField, combo);
        for (int i = 0; i < combo->count(); ++i) {
            QVERIFY2(combo->fontMetrics().horizontalAdvance(combo->itemText(i)) + 2 <= words.width(),
                     qPrintable(combo->itemText(i)));
        }
    }
}

void TestSettingsDialog::badAddressIsSaidAndNotApplied()
{
    const QUrl before = m_settings->serviceUrl();
    enter("settingsServiceUrl", u"http://api.example"_s);
    QCOMPARE(find<QLabel>("settingsServiceNote")->text(),
             AppSettings::serviceUrlProblem(u"http://api.example"_s));
    QCOMPARE(m_settings->serviceUrl(), before);
    QVERIFY(m_dialog->isVisible()); // Return in a field closes nothing
}

void TestSettingsDialog::goodAddressIsApplied()
{
    QSignalSpy changed(m_settings.get(), &AppSettings::serviceUrlChanged);
    enter("settingsServiceUrl", u"https://proxy.piapi.ai"_s);
    QCOMPARE(m_settings->serviceUrl(), QUrl(u"https://proxy.piapi.ai"_s));
    QCOMPARE(changed.count(), 1); // not once for each letter
}

void TestSettingsDialog::nameTemplateShowsWhatItGives()
{
    auto *note = find<QLabel>("settingsNamePreview");
    enter("settingsNameTemplate", u"{model}_{work}"_s);
    QCOMPARE(note->text(), u"kling_1.mp4"_s);
    QCOMPARE(m_settings->nameTemplate(), u"{model}_{work}"_s);
    enter("settingsNameTemplate", u"{nonsense}"_s);
    QVERIFY(note->text().contains(u"nonsense"_s));
    QCOMPARE(m_settings->nameTemplate(), u"{model}_{work}"_s);
}

void TestSettingsDialog::folderMustBeUsable()
{
    const QString good = m_folder->filePath(u"clips"_s);
    enter("settingsFolder", good);
    QCOMPARE(m_settings->downloadFolder(), good);
    enter("settingsFolder", u"clips/here"_s);
    QVERIFY(find<QLabel>("settingsFolderNote")->isVisible());
    QCOMPARE(m_settings->downloadFolder(), good);
    m_settings->sync();
    enter("settingsFolder", m_folder->filePath(u"settings.ini"_s)); // a file
    QCOMPARE(m_settings->downloadFolder(), good);
}

void TestSettingsDialog::numbersApplyAtOnce()
{
    find<QSpinBox>("settingsParallel")->setValue(3);
    find<QSpinBox>("settingsPerMinute")->setValue(60);
    find<QSpinBox>("settingsBudget")->setValue(5);
    QCOMPARE(m_settings->parallelRequests(), 3);
    QCOMPARE(m_settings->requestsPerMinute(), 60);
    QCOMPARE(m_settings->keptBudget(), 5'000'000'000);
    QCOMPARE(find<QSpinBox>("settingsParallel")->maximum(), 6);
}

void TestSettingsDialog::downloadsApplyAtOnce()
{
    QCOMPARE(find<QSpinBox>("settingsDownloads")->value(), 3);
    QCOMPARE(find<QSpinBox>("settingsPerHost")->value(), 3);
    find<QSpinBox>("settingsDownloads")->setValue(5);
    find<QSpinBox>("settingsPerHost")->setValue(2);
    QCOMPARE(m_settings->parallelDownloads(), 5);
    QCOMPARE(m_settings->downloadsPerHost(), 2);
    QCOMPARE(find<QSpinBox>("settingsDownloads")->maximum(), 6);
    auto *speed = find<QDoubleSpinBox>("settingsSpeedLimit");
    QCOMPARE(speed->text(), u"No limit"_s);
    speed->setValue(2.5);
    QCOMPARE(m_settings->speedLimit(), 2'500'000);
    auto *names = find<QComboBox>("settingsNameInUse");
    QCOMPARE(m_settings->conflictPolicy(), ConflictPolicy::SkipIdentical);
    names->setFocus();
    QTest::keyClick(names, Qt::Key_End);
    QCOMPARE(m_settings->conflictPolicy(), ConflictPolicy::Ask);
    auto *unfinished = find<QComboBox>("settingsUnfinished");
    QCOMPARE(m_settings->unfinishedDownloads(), UnfinishedDownloads::Continue);
    unfinished->setFocus();
    QTest::keyClick(unfinished, Qt::Key_End);
    QCOMPARE(m_settings->unfinishedDownloads(), UnfinishedDownloads::Ask);
}

/// The dialog is no higher than the screen; its last row is reached all the same.
void TestSettingsDialog::everyRowIsReached()
{
    QVERIFY(m_dialog->height() <= m_dialog->screen()->availableSize().height());
    m_dialog->resize(m_dialog->width(), m_dialog->minimumHeight());
    auto *last = find<QCheckBox>("settingsSingleKeys");
    auto *area = find<QScrollArea>("settingsPage");
    area->ensureWidgetVisible(last);
    SOON_VERIFY(!last->visibleRegion().isEmpty());
}

void TestSettingsDialog::appearanceAndKeysApplyAtOnce()
{
    auto *appearance = find<QComboBox>("settingsAppearance");
    appearance->setFocus();
    QTest::keyClick(appearance, Qt::Key_End);
    QCOMPARE(m_settings->appearance(), Appearance::Dark);
    auto *keys = find<QCheckBox>("settingsSingleKeys");
    QVERIFY(keys->isChecked());
    keys->setFocus();
    QTest::keyClick(keys, Qt::Key_Space);
    QVERIFY(!m_settings->singleKeyShortcuts());
    auto *covers = find<QCheckBox>("settingsCovers");
    auto *details = find<QCheckBox>("settingsDetails");
    auto *completed = find<QCheckBox>("settingsAutoSave");
    for (QCheckBox *box : {covers, details, completed}) {
        QVERIFY2(!box->isChecked(), qPrintable(box->objectName())); // nothing that was not asked for
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
    }
    QVERIFY(m_settings->saveCovers() && m_settings->saveDetails() && m_settings->saveWhenCompleted());
    auto *hover = find<QCheckBox>("settingsHoverPlay");
    QVERIFY(hover->isChecked());
    hover->click();
    QVERIFY(!m_settings->hoverPlay());
}

void TestSettingsDialog::closingAppliesTheFieldBeingEdited()
{
    auto *field = find<QLineEdit>("settingsNameTemplate");
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, u"{id8}"_s);
    QTest::mouseClick(find<QPushButton>("settingsClose"), Qt::LeftButton);
    QCOMPARE(m_settings->nameTemplate(), u"{id8}"_s);
    QVERIFY(!m_dialog->isVisible());
}

void TestSettingsDialog::keyDialogOpens()
{
    QTest::mouseClick(find<QPushButton>("settingsChangeKey"), Qt::LeftButton);
    auto *dialog = m_dialog->findChild<KeyDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    dialog->reject();
    SOON_VERIFY(!m_dialog->findChild<KeyDialog *>());
}

TASKREEL_TEST_MAIN(TestSettingsDialog, QApplication)
#include "tst_settingsdialog.moc"
