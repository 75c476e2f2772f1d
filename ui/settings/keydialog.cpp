// SPDX-License-Identifier: MIT
#include "ui/settings/keydialog.h"

#include "core/secrets/apikey.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

KeyDialog::KeyDialog(ApiKey *key, Theme *theme, QWidget *parent)
    : QDialog(parent)
    , m_key(key)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_place(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_forget(new QPushButton(tr("Forget key"), this))
    , m_enter(new QPushButton(tr("Use this key"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(u"keyDialog"_s);
    setWindowTitle(tr("API key"));
    build();
    connect(m_enter, &QPushButton::clicked, this, &KeyDialog::enter);
    connect(m_forget, &QPushButton::clicked, this, &KeyDialog::forget);
    connect(m_close, &QPushButton::clicked, this, &KeyDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        m_problem->clear();
        updateState();
    });
    connect(key, &ApiKey::stateChanged, this, &KeyDialog::updateState);
    connect(key, &ApiKey::keyStored, this, &KeyDialog::takeStored);
    connect(theme, &Theme::changed, this, &KeyDialog::colour);
    colour();
    updateState();
    // Whether there is one is worth knowing before one types another.
    key->lookUp();
}

void KeyDialog::build()
{
    auto *intro = new QLabel(
        tr("Taskreel asks %1 with your API key. The key is sent there and nowhere else.")
            .arg(m_key->origin()),
        this);
    for (QLabel *label : {intro, m_place, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_place->setObjectName(u"keyPlace"_s);
    m_problem->setObjectName(u"keyProblem"_s);
    m_field->setObjectName(u"keyField"_s);
    m_field->setAccessibleName(tr("API key"));
    m_field->setPlaceholderText(tr("Paste the key"));
    m_field->setEchoMode(QLineEdit::Password);
    // No word list, no spell checker and no learning keyboard gets to see it.
    m_field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    auto *show = new QPushButton(tr("Show"), this);
    show->setObjectName(u"keyShow"_s);
    show->setAccessibleName(tr("Show key"));
    show->setCheckable(true);
    connect(show, &QPushButton::toggled, this, [this, show](bool on) {
        m_field->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
        show->setText(on ? tr("Hide") : tr("Show"));
    });
    m_forget->setObjectName(u"keyForget"_s);
    m_forget->setAccessibleName(tr("Forget key"));
    m_enter->setObjectName(u"keyEnter"_s);
    m_enter->setAccessibleName(tr("Use this key"));
    m_enter->setDefault(true);
    makePrimary(m_enter);
    m_close->setObjectName(u"keyClose"_s);
    m_close->setAccessibleName(tr("Close"));
    for (QPushButton *button : {show, m_forget, m_close})
        button->setAutoDefault(false);

    auto *fieldRow = new QHBoxLayout;
    fieldRow->setSpacing(measure::kGap);
    fieldRow->addWidget(m_field, 1);
    fieldRow->addWidget(show);
    auto *buttonRow = new QHBoxLayout;
    buttonRow->setSpacing(measure::kGap);
    buttonRow->addWidget(m_forget);
    buttonRow->addStretch(1);
    buttonRow->addWidget(m_close);
    buttonRow->addWidget(m_enter);
    auto *column = new QVBoxLayout(this);
    constexpr int kMargin = measure::kMargin + measure::kGrid;
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(measure::kMargin);
    column->addWidget(intro);
    column->addLayout(fieldRow);
    column->addWidget(m_problem);
    column->addWidget(m_place);
    column->addStretch(1);
    column->addSpacing(measure::kGrid);
    column->addLayout(buttonRow);
    setMinimumWidth(440);
}

QString KeyDialog::placeText(const ApiKey &key)
{
    switch (key.state()) {
    case ApiKey::State::NotLookedUp:
    case ApiKey::State::LookingUp:
        return tr("Looking for a key in the system keyring.");
    case ApiKey::State::Missing:
        return tr("There is no key yet. It will be kept in the system keyring, or, where there is "
                  "none, until Taskreel ends.");
    case ApiKey::State::Available:
        break;
    }
    switch (key.place()) {
    case ApiKey::Place::Environment:
        return tr("The key in use came from PIAPI_API_KEY, for this run.");
    case ApiKey::Place::Keyring:
        return tr("The key in use is kept in the system keyring.");
    case ApiKey::Place::Session:
        return tr("The key in use is kept for this session only.");
    case ApiKey::Place::Fixed:
        return tr("The demo has a key of its own. Leave the demo to enter yours.");
    case ApiKey::Place::None:
        break;
    }
    return {};
}

void KeyDialog::enter()
{
    if (ApiKey::cleaned(m_field->text()).isEmpty()) {
        m_problem->setText(tr("This cannot be a key. Copy it again from your PiAPI workspace."));
        updateState();
        m_field->setFocus();
        m_field->selectAll();
        return;
    }
    m_waiting = true;
    const QString typed = m_field->text();
    m_field->clear(); // also out of the field's undo history
    m_key->enter(typed);
    updateState();
}

void KeyDialog::takeStored(bool inKeyring, const QString &problem)
{
    if (!std::exchange(m_waiting, false))
        return;
    // Without a keyring the key works, but one should know that it is gone with the program.
    m_problem->setText(inKeyring ? QString() : problem);
    updateState();
    if (inKeyring)
        accept();
    else
        m_close->setFocus();
}

void KeyDialog::forget()
{
    m_field->clear();
    m_key->forget();
}

void KeyDialog::updateState()
{
    const bool isFixed = m_key->place() == ApiKey::Place::Fixed;
    m_place->setText(placeText(*m_key));
    m_field->setEnabled(!isFixed && !m_waiting);
    m_enter->setEnabled(!isFixed && !m_waiting && !m_field->text().trimmed().isEmpty());
    m_forget->setEnabled(!isFixed && !m_waiting && m_key->state() == ApiKey::State::Available);
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void KeyDialog::colour()
{
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, m_theme->color(ColorToken::Dim));
    m_place->setPalette(dim);
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, m_theme->color(ColorToken::Pending));
    m_problem->setPalette(warning);
}

} // namespace taskreel
