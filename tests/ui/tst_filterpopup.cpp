// SPDX-License-Identifier: MIT
#include "core/models/savedfilters.h"
#include "support/isolation.h"
#include "support/listfixture.h"
#include "support/patience.h"
#include "ui/list/filterbutton.h"
#include "ui/list/filterpopup.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

class FilterPopupTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void choicesCountAndFilterAtOnce();
    void theButtonSaysHowManyAreOn();
    void customDaysAppearWithTheirChoice();
    void followsTheFilter();
    void filtersAreSavedUsedReplacedAndRemoved();
    void escapeCloses();

private:
    template<typename W>
    [[nodiscard]] W *part(const QString &name) const
    {
        W *found = m_popup->findChild<W *>(name);
        if (!found)
            qFatal("no %s", qPrintable(name));
        return found;
    }
    void choose(const QString &box, int item) const
    {
        auto *combo = part<QComboBox>(box);
        combo->setCurrentIndex(item);
        Q_EMIT combo->activated(item);
    }
    [[nodiscard]] const SavedFilters &saved() const
    {
        return *m_popup->findChild<SavedFilters *>();
    }
    [[nodiscard]] const TaskCriteria &criteria() const { return m_list->filter.criteria(); }

    Theme m_theme;
    std::unique_ptr<ListFixture> m_list;
    std::unique_ptr<FilterButton> m_button;
    FilterPopup *m_popup = nullptr;
};

void FilterPopupTest::init()
{
    m_list = std::make_unique<ListFixture>();
    QList<TaskSummary> rows;
    for (int n = 0; n < 9; ++n) {
        TaskSummary row = ListFixture::row(n);
        row.kind = n < 3 ? MediaKind::Image : MediaKind::Video;
        row.model = n == 0 ? u"luma"_s : u"kling"_s;
        row.resultCount = 1;
        rows.append(row);
    }
    m_list->repository.load(rows);
    m_button = std::make_unique<FilterButton>(&m_list->filter, &m_list->settings, &m_theme);
    m_button->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_button.get()));
    m_button->click();
    m_popup = m_button->findChild<FilterPopup *>();
    QVERIFY(m_popup && m_popup->isVisible());
}

void FilterPopupTest::cleanup()
{
    m_button.reset();
    m_list.reset();
}

void FilterPopupTest::choicesCountAndFilterAtOnce()
{
    auto *model = part<QComboBox>(u"filterModel"_s);
    QCOMPARE(model->count(), 3);
    QCOMPARE(model->itemText(1), u"kling (8)"_s);
    QCOMPARE(model->accessibleName(), u"Model"_s);
    choose(u"filterModel"_s, 1);
    QCOMPARE(criteria().model, u"kling"_s);
    QCOMPARE(m_list->filter.rowCount(), 8);
    QCOMPARE(part<QComboBox>(u"filterKind"_s)->itemText(1), u"Video (6)"_s);
    choose(u"filterKind"_s, 2);
    QCOMPARE(criteria().kind, MediaKind::Image);
    QCOMPARE(m_list->filter.rowCount(), 2);
    QCOMPARE(part<QLabel>(u"filterFound"_s)->text(), u"2 of 9 tasks"_s);
    choose(u"filterSaved"_s, 2);
    choose(u"filterVersion"_s, 3);
    choose(u"filterMark"_s, 3);
    QCOMPARE(criteria().saved, TaskCriteria::Saved::NotSaved);
    QCOMPARE(criteria().version, TaskCriteria::Version::OnlyWatermarked);
    QCOMPARE(criteria().mark, TaskCriteria::Mark::Rejected);
    choose(u"filterKind"_s, 0);
    QVERIFY(!criteria().kind);
    QTest::mouseClick(part<QPushButton>(u"filterClear"_s), Qt::LeftButton);
    QVERIFY(criteria().isEmpty());
    QCOMPARE(model->currentIndex(), 0);
    QVERIFY(!part<QPushButton>(u"filterClear"_s)->isEnabled());
}

void FilterPopupTest::theButtonSaysHowManyAreOn()
{
    QCOMPARE(m_button->accessibleName(), u"Filter"_s);
    QCOMPARE(m_button->text(), QString());
    choose(u"filterModel"_s, 1);
    choose(u"filterSaved"_s, 2);
    QCOMPARE(m_button->text(), u"2"_s);
    QVERIFY(m_button->accessibleDescription().startsWith(u"2 "_s));
    // Search and status are seen where they are set.
    m_list->filter.setSearch(u"prompt"_s);
    QCOMPARE(m_button->text(), u"2"_s);
    m_list->filter.clear();
    QCOMPARE(m_button->text(), QString());
}

void FilterPopupTest::customDaysAppearWithTheirChoice()
{
    auto *from = part<QDateEdit>(u"filterFrom"_s);
    QVERIFY(!from->isVisible());
    choose(u"filterCreated"_s, 3);
    QCOMPARE(criteria().created, TaskCriteria::Created::ThirtyDays);
    QVERIFY(!from->isVisible());
    choose(u"filterCreated"_s, 4);
    QVERIFY(from->isVisible());
    QCOMPARE(criteria().created, TaskCriteria::Created::Custom);
    QCOMPARE(m_list->filter.rowCount(), 0);
    // The rows are of 14 November 2023; days in the wrong order mean the same.
    from->setDate(QDate(2023, 11, 15));
    part<QDateEdit>(u"filterTo"_s)->setDate(QDate(2023, 11, 10));
    QCOMPARE(criteria().from, QDate(2023, 11, 10));
    QCOMPARE(criteria().to, QDate(2023, 11, 15));
    QCOMPARE(m_list->filter.rowCount(), 9);
}

void FilterPopupTest::followsTheFilter()
{
    m_list->filter.setCriteria({.model = u"hailuo"_s, .mark = TaskCriteria::Mark::Starred});
    QCOMPARE(part<QComboBox>(u"filterModel"_s)->currentText(), u"hailuo (0)"_s);
    QCOMPARE(part<QComboBox>(u"filterMark"_s)->currentText(), u"Starred"_s);
}

void FilterPopupTest::filtersAreSavedUsedReplacedAndRemoved()
{
    auto *name = part<QLineEdit>(u"filterName"_s);
    auto *save = part<QPushButton>(u"filterSave"_s);
    name->setText(u"Kling"_s);
    QVERIFY(!save->isEnabled()); // nothing is filtered yet
    m_list->filter.setSearch(u"prompt"_s);
    choose(u"filterModel"_s, 1);
    QVERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    const TaskCriteria first = criteria();
    QCOMPARE(saved().all().size(), 1);
    QCOMPARE(name->text(), QString());
    m_list->filter.clear();
    QTest::mouseClick(part<QToolButton>(u"savedFilter0"_s), Qt::LeftButton);
    QCOMPARE(criteria(), first);

    choose(u"filterKind"_s, 1);
    name->setText(u" Kling "_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(saved().all().size(), 1);
    QCOMPARE(saved().all().first().criteria, criteria());
    name->setText(u"<b>Other"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(saved().all().size(), 2);

    SOON_VERIFY(m_popup->findChildren<QToolButton *>(u"removeSavedFilter0"_s).size() == 1);
    QTest::mouseClick(part<QToolButton>(u"removeSavedFilter0"_s), Qt::LeftButton);
    QCOMPARE(saved().all().size(), 1);
    QCOMPARE(saved().all().first().name, u"<b>Other"_s);
    // Another start reads them again.
    QCOMPARE(SavedFilters(&m_list->settings).all(), saved().all());
}

void FilterPopupTest::escapeCloses()
{
    QTest::keyClick(m_popup, Qt::Key_Escape);
    QVERIFY(!m_popup->isVisible());
    m_button->click();
    QVERIFY(m_popup->isVisible());
}

TASKREEL_TEST_MAIN(FilterPopupTest, QApplication)
#include "tst_filterpopup.moc"
