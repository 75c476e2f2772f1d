// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/listfixture.h"
#include "support/patience.h"
#include "ui/common/chip.h"
#include "ui/list/filterchips.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

class FilterChipsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsStandOnTheChips();
    void chipsAndComboAreOneFilter();
    void foldsIntoTheCombo();
    void starGoesAlongWithEachStatus();

private:
    static Chip *chip(const FilterChips &chips, const QString &name)
    {
        return chips.findChild<Chip *>(u"statusFilter"_s + name);
    }
    Theme m_theme;
};

void FilterChipsTest::countsStandOnTheChips()
{
    ListFixture list;
    FilterChips chips(&list.filter, &m_theme);
    list.load(1501);
    SOON_COMPARE(chip(chips, u"All"_s)->text(), u"All 1,501"_s);
    QCOMPARE(chip(chips, u"Completed"_s)->text(), u"Completed 751"_s);
    QCOMPARE(chip(chips, u"Failed"_s)->text(), u"Failed 750"_s);
    QCOMPARE(chip(chips, u"Running"_s)->text(), u"Running 0"_s);
}

void FilterChipsTest::chipsAndComboAreOneFilter()
{
    ListFixture list;
    list.load(10);
    FilterChips chips(&list.filter, &m_theme);
    auto *combo = chips.findChild<QComboBox *>();
    QCOMPARE(combo->accessibleName(), u"Status filter"_s);
    chip(chips, u"Failed"_s)->click();
    QCOMPARE(list.filter.status(), TaskFilter::Status::Failed);
    QCOMPARE(combo->currentIndex(), 3);
    combo->setCurrentIndex(1);
    QCOMPARE(list.filter.status(), TaskFilter::Status::Completed);
    QVERIFY(chip(chips, u"Completed"_s)->isChecked());
    list.filter.clear();
    QVERIFY(chip(chips, u"All"_s)->isChecked());
    QCOMPARE(combo->currentIndex(), 0);
}

void FilterChipsTest::foldsIntoTheCombo()
{
    ListFixture list;
    FilterChips chips(&list.filter, &m_theme);
    chips.setCompact(true);
    QVERIFY(chips.isCompact());
    QVERIFY(chip(chips, u"All"_s)->isHidden());
    QVERIFY(chips.minimumSizeHint().width() < chips.widthOfChips());
}

void FilterChipsTest::starGoesAlongWithEachStatus()
{
    ListFixture list;
    list.load(10);
    FilterChips chips(&list.filter, &m_theme);
    auto *star = chips.findChild<Chip *>(u"starredFilter"_s);
    list.repository.setMarks(ListFixture::idOf(2), {.starred = true});
    list.repository.setMarks(ListFixture::idOf(3), {.starred = true});
    SOON_COMPARE(star->text(), u"★ 2"_s);
    QCOMPARE(star->accessibleName(), u"Starred 2"_s);
    star->click();
    QCOMPARE(list.filter.rowCount(), 2);
    chip(chips, u"Failed"_s)->click();
    QCOMPARE(list.filter.rowCount(), 1);
    QVERIFY(star->isChecked());
    chips.setCompact(true);
    QVERIFY(!star->isHidden());
    list.filter.clear();
    QVERIFY(!star->isChecked());
    star->click();
    star->click();
    QCOMPARE(list.filter.rowCount(), 10);
}

TASKREEL_TEST_MAIN(FilterChipsTest, QApplication)
#include "tst_filterchips.moc"
