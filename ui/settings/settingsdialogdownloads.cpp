// SPDX-License-Identifier: MIT
// The part of SettingsDialog for how downloads go, and under which names.
#include "core/settings/appsettings.h"
#include "ui/settings/nameeditor.h"
#include "ui/settings/settingsdialog.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include <cmath>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr double kMegabyte = 1'000'000;
constexpr int kMostAtOnce = 6;
constexpr int kFastest = 1'000; ///< MB/s

} // namespace

void SettingsDialog::addDownloads()
{
    addDownloadsAtOnce();
    auto *speed = new QDoubleSpinBox(this);
    speed->setAccessibleName(tr("Speed limit"));
    speed->setObjectName(u"settingsSpeedLimit"_s);
    speed->setRange(0, kFastest);
    speed->setDecimals(1);
    speed->setSingleStep(0.5);
    speed->setSpecialValueText(tr("No limit"));
    //: megabytes a second, after a number
    speed->setSuffix(tr(" MB/s"));
    speed->setKeyboardTracking(false);
    speed->setFixedWidth(120);
    speed->setValue(double(m_settings->speedLimit()) / kMegabyte);
    connect(speed, &QDoubleSpinBox::valueChanged, this, [this](double megabytes) {
        m_settings->setSpeedLimit(qint64(std::llround(megabytes * kMegabyte)));
    });
    addRow(tr("Speed limit"), speed);

    auto *names = new QComboBox(this);
    names->setAccessibleName(tr("When a name is in use"));
    names->setObjectName(u"settingsNameInUse"_s);
    names->addItem(tr("Skip what is the same, else keep both"), int(ConflictPolicy::SkipIdentical));
    names->addItem(tr("Keep both"), int(ConflictPolicy::KeepBoth));
    names->addItem(tr("Overwrite"), int(ConflictPolicy::Overwrite));
    names->addItem(tr("Ask"), int(ConflictPolicy::Ask));
    names->setCurrentIndex(names->findData(int(m_settings->conflictPolicy())));
    connect(names, &QComboBox::activated, this, [this, names] {
        m_settings->setConflictPolicy(ConflictPolicy(names->currentData().toInt()));
    });
    addRow(tr("When a name is in use"), names);

    auto *unfinished = new QComboBox(this);
    unfinished->setAccessibleName(tr("Unfinished downloads"));
    unfinished->setObjectName(u"settingsUnfinished"_s);
    unfinished->addItem(tr("Continue at the next start"), int(UnfinishedDownloads::Continue));
    unfinished->addItem(tr("Ask at the next start"), int(UnfinishedDownloads::Ask));
    unfinished->setCurrentIndex(unfinished->findData(int(m_settings->unfinishedDownloads())));
    connect(unfinished, &QComboBox::activated, this, [this, unfinished] {
        m_settings->setUnfinishedDownloads(UnfinishedDownloads(unfinished->currentData().toInt()));
    });
    addRow(tr("Unfinished downloads"), unfinished);
}

void SettingsDialog::addDownloadsAtOnce()
{
    const auto makeBox = [this](const QString &name, const QString &objectName, int value) {
        auto *box = new QSpinBox(this);
        box->setAccessibleName(name);
        box->setObjectName(objectName);
        box->setRange(1, kMostAtOnce);
        box->setValue(value);
        box->setFixedWidth(120);
        return box;
    };
    QSpinBox *all =
        makeBox(tr("Downloads at once"), u"settingsDownloads"_s, m_settings->parallelDownloads());
    QSpinBox *host =
        makeBox(tr("Downloads of one host"), u"settingsPerHost"_s, m_settings->downloadsPerHost());
    connect(all, &QSpinBox::valueChanged, m_settings, &AppSettings::setParallelDownloads);
    connect(host, &QSpinBox::valueChanged, m_settings, &AppSettings::setDownloadsPerHost);
    //: Downloads at once: 3, of one host at most: 3
    auto *words = new QLabel(tr("of one host at most"), this);
    words->setBuddy(host);
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(measure::kGap);
    line->addWidget(all);
    line->addWidget(words);
    line->addWidget(host);
    addRow(tr("Downloads at once"), row);
}

void SettingsDialog::addNameTemplate()
{
    m_names = new NameEditor(m_settings, m_theme, kFieldWidth, this);
    auto *words = new QLabel(tr("File names"), this);
    words->setBuddy(m_names);
    words->setFixedHeight(measure::kControlHeight); // on one line with the field, not its notes
    m_form->addRow(words, m_names);
}

void SettingsDialog::setTasks(TaskRepository *repository, const QString &shownId)
{
    m_names->setTasks(repository, shownId);
}

void SettingsDialog::addSaving()
{
    QCheckBox *completed =
        addSwitch(tr("Saving"), tr("Save results when their task completes"),
                  tr("Save automatically when completed"), u"settingsAutoSave"_s);
    completed->setChecked(m_settings->saveWhenCompleted());
    connect(completed, &QCheckBox::toggled, m_settings, &AppSettings::setSaveWhenCompleted);
    QCheckBox *covers = addSwitch({}, tr("Save the cover image too"),
                                  tr("Save the cover image too"), u"settingsCovers"_s);
    covers->setChecked(m_settings->saveCovers());
    connect(covers, &QCheckBox::toggled, m_settings, &AppSettings::setSaveCovers);
    QCheckBox *details = addSwitch({}, tr("Save the details beside each file (.json)"),
                                   tr("Save the details beside each file"), u"settingsDetails"_s);
    details->setChecked(m_settings->saveDetails());
    connect(details, &QCheckBox::toggled, m_settings, &AppSettings::setSaveDetails);
}

} // namespace taskreel
