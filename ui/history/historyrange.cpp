// SPDX-License-Identifier: MIT
#include "ui/history/historyrange.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAllTime = 0;
constexpr int kBetween = -1;
constexpr int kUsualDays = 30;
constexpr int kLongestModel = 100;

template<typename Widget>
Widget *named(Widget *widget, const QString &accessibleName, const QString &objectName)
{
    widget->setAccessibleName(accessibleName);
    widget->setObjectName(objectName);
    return widget;
}

} // namespace

HistoryRange::HistoryRange(const QStringList &models, QWidget *parent)
    : QWidget(parent)
    , m_period(named(new QComboBox(this), tr("Period"), u"historyPeriod"_s))
    , m_from(named(new QDateEdit(this), tr("From"), u"historyFrom"_s))
    , m_to(named(new QDateEdit(this), tr("To"), u"historyTo"_s))
    , m_model(named(new QComboBox(this), tr("Model"), u"historyModel"_s))
{
    m_period->addItem(tr("Last 24 hours"), 1);
    m_period->addItem(tr("Last 7 days"), 7);
    m_period->addItem(tr("Last 30 days"), kUsualDays);
    m_period->addItem(tr("Last 12 months"), 365);
    m_period->addItem(tr("All time"), kAllTime);
    m_period->addItem(tr("Between two days"), kBetween);
    m_period->setCurrentIndex(m_period->findData(kUsualDays));
    for (QDateEdit *day : {m_from, m_to}) {
        day->setCalendarPopup(true);
        day->setDate(QDate::currentDate());
        day->setMaximumDate(QDate::currentDate().addDays(1)); // midnight may pass meanwhile
    }
    m_from->setDate(QDate::currentDate().addDays(-kUsualDays));
    m_model->addItem(tr("Any model"));
    m_model->addItems(models);
    m_model->setEditable(true); // the account may know more of them than the list
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->setMinimumWidth(170);
    m_model->lineEdit()->setMaxLength(kLongestModel);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(measure::kGap);
    // A combo box tells a screen reader its choice; its name comes from the label before it.
    auto *periodLabel = new QLabel(tr("Period"), this);
    periodLabel->setBuddy(m_period);
    line->addWidget(periodLabel);
    line->addWidget(m_period);
    auto *dash = new QLabel(u"–"_s, this);
    dash->setVisible(false);
    line->addWidget(m_from);
    line->addWidget(dash);
    line->addWidget(m_to);
    line->addSpacing(measure::kGap);
    auto *modelLabel = new QLabel(tr("Model"), this);
    modelLabel->setBuddy(m_model);
    line->addWidget(modelLabel);
    line->addWidget(m_model);
    line->addStretch(1);
    connect(m_period, &QComboBox::currentIndexChanged, this, [this, dash] {
        choosePeriod();
        dash->setVisible(m_period->currentData().toInt() == kBetween);
    });
    connect(m_from, &QDateEdit::dateChanged, m_to, &QDateEdit::setMinimumDate);
    m_to->setMinimumDate(m_from->date());
    choosePeriod();
}

void HistoryRange::choosePeriod()
{
    const bool between = m_period->currentData().toInt() == kBetween;
    m_from->setVisible(between);
    m_to->setVisible(between);
}

HistoryQuery HistoryRange::query() const
{
    HistoryQuery query;
    const int days = m_period->currentData().toInt();
    if (days == kBetween) {
        query.from = m_from->date().startOfDay().toUTC();
        query.to = m_to->date().endOfDay().toUTC();
    } else if (days != kAllTime) {
        query.from = QDateTime::currentDateTimeUtc().addDays(-days);
    }
    const QString model = m_model->currentText().trimmed();
    if (model != m_model->itemText(0))
        query.model = model;
    return query;
}

} // namespace taskreel
