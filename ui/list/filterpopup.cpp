// SPDX-License-Identifier: MIT
#include "ui/list/filterpopup.h"

#include "core/models/savedfilters.h"
#include "core/models/taskfilter.h"
#include "core/text/quantities.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QToolButton>
#include <QVBoxLayout>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kNameLength = 60;
constexpr int kDateFrame = 56; ///< px around a date: margins and the button

//: an entry of the filter's lists; %1: a model or kind, %2: how many tasks have it
QString counted(const QString &name, int count)
{
    return FilterPopup::tr("%1 (%2)").arg(name, QLocale().toString(count));
}

void choose(QComboBox *box, const QVariant &value)
{
    const int at = box->findData(value);
    box->setCurrentIndex(at < 0 ? 0 : at);
}

template<typename Enum>
Enum chosen(const QComboBox *box)
{
    return static_cast<Enum>(box->currentData().toInt());
}

} // namespace

FilterPopup::FilterPopup(TaskFilter *filter, AppSettings *settings, Theme *theme, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_filter(filter)
    , m_filters(new SavedFilters(settings, this))
    , m_theme(theme)
{
    setObjectName(u"filterPopup"_s);
    setAccessibleName(tr("Filter"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(measure::kMargin);
    form->setVerticalSpacing(measure::kGap);
    m_model = addChoice(form, tr("&Model"), u"filterModel"_s);
    m_kind = addChoice(form, tr("&Kind"), u"filterKind"_s);
    using Criteria = TaskCriteria;
    m_version = addChoice(form, tr("&Version"), u"filterVersion"_s);
    m_version->addItem(tr("Any"), int(Criteria::Version::Any));
    m_version->addItem(tr("There is one without watermark"), int(Criteria::Version::WithoutWatermark));
    m_version->addItem(tr("There is one with watermark"), int(Criteria::Version::Watermarked));
    m_version->addItem(tr("Only with watermark"), int(Criteria::Version::OnlyWatermarked));
    m_saved = addChoice(form, tr("&Saved"), u"filterSaved"_s);
    m_saved->addItem(tr("Any"), int(Criteria::Saved::Any));
    m_saved->addItem(tr("Saved"), int(Criteria::Saved::Saved));
    m_saved->addItem(tr("Not saved"), int(Criteria::Saved::NotSaved));
    m_mark = addChoice(form, tr("Ma&rks"), u"filterMark"_s);
    m_mark->addItem(tr("Any"), int(Criteria::Mark::Any));
    m_mark->addItem(tr("Starred"), int(Criteria::Mark::Starred));
    m_mark->addItem(tr("Not rejected"), int(Criteria::Mark::NotRejected));
    m_mark->addItem(tr("Rejected"), int(Criteria::Mark::Rejected));
    m_created = addChoice(form, tr("&Created"), u"filterCreated"_s);
    m_created->addItem(tr("Any time"), int(Criteria::Created::Any));
    m_created->addItem(tr("Today"), int(Criteria::Created::Today));
    m_created->addItem(tr("Last 7 days"), int(Criteria::Created::SevenDays));
    m_created->addItem(tr("Last 30 days"), int(Criteria::Created::ThirtyDays));
    m_created->addItem(tr("Between two days"), int(Criteria::Created::Custom));
    addDates(form);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(measure::kMargin);
    layout->addLayout(form);
    layout->addWidget(makeFoot());
    layout->addWidget(makeSaved());
    connect(filter, &TaskFilter::filterChanged, this, [this] {
        if (isVisible())
            show(m_filter->criteria());
    });
    const auto count = [this] {
        if (isVisible())
            showFoot();
    };
    connect(filter, &QAbstractItemModel::rowsInserted, this, count);
    connect(filter, &QAbstractItemModel::rowsRemoved, this, count);
    connect(filter, &QAbstractItemModel::modelReset, this, count);
    connect(m_filters, &SavedFilters::changed, this, &FilterPopup::showSaved);
    fillCounted();
    showSaved();
    show(filter->criteria());
}

QComboBox *FilterPopup::addChoice(QFormLayout *form, const QString &label, const QString &name)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setMinimumWidth(280);
    auto *words = new QLabel(label);
    words->setBuddy(box);
    words->setMinimumHeight(box->sizeHint().height()); // in the middle beside its box
    form->addRow(words, box);
    box->setAccessibleName(QString(label).remove(u'&'));
    connect(box, &QComboBox::activated, this, &FilterPopup::apply);
    return box;
}

void FilterPopup::addDates(QFormLayout *form)
{
    m_days = new QWidget;
    auto *row = new QHBoxLayout(m_days);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap);
    const auto add = [&](const QString &objectName, const QString &words) {
        auto *edit = new QDateEdit(QDate::currentDate());
        edit->setObjectName(objectName);
        edit->setAccessibleName(words);
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(u"d MMM yyyy"_s);
        edit->setMinimumWidth(fontMetrics().horizontalAdvance(u"30 MMM 2000"_s) + kDateFrame);
        connect(edit, &QDateEdit::dateChanged, this, &FilterPopup::apply);
        row->addWidget(edit, 1);
        return edit;
    };
    m_from = add(u"filterFrom"_s, tr("First day"));
    row->addWidget(new QLabel(u"–"_s));
    m_to = add(u"filterTo"_s, tr("Last day"));
    form->addRow(QString(), m_days);
}

QWidget *FilterPopup::makeFoot()
{
    auto *foot = new QWidget;
    m_found = new QLabel;
    m_found->setObjectName(u"filterFound"_s);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_clear = new QPushButton(tr("Clear filters"));
    m_clear->setObjectName(u"filterClear"_s);
    m_clear->setAutoDefault(false);
    connect(m_clear, &QPushButton::clicked, m_filter, &TaskFilter::clear);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_found, 1);
    row->addWidget(m_clear);
    return foot;
}

QWidget *FilterPopup::makeSaved()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kGap);
    auto *line = new QFrame;
    line->setFixedHeight(1);
    line->setBackgroundRole(QPalette::Mid);
    line->setAutoFillBackground(true);
    layout->addWidget(line);
    m_noneSaved = new QLabel(tr("Filters that you save appear here."));
    m_noneSaved->setForegroundRole(QPalette::PlaceholderText);
    m_savedRows = new QVBoxLayout;
    m_savedRows->setSpacing(2);
    m_name = new QLineEdit;
    m_name->setObjectName(u"filterName"_s);
    m_name->setAccessibleName(tr("Name of the filter"));
    m_name->setPlaceholderText(tr("Name of this filter"));
    m_name->setMaxLength(kNameLength);
    m_save = new QPushButton(tr("Save filter"));
    m_save->setObjectName(u"filterSave"_s);
    m_save->setAutoDefault(false);
    connect(m_name, &QLineEdit::textChanged, this, &FilterPopup::showFoot);
    connect(m_name, &QLineEdit::returnPressed, this, &FilterPopup::saveCurrent);
    connect(m_save, &QPushButton::clicked, this, &FilterPopup::saveCurrent);
    auto *row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    layout->addWidget(m_noneSaved);
    layout->addLayout(m_savedRows);
    layout->addLayout(row);
    return box;
}

void FilterPopup::fillCounted()
{
    const FacetCounts counts = m_filter->facetCounts();
    const TaskCriteria &now = m_filter->criteria();
    m_model->clear();
    m_model->addItem(tr("Any"), QString());
    bool listed = now.model.isEmpty();
    for (const auto &[model, count] : counts.models) {
        m_model->addItem(counted(model, count), model);
        listed = listed || model == now.model;
    }
    if (!listed)
        m_model->addItem(counted(now.model, 0), now.model);
    m_kind->clear();
    m_kind->addItem(tr("Any"), -1);
    listed = !now.kind;
    for (const auto &[kind, count] : counts.kinds) {
        m_kind->addItem(counted(kindText(kind), count), int(kind));
        listed = listed || kind == now.kind;
    }
    if (!listed)
        m_kind->addItem(counted(kindText(*now.kind), 0), int(*now.kind));
}

void FilterPopup::popUp(const QPoint &globalTopLeft)
{
    fillCounted();
    show(m_filter->criteria());
    adjustSize();
    QPoint at = globalTopLeft;
    if (const QScreen *here = screen()) {
        const QRect room = here->availableGeometry();
        at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
        at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    }
    move(at);
    QFrame::show();
    m_model->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::show(const TaskCriteria &criteria)
{
    const QScopedValueRollback guard(m_showing, true);
    if (m_model->findData(criteria.model) < 0
        || (criteria.kind && m_kind->findData(int(*criteria.kind)) < 0))
        fillCounted();
    choose(m_model, criteria.model);
    choose(m_kind, criteria.kind ? int(*criteria.kind) : -1);
    choose(m_version, int(criteria.version));
    choose(m_saved, int(criteria.saved));
    choose(m_mark, int(criteria.mark));
    choose(m_created, int(criteria.created));
    const QDate today = QDate::currentDate();
    m_from->setDate(criteria.from.isValid() ? criteria.from : today.addDays(-6));
    m_to->setDate(criteria.to.isValid() ? criteria.to : today);
    m_days->setVisible(criteria.created == TaskCriteria::Created::Custom);
    showFoot();
    adjustSize();
}

void FilterPopup::apply()
{
    if (m_showing)
        return;
    TaskCriteria criteria = m_filter->criteria();
    criteria.model = m_model->currentData().toString();
    const int kind = m_kind->currentData().toInt();
    criteria.kind = kind < 0 ? std::nullopt : std::optional(static_cast<MediaKind>(kind));
    criteria.version = chosen<TaskCriteria::Version>(m_version);
    criteria.saved = chosen<TaskCriteria::Saved>(m_saved);
    criteria.mark = chosen<TaskCriteria::Mark>(m_mark);
    criteria.created = chosen<TaskCriteria::Created>(m_created);
    const bool custom = criteria.created == TaskCriteria::Created::Custom;
    criteria.from = custom ? std::min(m_from->date(), m_to->date()) : QDate();
    criteria.to = custom ? std::max(m_from->date(), m_to->date()) : QDate();
    m_filter->setCriteria(criteria);
}

void FilterPopup::showFoot()
{
    const int all = m_filter->counts().all;
    m_found->setText(tr("%1 of %2 tasks").arg(QLocale().toString(m_filter->rowCount()),
                                        QLocale().toString(all)));
    const bool on = !m_filter->criteria().isEmpty();
    m_clear->setEnabled(on);
    m_save->setEnabled(on && m_filters->canSave(m_name->text().simplified()));
}

void FilterPopup::showSaved()
{
    while (QLayoutItem *item = m_savedRows->takeAt(0)) {
        // One of them may have been pressed just now.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const QList<NamedFilter> &saved = m_filters->all();
    for (int i = 0; i < saved.size(); ++i)
        addSavedRow(i, saved[i].name);
    m_noneSaved->setVisible(saved.isEmpty());
    showFoot();
    adjustSize();
}

void FilterPopup::addSavedRow(int position, const QString &name)
{
    auto *line = new QWidget;
    auto *use = new QToolButton;
    use->setObjectName(u"savedFilter%1"_s.arg(position));
    use->setText(fontMetrics().elidedText(QString(name).replace(u'&', u"&&"_s), Qt::ElideRight, 240));
    use->setAccessibleName(tr("Use filter %1").arg(name));
    use->setIcon(m_theme->icon(u"view-filter"_s));
    use->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    use->setAutoRaise(true);
    use->setFocusPolicy(Qt::StrongFocus);
    use->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *remove = new QToolButton;
    remove->setObjectName(u"removeSavedFilter%1"_s.arg(position));
    remove->setIcon(m_theme->icon(u"edit-delete"_s));
    remove->setAutoRaise(true);
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setToolTip(tr("Remove this saved filter"));
    remove->setAccessibleName(tr("Remove filter %1").arg(name));
    connect(use, &QToolButton::clicked, this,
            [this, position] { m_filter->setCriteria(m_filters->all().at(position).criteria); });
    connect(remove, &QToolButton::clicked, this,
            [this, position] { m_filters->removeAt(position); });
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(use, 1);
    row->addWidget(remove);
    m_savedRows->addWidget(line);
}

void FilterPopup::saveCurrent()
{
    if (!m_save->isEnabled())
        return;
    const QString name = m_name->text().simplified();
    m_name->clear();
    m_filters->save(name, m_filter->criteria());
}

void FilterPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme->color(ColorToken::Line));
    painter.setBrush(m_theme->color(ColorToken::Window));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void FilterPopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

} // namespace taskreel
