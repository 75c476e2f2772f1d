// SPDX-License-Identifier: MIT
#include "ui/settings/settingsdialog.h"

#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "ui/settings/keydialog.h"
#include "ui/settings/nameeditor.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr qint64 kGigabyte = 1'000'000'000;
constexpr char kProblem[] = "problem";

template<typename Widget>
Widget *named(Widget *widget, const QString &accessibleName, const QString &objectName)
{
    widget->setAccessibleName(accessibleName);
    widget->setObjectName(objectName);
    return widget;
}

/// Wants the room that its page takes, as far as the screen has it.
class PageArea final : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

    [[nodiscard]] QSize sizeHint() const override
    {
        const QSize page = widget() ? widget()->sizeHint() : QSize();
        constexpr int kAround = 140; ///< px: the foot, margins, the window's frame
        const int most = std::max(200, screen()->availableSize().height() - kAround);
        const bool scrolls = page.height() > most;
        return {page.width() + (scrolls ? verticalScrollBar()->sizeHint().width() : 0),
                std::min(page.height(), most)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool done = QScrollArea::eventFilter(watched, event);
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry(); // a note came or went
        return done;
    }
};

} // namespace

SettingsDialog::SettingsDialog(AppSettings *settings, ApiKey *key, Theme *theme, QWidget *parent)
    : QDialog(parent), m_settings(settings), m_key(key), m_theme(theme), m_form(new QFormLayout)
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_form->setHorizontalSpacing(measure::kMargin);
    m_form->setVerticalSpacing(measure::kGap);
    addKey();
    addServiceAddress();
    addGap();
    addFolder();
    addNameTemplate();
    addSaving();
    addGap();
    addDownloads();
    addGap();
    addLimits();
    addGap();
    addAppearance();

    auto *hint = new QLabel(tr("Changes apply at once."), this);
    m_notes.append(hint);
    auto *close = named(new QPushButton(tr("Close"), this), tr("Close"), u"settingsClose"_s);
    close->setAutoDefault(false); // Return belongs to the field that is being edited
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *foot = new QHBoxLayout;
    foot->addWidget(hint);
    foot->addStretch(1);
    foot->addWidget(close);
    auto *column = new QVBoxLayout(this);
    constexpr int kMargin = measure::kMargin + measure::kGrid;
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kMargin);
    column->addWidget(makePage(), 1);
    column->addLayout(foot);
    connect(theme, &Theme::changed, this, &SettingsDialog::colour);
    colour();
}

/// All rows; where the screen is too low for them, they scroll.
QWidget *SettingsDialog::makePage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_form);
    column->addStretch(1);
    auto *area = new PageArea(this);
    area->setObjectName(u"settingsPage"_s);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(page);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    return area;
}

void SettingsDialog::addRow(const QString &label, QWidget *field)
{
    auto *words = new QLabel(label, this);
    words->setBuddy(field);
    words->setMinimumHeight(
        field->sizeHint().height()); // on one line with what stands in the field
    m_form->addRow(words, field);
}

void SettingsDialog::addGap()
{
    m_form->addItem(new QSpacerItem(0, measure::kGap));
}

QLabel *SettingsDialog::addNote(const QString &objectName)
{
    auto *note = new QLabel(this);
    note->setObjectName(objectName);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setFixedWidth(kFieldWidth);
    note->setFont(m_theme->smallFont(font()));
    m_form->addRow(QString(), note);
    m_notes.append(note);
    return note;
}

QLineEdit *SettingsDialog::addField(const QString &label, const QString &objectName)
{
    auto *field = named(new QLineEdit(this), label, objectName);
    field->setFixedWidth(kFieldWidth);
    return field;
}

void SettingsDialog::addKey()
{
    m_keyPlace = new QLabel(this);
    m_keyPlace->setObjectName(u"settingsKeyPlace"_s);
    m_keyPlace->setTextFormat(Qt::PlainText);
    m_keyPlace->setWordWrap(true);
    auto *change =
        named(new QPushButton(tr("Change…"), this), tr("Change API key"), u"settingsChangeKey"_s);
    change->setAutoDefault(false);
    connect(change, &QPushButton::clicked, this, &SettingsDialog::openKeyDialog);
    auto *row = new QWidget(this);
    row->setFixedWidth(kFieldWidth);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_keyPlace, 1);
    line->addWidget(change);
    addRow(tr("API key"), row);
    const auto update = [this] { m_keyPlace->setText(KeyDialog::placeText(*m_key)); };
    connect(m_key, &ApiKey::stateChanged, this, update);
    connect(m_key, &ApiKey::keyStored, this, update);
    update();
    m_key->lookUp();
}

void SettingsDialog::openKeyDialog()
{
    auto *dialog = new KeyDialog(m_key, m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SettingsDialog::addServiceAddress()
{
    m_serviceUrl = addField(tr("Service address"), u"settingsServiceUrl"_s);
    m_serviceUrl->setText(m_settings->serviceUrl().toString());
    addRow(tr("Service address"), m_serviceUrl);
    m_serviceNote = addNote(u"settingsServiceNote"_s);
    connect(m_serviceUrl, &QLineEdit::textChanged, this, &SettingsDialog::checkServiceUrl);
    connect(m_serviceUrl, &QLineEdit::editingFinished, this, &SettingsDialog::applyServiceUrl);
    checkServiceUrl();
}

void SettingsDialog::checkServiceUrl()
{
    const QString problem = AppSettings::serviceUrlProblem(m_serviceUrl->text());
    setNote(m_serviceNote,
            problem.isEmpty() ? tr("A new address is used from the next start on. Each address has "
                                   "its own key.")
                              : problem,
            !problem.isEmpty());
}

void SettingsDialog::applyServiceUrl()
{
    const QString text = m_serviceUrl->text().trimmed();
    if (AppSettings::serviceUrlProblem(text).isEmpty())
        m_settings->setServiceUrl(QUrl(text, QUrl::StrictMode));
}

void SettingsDialog::addFolder()
{
    m_folder = named(new QLineEdit(this), tr("Download folder"), u"settingsFolder"_s);
    m_folder->setText(QDir::toNativeSeparators(m_settings->downloadFolder()));
    auto *choose = named(new QPushButton(tr("Choose…"), this), tr("Choose download folder"),
                         u"settingsChooseFolder"_s);
    choose->setAutoDefault(false);
    auto *row = new QWidget(this);
    row->setFixedWidth(kFieldWidth);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_folder, 1);
    line->addWidget(choose);
    addRow(tr("Download folder"), row);
    m_folderNote = addNote(u"settingsFolderNote"_s);
    connect(m_folder, &QLineEdit::textChanged, this, &SettingsDialog::checkFolder);
    connect(m_folder, &QLineEdit::editingFinished, this, &SettingsDialog::applyFolder);
    connect(choose, &QPushButton::clicked, this, &SettingsDialog::chooseFolder);
    checkFolder();
}

void SettingsDialog::chooseFolder()
{
    auto *dialog =
        new QFileDialog(this, tr("Choose the download folder"), m_settings->downloadFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_folder->setText(QDir::toNativeSeparators(folder));
        applyFolder();
    });
    dialog->open();
}

void SettingsDialog::checkFolder()
{
    const QFileInfo folder(QDir::fromNativeSeparators(m_folder->text().trimmed()));
    QString problem;
    if (!folder.isAbsolute())
        problem = tr("Give the whole path of a folder.");
    else if (folder.exists() && !folder.isDir())
        problem = tr("This is a file. Choose a folder.");
    else if (folder.exists() && !folder.isWritable())
        problem = tr("Taskreel cannot write there. Choose another folder.");
    const bool isNew = problem.isEmpty() && !folder.exists();
    setNote(m_folderNote, isNew ? tr("This folder is made with the first download.") : problem,
            !isNew);
}

void SettingsDialog::applyFolder()
{
    checkFolder();
    const QString folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    const QFileInfo info(folder);
    if (info.isAbsolute() && (!info.exists() || (info.isDir() && info.isWritable())))
        m_settings->setDownloadFolder(QDir::cleanPath(folder));
}

QCheckBox *SettingsDialog::addSwitch(const QString &label, const QString &text, const QString &name,
                                     const QString &objectName)
{
    auto *box = named(new QCheckBox(text, this), name, objectName);
    if (label.isEmpty())
        m_form->addRow(QString(), box);
    else
        addRow(label, box);
    return box;
}

void SettingsDialog::addLimits()
{
    auto *parallel = named(new QSpinBox(this), tr("Requests at once"), u"settingsParallel"_s);
    parallel->setRange(1, 6);
    parallel->setValue(m_settings->parallelRequests());
    connect(parallel, &QSpinBox::valueChanged, m_settings, &AppSettings::setParallelRequests);
    auto *minute = named(new QSpinBox(this), tr("Requests a minute"), u"settingsPerMinute"_s);
    minute->setRange(1, 600);
    minute->setSingleStep(10);
    minute->setKeyboardTracking(false); // not each digit on the way to the number
    minute->setValue(m_settings->requestsPerMinute());
    connect(minute, &QSpinBox::valueChanged, m_settings, &AppSettings::setRequestsPerMinute);
    auto *budget = named(new QSpinBox(this), tr("Space for watched clips"), u"settingsBudget"_s);
    budget->setRange(1, 10'000);
    //: gigabytes, after a number
    budget->setSuffix(tr(" GB"));
    budget->setKeyboardTracking(false);
    budget->setValue(int(m_settings->keptBudget() / kGigabyte));
    connect(budget, &QSpinBox::valueChanged, this,
            [this](int gigabytes) { m_settings->setKeptBudget(gigabytes * kGigabyte); });
    for (QSpinBox *box : {parallel, minute, budget})
        box->setFixedWidth(120);
    addRow(tr("Requests at once"), parallel);
    addRow(tr("Requests a minute"), minute);
    addRow(tr("Space for watched clips"), budget);
}

void SettingsDialog::addAppearance()
{
    auto *appearance = named(new QComboBox(this), tr("Appearance"), u"settingsAppearance"_s);
    appearance->addItem(tr("System"), int(Appearance::System));
    appearance->addItem(tr("Light"), int(Appearance::Light));
    appearance->addItem(tr("Dark"), int(Appearance::Dark));
    appearance->setCurrentIndex(appearance->findData(int(m_settings->appearance())));
    appearance->setFixedWidth(120);
    connect(appearance, &QComboBox::activated, this, [this, appearance] {
        m_settings->setAppearance(Appearance(appearance->currentData().toInt()));
    });
    addRow(tr("Appearance"), appearance);
    auto *hover = named(new QCheckBox(tr("Play clips that are here under the pointer"), this),
                        tr("Play under the pointer"), u"settingsHoverPlay"_s);
    hover->setChecked(m_settings->hoverPlay());
    connect(hover, &QCheckBox::toggled, m_settings, &AppSettings::setHoverPlay);
    addRow(tr("Covers"), hover);
    auto *notify = named(new QComboBox(this), tr("Notifications"), u"settingsNotifications"_s);
    notify->addItem(tr("One for results that end together"), int(Notifications::Together));
    notify->addItem(tr("One for each result"), int(Notifications::Each));
    notify->addItem(tr("None"), int(Notifications::None));
    notify->setCurrentIndex(notify->findData(int(m_settings->notifications())));
    connect(notify, &QComboBox::activated, this, [this, notify] {
        m_settings->setNotifications(Notifications(notify->currentData().toInt()));
    });
    addRow(tr("Notifications"), notify);
    auto *keys = named(new QCheckBox(tr("Use single keys, such as T for the watermark"), this),
                       tr("Single-key shortcuts"), u"settingsSingleKeys"_s);
    keys->setChecked(m_settings->singleKeyShortcuts());
    connect(keys, &QCheckBox::toggled, m_settings, &AppSettings::setSingleKeyShortcuts);
    addRow(tr("Shortcuts"), keys);
}

void SettingsDialog::done(int result)
{
    // A field that still has the focus was not told that its editing ended.
    applyServiceUrl();
    applyFolder();
    m_names->apply();
    m_settings->sync();
    QDialog::done(result);
}

void SettingsDialog::setNote(QLabel *note, const QString &text, bool isProblem)
{
    note->setText(text);
    note->setVisible(!text.isEmpty());
    note->setProperty(kProblem, isProblem);
    colour();
}

void SettingsDialog::colour()
{
    for (QLabel *note : std::as_const(m_notes)) {
        QPalette quiet = palette();
        const bool isProblem = note->property(kProblem).toBool();
        quiet.setColor(QPalette::WindowText,
                       m_theme->color(isProblem ? ColorToken::Failed : ColorToken::Dim));
        note->setPalette(quiet);
    }
}

} // namespace taskreel
