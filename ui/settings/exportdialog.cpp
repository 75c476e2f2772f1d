// SPDX-License-Identifier: MIT
#include "ui/settings/exportdialog.h"

#include "core/text/quantities.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace taskreel {

using namespace Qt::StringLiterals;

ExportDialog::ExportDialog(int tasks, qint64 clipBytes, QWidget *parent)
    : QDialog(parent)
    , m_withClips(new QCheckBox)
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(tr("Export library"));
    auto *words = new QLabel(
            tr("One file with everything the list knows: %1 tasks with their answers, stars, notes and "
               "tags. The API key and saved files are not in it. Import library brings it into another "
               "Taskreel, or back into this one.")
                    .arg(QLocale().toString(tasks)));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    m_withClips->setObjectName(u"exportClips"_s);
    m_withClips->setText(tr("With kept clips and covers (%1)").arg(bytesText(clipBytes)));
    m_withClips->setAccessibleName(tr("With kept clips"));
    m_withClips->setChecked(clipBytes > 0);
    m_withClips->setEnabled(clipBytes > 0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *go = buttons->addButton(tr("Choose file…"), QDialogButtonBox::AcceptRole);
    go->setObjectName(u"exportChooseFile"_s);
    go->setAccessibleName(tr("Choose file"));
    go->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(measure::kMargin);
    layout->addWidget(words);
    layout->addWidget(m_withClips);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(460);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        accept();
        Q_EMIT chosen(m_withClips->isChecked());
    });
}

} // namespace taskreel
