// SPDX-License-Identifier: MIT
#include "ui/details/factsview.h"

#include "ui/common/textkeys.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace taskreel {

FactsView::FactsView(Theme *theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout)
{
    setObjectName(u"factsView"_s);
    setAccessibleName(tr("Details"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    content->setObjectName(u"facts"_s);
    content->setAccessibleName(tr("Details"));
    m_grid->setContentsMargins(measure::kMargin + measure::kGrid, measure::kMargin,
                               measure::kMargin, measure::kMargin);
    m_grid->setHorizontalSpacing(measure::kMargin + measure::kGrid);
    m_grid->setVerticalSpacing(measure::kGrid + 2);
    m_grid->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_grid);
    column->addStretch(1);
    setWidget(content);
    connect(theme, &Theme::changed, this, &FactsView::colourRows);
}

void FactsView::addRow()
{
    const int row = int(m_rows.size());
    Row widgets{new QLabel(widget()), new QLabel(widget())};
    widgets.label->setTextFormat(Qt::PlainText);
    widgets.value->setTextFormat(Qt::PlainText);
    widgets.value->setWordWrap(true);
    widgets.value->setTextInteractionFlags(Qt::TextSelectableByMouse
                                           | Qt::TextSelectableByKeyboard);
    widgets.value->setFocusPolicy(Qt::ClickFocus); // one stop of the Tab key a row would be too many
    widgets.value->setObjectName(u"fact%1"_s.arg(row));
    keepTextKeys(widgets.value);
    widgets.label->setBuddy(widgets.value);
    m_grid->addWidget(widgets.label, row, 0, Qt::AlignTop);
    m_grid->addWidget(widgets.value, row, 1);
    m_rows.append(widgets);
}

void FactsView::setFacts(const QList<Fact> &facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    while (m_rows.size() < facts.size())
        addRow();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const bool used = i < facts.size();
        m_rows[i].label->setVisible(used);
        m_rows[i].value->setVisible(used);
        if (!used)
            continue;
        m_rows[i].label->setText(facts[i].label);
        if (m_rows[i].value->text() != facts[i].value)
            m_rows[i].value->setText(facts[i].value);
    }
    colourRows();
}

void FactsView::colourRows()
{
    for (qsizetype i = 0; i < m_facts.size(); ++i) {
        QPalette dim = palette();
        dim.setColor(QPalette::WindowText, m_theme->color(ColorToken::Dim));
        m_rows[i].label->setPalette(dim);
        const bool failed = m_facts[i].tone == Fact::Tone::Failed;
        QPalette text = palette();
        text.setColor(QPalette::WindowText,
                      m_theme->color(failed ? ColorToken::Failed : ColorToken::Text));
        m_rows[i].value->setPalette(text);
    }
}

} // namespace taskreel
