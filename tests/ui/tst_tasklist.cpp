// SPDX-License-Identifier: MIT
// Longer than other files: table and grid show the one list of the fixture in every case.
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "support/isolation.h"
#include "support/listfixture.h"
#include "support/patience.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/listpane.h"
#include "ui/list/headingpainting.h"
#include "ui/list/rowheadings.h"
#include "ui/list/taskgridview.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QHeaderView>
#include <QPaintEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <ctime>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

using Column = TaskTableModel::Column;

namespace {

/// Where a widget was asked to paint.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }

    QRegion painted;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            painted += static_cast<QPaintEvent *>(event)->region();
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

class TaskListTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.apply(Appearance::Light); }
    void init();
    void cleanup();
    void clicksSelectIds();
    void selectionSurvivesFilterAndSort();
    void aPlainClickLetsGoOfHiddenRows();
    void selectionSurvivesTheChangeOfView();
    void gridSelectsRanges();
    void selectionFromOutsideIsShown();
    void nextAndPrevious();
    void neighbourWhenRowsGo();
    void visibleRowsAreReported();
    void hiddenColumnsCanBeRead();
    void columnsAreRemembered();
    void filtersAreRemembered();
    void tilesFillTheirCells();
    void tilesFollowEveryColumn();
    void aChangedFilterShowsThePlace();
    void runsOfDaysHaveHeadings();
    void headingsFollowTheRows();
    void columnsAreChosenByMenu();
    void newColumnsStayHidden();
    void nothingFoundOffersToClear();
    void tenThousandRowsStayFluid();

private:
    [[nodiscard]] QModelIndex at(int row) const { return m_data->filter.index(row, int(Column::Prompt)); }
    void click(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    [[nodiscard]] QSet<QString> ids(const QList<int> &rows) const;
    void show(int rows);
    void makePane();

    Theme m_theme;
    std::unique_ptr<ListFixture> m_data;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<ThumbnailCache> m_thumbnails;
    std::unique_ptr<TaskSelection> m_selection;
    std::unique_ptr<ListPane> m_pane;
    TaskTableView *m_table = nullptr;
    TaskGridView *m_grid = nullptr;
};

void TaskListTest::init()
{
    m_data = std::make_unique<ListFixture>();
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library = std::make_unique<MediaLibrary>(
            m_fetcher.get(), nullptr,
            MediaLibrary::Places{m_data->folder.filePath(u"kept"_s), m_data->folder.filePath(u"cache"_s)},
            true);
    m_thumbnails = std::make_unique<ThumbnailCache>(m_library.get(), &m_data->repository);
    m_selection = std::make_unique<TaskSelection>();
    makePane();
}

void TaskListTest::makePane()
{
    m_pane = std::make_unique<ListPane>(ListServices{&m_theme, &m_data->filter, m_selection.get(),
                                                     &m_data->settings, m_thumbnails.get()});
    m_table = m_pane->findChild<TaskTableView *>();
    m_grid = m_pane->findChild<TaskGridView *>();
}

void TaskListTest::cleanup()
{
    m_pane.reset();
    m_thumbnails.reset();
    m_library.reset();
    m_fetcher.reset();
    m_selection.reset();
    m_data.reset();
}

void TaskListTest::show(int rows)
{
    m_data->load(rows);
    m_pane->resize(700, 500);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get(), test::kPatienceMs));
}

void TaskListTest::click(int row, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseClick(m_table->viewport(), Qt::LeftButton, modifiers, m_table->visualRect(at(row)).center());
}

QSet<QString> TaskListTest::ids(const QList<int> &rows) const
{
    QSet<QString> result;
    for (const int row : rows)
        result.insert(ListFixture::idOf(row));
    return result;
}

void TaskListTest::clicksSelectIds()
{
    show(20);
    click(2);
    QCOMPARE(m_selection->current(), ListFixture::idOf(2));
    click(4, Qt::ShiftModifier);
    QCOMPARE(m_selection->selected(), ids({2, 3, 4}));
    click(3, Qt::ControlModifier);
    QCOMPARE(m_selection->selected(), ids({2, 4}));
    QTest::keyClick(m_table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_selection->selected().size(), 20);
}

void TaskListTest::selectionSurvivesFilterAndSort()
{
    show(20);
    click(2);
    click(3, Qt::ControlModifier);
    QSignalSpy current(m_selection.get(), &TaskSelection::currentChanged);
    m_data->filter.setStatus(TaskFilter::Status::Completed);
    QCOMPARE(m_selection->selected(), ids({2, 3}));
    m_data->filter.clear();
    m_table->sortByColumn(int(Column::Created), Qt::AscendingOrder);
    SOON_COMPARE(m_table->selectionModel()->selectedRows().size(), 2);
    QCOMPARE(m_selection->selected(), ids({2, 3}));
    QCOMPARE(current.count(), 0);
}

void TaskListTest::aPlainClickLetsGoOfHiddenRows()
{
    show(20);
    click(2);
    click(3, Qt::ControlModifier);
    m_data->filter.setStatus(TaskFilter::Status::Completed); // 3 is hidden
    click(0);
    QCOMPARE(m_selection->selected(), ids({0}));
}

void TaskListTest::selectionSurvivesTheChangeOfView()
{
    show(20);
    click(5);
    click(7, Qt::ControlModifier);
    m_pane->setGrid(true);
    QCOMPARE(m_selection->selected(), ids({5, 7}));
    QVERIFY(m_grid->selectionModel()->isSelected(at(5)));
    QVERIFY(m_grid->selectionModel()->isSelected(at(7)));
    QCOMPARE(m_grid->currentIndex().row(), 7);
}

void TaskListTest::gridSelectsRanges()
{
    show(20);
    m_pane->setGrid(true);
    QVERIFY(m_grid->visualRect(at(1)).isValid());
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->visualRect(at(0)).center());
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      m_grid->visualRect(at(1)).center());
    QCOMPARE(m_selection->selected(), ids({0, 1}));
    QTest::keyClick(m_grid, Qt::Key_Right);
    QCOMPARE(m_selection->selected(), ids({2}));
    QCOMPARE(m_selection->current(), ListFixture::idOf(2));
}

void TaskListTest::selectionFromOutsideIsShown()
{
    show(200);
    m_selection->set(ListFixture::idOf(150), ids({150, 151}));
    QCOMPARE(m_table->currentIndex().row(), 150);
    QVERIFY(m_table->selectionModel()->isRowSelected(151));
    QVERIFY(m_table->viewport()->rect().intersects(m_table->visualRect(at(150))));
}

void TaskListTest::nextAndPrevious()
{
    show(3);
    m_pane->moveCurrent(1);
    QCOMPARE(m_selection->current(), ListFixture::idOf(0));
    m_pane->moveCurrent(1);
    m_pane->moveCurrent(1);
    m_pane->moveCurrent(1);
    QCOMPARE(m_selection->selected(), ids({2}));
    m_pane->moveCurrent(-1);
    QCOMPARE(m_selection->current(), ListFixture::idOf(1));
}

void TaskListTest::neighbourWhenRowsGo()
{
    show(5);
    m_selection->set(ListFixture::idOf(3), ids({3, 4}));
    QCOMPARE(m_pane->neighbourOf(ids({3, 4})), ListFixture::idOf(2));
    QCOMPARE(m_pane->neighbourOf(ids({3})), ListFixture::idOf(4));
    QVERIFY(m_pane->neighbourOf(ids({0, 1, 2, 3, 4})).isEmpty());
}

void TaskListTest::visibleRowsAreReported()
{
    QSignalSpy visible(m_pane.get(), &ListPane::visibleTasksChanged);
    show(200);
    SOON_VERIFY(!visible.isEmpty());
    const auto first = visible.last().at(0).value<QSet<QString>>();
    QVERIFY(first.contains(ListFixture::idOf(0)));
    QVERIFY(first.size() < 15);
    visible.clear();
    m_table->scrollTo(at(150));
    SOON_VERIFY(!visible.isEmpty());
    QVERIFY(visible.last().at(0).value<QSet<QString>>().contains(ListFixture::idOf(150)));
}

void TaskListTest::hiddenColumnsCanBeRead()
{
    show(3);
    QVERIFY(m_table->isColumnHidden(int(Column::TaskId)));
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(m_table);
    QVERIFY(face && face->tableInterface());
    QCOMPARE(face->text(QAccessible::Name), u"Tasks"_s);
    QAccessibleInterface *cell = face->tableInterface()->cellAt(1, int(Column::TaskId));
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), ListFixture::idOf(1));
}

void TaskListTest::columnsAreRemembered()
{
    show(3);
    m_table->horizontalHeader()->resizeSection(int(Column::Status), 222);
    m_table->sortByColumn(int(Column::Duration), Qt::DescendingOrder);
    m_pane->saveState();
    makePane();
    QCOMPARE(m_table->horizontalHeader()->sectionSize(int(Column::Status)), 222);
    QCOMPARE(m_table->horizontalHeader()->sortIndicatorSection(), int(Column::Duration));
}

void TaskListTest::filtersAreRemembered()
{
    show(20);
    TaskCriteria criteria;
    criteria.status = TaskCriteria::Status::Failed;
    criteria.search = u"prompt 3"_s;
    criteria.mark = TaskCriteria::Mark::Starred;
    m_data->filter.setCriteria(criteria);
    m_pane->saveState();
    m_data->filter.clear(); // as at the next start
    makePane();
    QCOMPARE(m_data->filter.criteria(), criteria);
    m_data->filter.clear();
    m_pane->saveState();
    makePane();
    QVERIFY(m_data->filter.criteria().isEmpty());
}

void TaskListTest::tilesFillTheirCells()
{
    show(20); // as table: the grid is laid out while hidden
    m_pane->setGrid(true);
    for (const int width : {700, 460, 640}) {
        m_pane->resize(width, 500);
        SOON_COMPARE(m_grid->visualRect(at(0)).size(), m_grid->gridSize());
        const int columns = m_grid->viewport()->width() / m_grid->gridSize().width();
        QVERIFY2(m_grid->viewport()->width() - columns * m_grid->gridSize().width() < columns + 4,
                 qPrintable(QString::number(width)));
        QCOMPARE(m_grid->visualRect(at(columns)).left(), m_grid->visualRect(at(0)).left());
    }
    // At the width that the list has in a window of 1440 px.
    QCOMPARE(m_grid->viewport()->width() / m_grid->gridSize().width(), 3);
}

void TaskListTest::tilesFollowEveryColumn()
{
    show(4);
    m_pane->setGrid(true);
    SOON_VERIFY(m_grid->isVisible());
    SOON_COMPARE(m_grid->visualRect(at(1)).size(), m_grid->gridSize());
    const auto picture = [this] {
        return m_grid->viewport()->grab(m_grid->visualRect(at(1))).toImage();
    };
    const QImage before = picture();
    PaintWatch paints(m_grid->viewport());
    do {
        paints.painted = {};
        QTest::qWait(50);
    } while (!paints.painted.isEmpty());
    m_data->repository.setSaveState(ListFixture::idOf(1), SaveState::Saving, 40);
    SOON_VERIFY(paints.painted.contains(m_grid->visualRect(at(1)).center()));
    QVERIFY(picture() != before);
}

void TaskListTest::aChangedFilterShowsThePlace()
{
    show(400); // completed and failed in turn
    m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum());
    m_table->setCurrentIndex({});
    m_data->filter.setStatus(TaskFilter::Status::Failed);
    SOON_COMPARE(m_table->rowAt(0), 0);
    m_selection->set(ListFixture::idOf(301), {ListFixture::idOf(301)});
    SOON_VERIFY(m_table->rowAt(0) > 0);
    m_data->filter.clear();
    const auto inSight = [this](int n) {
        const int top = m_table->rowViewportPosition(m_data->filter.indexOf(ListFixture::idOf(n)).row());
        return top >= 0 && top < m_table->viewport()->height();
    };
    SOON_VERIFY(inSight(301));
    m_data->filter.setStatus(TaskFilter::Status::Completed); // 301 is hidden
    SOON_COMPARE(m_table->rowAt(0), 0);
}

void TaskListTest::runsOfDaysHaveHeadings()
{
    show(0);
    QList<TaskSummary> rows;
    for (int n = 0; n < 6; ++n) {
        TaskSummary row = ListFixture::row(n);
        row.createdAt = n == 5 ? QDateTime()
                               : QDateTime(QDate(2026, 3, 1 + n / 2), QTime(12, n), Qt::UTC);
        rows.append(row);
    }
    m_data->repository.load(rows);
    auto *headings = m_table->findChild<RowHeadings *>();
    const auto heights = [this] {
        QList<int> result;
        for (int row = 0; row < 6; ++row)
            result.append(m_table->rowHeight(row) - measure::kRowHeight);
        return result;
    };
    constexpr int kUp = kHeadingHeight;
    QTest::qWait(0);
    QCOMPARE(heights(), (QList<int>{0, 0, 0, 0, 0, 0}));
    m_table->sortByColumn(int(Column::Created), Qt::DescendingOrder);
    SOON_COMPARE(heights(), (QList<int>{kUp, kUp, 0, kUp, 0, kUp}));
    QCOMPARE(headings->wordsAt(0), u"Tuesday, 3 March 2026 · 1"_s);
    QCOMPARE(headings->wordsAt(1), u"Monday, 2 March 2026 · 2"_s);
    QCOMPARE(headings->wordsAt(2), QString());
    QCOMPARE(headings->wordsAt(5), u"No date yet · 1"_s);
    m_table->sortByColumn(int(Column::Status), Qt::AscendingOrder);
    headings->refresh();
    QCOMPARE(headings->wordsAt(0), u"Completed · 6"_s);
    QCOMPARE(heights(), (QList<int>{kUp, 0, 0, 0, 0, 0}));
    m_table->sortByColumn(int(Column::Prompt), Qt::AscendingOrder);
    SOON_COMPARE(heights(), (QList<int>{0, 0, 0, 0, 0, 0}));
}

void TaskListTest::headingsFollowTheRows()
{
    show(40); // completed and failed in turn
    auto *headings = m_table->findChild<RowHeadings *>();
    m_table->sortByColumn(int(Column::Status), Qt::AscendingOrder);
    const auto raised = [&] {
        QStringList result;
        for (int row = 0; row < m_data->filter.rowCount(); ++row) {
            const QString words = headings->wordsAt(row);
            if ((m_table->rowHeight(row) > measure::kRowHeight) != !words.isEmpty())
                return QStringList{u"height and words differ"_s};
            if (!words.isEmpty())
                result.append(words);
        }
        return result;
    };
    SOON_COMPARE(raised(), (QStringList{u"Completed · 20"_s, u"Failed · 20"_s}));
    m_data->repository.remove({ListFixture::idOf(0), ListFixture::idOf(2), ListFixture::idOf(1)});
    SOON_COMPARE(raised(), (QStringList{u"Completed · 18"_s, u"Failed · 19"_s}));
    m_data->filter.setStatus(TaskFilter::Status::Failed);
    SOON_COMPARE(raised(), QStringList{u"Failed · 19"_s});
    m_data->filter.clear();
    SOON_COMPARE(raised(), (QStringList{u"Completed · 18"_s, u"Failed · 19"_s}));
    m_data->repository.restore({ListFixture::idOf(0), ListFixture::idOf(1)});
    SOON_COMPARE(raised(), (QStringList{u"Completed · 19"_s, u"Failed · 20"_s}));
}

void TaskListTest::columnsAreChosenByMenu()
{
    show(3);
    QMenu *menu = m_pane->columnMenu();
    const auto action = [&menu](const QString &text) {
        const QList<QAction *> actions = menu->actions();
        for (QAction *one : actions) {
            if (one->text() == text)
                return one;
        }
        qFatal("no %s", qPrintable(text));
        return menu->actions().first();
    };
    for (const Column column : {Column::Expires, Column::Cost, Column::GenerationTime, Column::Tags,
                                Column::Note})
        QVERIFY(m_table->isColumnHidden(int(column)));
    action(u"Cost"_s)->trigger();
    QVERIFY(!m_table->isColumnHidden(int(Column::Cost)));
    m_table->horizontalHeader()->moveSection(
        m_table->horizontalHeader()->visualIndex(int(Column::Cost)), 1);
    m_pane->saveState();
    makePane();
    QVERIFY(!m_table->isColumnHidden(int(Column::Cost)));
    QCOMPARE(m_table->horizontalHeader()->visualIndex(int(Column::Cost)), 1);
    menu = m_pane->columnMenu();
    Q_EMIT menu->aboutToShow();
    QVERIFY(action(u"Cost"_s)->isChecked());
    QVERIFY(!action(u"Note"_s)->isChecked());
    action(u"Columns by width"_s)->trigger();
    QVERIFY(m_table->isColumnHidden(int(Column::Cost)));
}

void TaskListTest::newColumnsStayHidden()
{
    show(3);
    m_pane->columnMenu()->actions().at(int(Column::Expires))->trigger();
    QVERIFY(!m_table->isColumnHidden(int(Column::Expires)));
    m_pane->saveState();
    // As a version wrote it that had ten columns.
    m_data->settings.setWindowState(u"columnCount"_s, {});
    makePane();
    QVERIFY(m_table->isColumnHidden(int(Column::Expires)));
    QVERIFY(!m_table->isColumnHidden(int(Column::Status)));
}

void TaskListTest::nothingFoundOffersToClear()
{
    show(5);
    m_data->filter.setSearch(u"no such words"_s);
    auto *clear = m_pane->findChild<QPushButton *>(u"clearFilters"_s);
    SOON_VERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    SOON_VERIFY(m_table->isVisible());
    QCOMPARE(m_data->filter.rowCount(), 5);
}

void TaskListTest::tenThousandRowsStayFluid()
{
    // This process's own computing: what others take does not count.
    const std::clock_t before = std::clock();
    show(10'000);
    m_table->selectAll();
    QCOMPARE(m_selection->selected().size(), 10'000);
    m_data->filter.setStatus(TaskFilter::Status::Completed);
    m_data->filter.clear();
    SOON_VERIFY(m_table->selectionModel()->isRowSelected(9'999));
    const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC;
    // Far over what it takes even under sanitizers; a selection that is quadratic takes minutes.
    QVERIFY2(seconds < 15, qPrintable(QString::number(seconds)));
}

TASKREEL_TEST_MAIN(TaskListTest, QApplication)
#include "tst_tasklist.moc"
