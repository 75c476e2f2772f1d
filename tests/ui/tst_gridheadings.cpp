// SPDX-License-Identifier: MIT
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "support/isolation.h"
#include "support/listfixture.h"
#include "support/patience.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/headingpainting.h"
#include "ui/list/listpane.h"
#include "ui/list/taskgridview.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QScrollBar>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

using Column = TaskTableModel::Column;

// Runs of tiles begin on a new line below their heading; mouse, keys and selection know that.
class GridHeadingsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.apply(Appearance::Light); }
    void init();
    void cleanup();
    void withoutRunsTilesFollowEachOther();
    void eachRunBeginsALineBelowItsHeading();
    void headingsFollowTheRows();
    void arrowsGoAcrossRuns();
    void shiftSelectsInOrderAcrossRuns();
    void aBandSelectsWhatItTouches();
    void scrollingToARunShowsItsHeading();
    void headingsArePainted();
    void tenThousandTilesAreFoundByArithmetic();

private:
    void show(const QList<int> &runs);
    void agreeWithTheModel();
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_grid, Qt::Key(key), modifiers);
    }
    [[nodiscard]] int current() const { return m_grid->currentIndex().row(); }
    [[nodiscard]] QModelIndex at(int row) const
    {
        return m_data->filter.index(row, m_grid->modelColumn());
    }
    [[nodiscard]] QRect rect(int row) const { return m_grid->visualRect(at(row)); }
    [[nodiscard]] int columns() const
    {
        return m_grid->viewport()->width() / m_grid->gridSize().width();
    }
    [[nodiscard]] QList<int> selectedRows() const;

    Theme m_theme;
    std::unique_ptr<ListFixture> m_data;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<ThumbnailCache> m_thumbnails;
    std::unique_ptr<TaskSelection> m_selection;
    std::unique_ptr<ListPane> m_pane;
    TaskGridView *m_grid = nullptr;
};

void GridHeadingsTest::init()
{
    m_data = std::make_unique<ListFixture>();
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library =
        std::make_unique<MediaLibrary>(m_fetcher.get(), nullptr,
                                       MediaLibrary::Places{m_data->folder.filePath(u"kept"_s),
                                                            m_data->folder.filePath(u"cache"_s)},
                                       true);
    m_thumbnails = std::make_unique<ThumbnailCache>(m_library.get(), &m_data->repository);
    m_selection = std::make_unique<TaskSelection>();
    m_pane = std::make_unique<ListPane>(ListServices{&m_theme, &m_data->filter, m_selection.get(),
                                                     &m_data->settings, m_thumbnails.get()});
    m_grid = m_pane->findChild<TaskGridView *>();
}

void GridHeadingsTest::cleanup()
{
    m_pane.reset();
    m_thumbnails.reset();
    m_library.reset();
    m_fetcher.reset();
    m_selection.reset();
    m_data.reset();
}

/// As grid, three tiles wide, sorted by Created: a day a run, newest first.
void GridHeadingsTest::show(const QList<int> &runs)
{
    QList<TaskSummary> rows;
    for (qsizetype run = 0; run < runs.size(); ++run) {
        for (int n = 0; n < runs[run]; ++n) {
            TaskSummary row = ListFixture::row(int(rows.size()));
            row.createdAt =
                QDateTime(QDate(2026, 3, 28).addDays(-run), QTime(12, 0), Qt::UTC).addSecs(-n);
            rows.append(row);
        }
    }
    m_data->repository.load(rows);
    m_pane->findChild<TaskTableView *>()->sortByColumn(int(Column::Created), Qt::DescendingOrder);
    m_pane->setGrid(true);
    m_pane->resize(700, 620);
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get(), test::kPatienceMs));
    SOON_VERIFY(m_grid->isVisible());
    QCOMPARE(columns(), 3);
    m_grid->setFocus();
}

/// Every tile and heading against a plain count of the rows.
void GridHeadingsTest::agreeWithTheModel()
{
    QString day;
    int line = 0;
    int column = 0;
    int headings = 0;
    const QSize cell = m_grid->gridSize();
    const int offset = m_grid->verticalScrollBar()->value();
    const bool byDay = m_data->filter.sortColumn() == int(Column::Created);
    for (int row = 0; row < m_data->filter.rowCount(); ++row) {
        const QString own = m_data->filter.summaryAt(row).createdAt.toString(u"yyyy-MM-dd"_s);
        const bool begins = byDay && (row == 0 || own != day);
        if (row > 0 && (begins || column == 2)) {
            ++line;
            column = 0;
        } else if (row > 0) {
            ++column;
        }
        headings += begins ? 1 : 0;
        day = own;
        const int top = line * cell.height() + headings * kHeadingHeight - offset;
        QCOMPARE(rect(row), QRect(QPoint(column * cell.width(), top), cell));
        QCOMPARE(m_grid->indexAt(rect(row).center()).row(), row);
        QCOMPARE(m_grid->headingWords(row).isEmpty(), !begins);
        QCOMPARE(m_grid->headingRect(row),
                 begins
                     ? QRect(0, top - kHeadingHeight, m_grid->viewport()->width(), kHeadingHeight)
                     : QRect());
        if (begins)
            QVERIFY(!m_grid->indexAt(m_grid->headingRect(row).center()).isValid());
    }
    const int height = (line + 1) * cell.height() + headings * kHeadingHeight;
    SOON_COMPARE(m_grid->verticalScrollBar()->maximum(),
                 std::max(0, height - m_grid->viewport()->height()));
}

QList<int> GridHeadingsTest::selectedRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_data->filter.rowCount(); ++row) {
        if (m_selection->selected().contains(m_data->filter.idAt(at(row))))
            rows.append(row);
    }
    return rows;
}

void GridHeadingsTest::withoutRunsTilesFollowEachOther()
{
    show({4, 2, 5});
    m_data->filter.sort(int(Column::Prompt), Qt::AscendingOrder);
    SOON_VERIFY(m_grid->headingWords(0).isEmpty());
    agreeWithTheModel();
    QCOMPARE(rect(3).left(), 0);
}

void GridHeadingsTest::eachRunBeginsALineBelowItsHeading()
{
    show({4, 1, 6, 2});
    agreeWithTheModel();
    QCOMPARE(m_grid->headingWords(0), u"Saturday, 28 March 2026 · 4"_s);
    QCOMPARE(m_grid->headingWords(4), u"Friday, 27 March 2026 · 1"_s);
    QCOMPARE(m_grid->headingWords(5), u"Thursday, 26 March 2026 · 6"_s);
    QCOMPARE(m_grid->headingWords(11), u"Wednesday, 25 March 2026 · 2"_s);
    m_grid->verticalScrollBar()->setValue(150);
    agreeWithTheModel();
    // In a wider grid the same rows stand in other lines.
    m_pane->resize(1000, 620);
    SOON_COMPARE(columns(), 4);
    SOON_COMPARE(rect(3).left(), 3 * m_grid->gridSize().width());
    QCOMPARE(rect(4).left(), 0);
}

void GridHeadingsTest::headingsFollowTheRows()
{
    show({4, 1, 6});
    m_data->repository.remove({m_data->filter.idAt(at(4)), m_data->filter.idAt(at(0))});
    SOON_COMPARE(m_data->filter.rowCount(), 9);
    SOON_COMPARE(m_grid->headingWords(3), u"Thursday, 26 March 2026 · 6"_s);
    agreeWithTheModel();
    m_data->filter.setSearch(u"Prompt 7"_s);
    QCOMPARE(m_data->filter.rowCount(), 1);
    agreeWithTheModel();
    m_data->filter.clear();
    agreeWithTheModel();
    TaskSummary late = ListFixture::row(99);
    m_data->repository.add({late.id}); // without a date yet
    SOON_COMPARE(m_data->filter.rowCount(), 10);
    agreeWithTheModel();
    QCOMPARE(m_grid->headingWords(9), u"No date yet · 1"_s);
    m_pane->findChild<TaskTableView *>()->sortByColumn(int(Column::Status), Qt::AscendingOrder);
    SOON_VERIFY(m_grid->headingWords(0).endsWith(u"· 1"_s)
                || m_grid->headingWords(0).endsWith(u"· 9"_s));
}

void GridHeadingsTest::arrowsGoAcrossRuns()
{
    // Lines: 0 1 2 | 3 || 4 || 5 6 7 | 8 9 10 || 11 12
    show({4, 1, 6, 2});
    m_grid->setCurrentIndex(at(1));
    const auto walk = [this](int key, const QList<int> &rows) {
        for (const int row : rows) {
            press(key);
            QCOMPARE(current(), row);
        }
    };
    walk(Qt::Key_Down, {3, 4, 5, 8, 11, 11});
    walk(Qt::Key_Right, {12, 12});
    walk(Qt::Key_Up, {9, 6, 4, 3, 0, 0});
    walk(Qt::Key_Right, {1, 2, 3, 4, 5, 6, 7});
    walk(Qt::Key_Down, {10, 12});
    walk(Qt::Key_Up, {9});
    walk(Qt::Key_Left, {8, 7});
    walk(Qt::Key_Home, {0});
    walk(Qt::Key_End, {12});
    QCOMPARE(m_selection->current(), m_data->filter.idAt(at(12)));
    QVERIFY(m_grid->viewport()->rect().contains(rect(12)));
    press(Qt::Key_PageUp);
    QVERIFY(current() < 12);
    for (int n = 0; n < 5 && current() != 0 && current() != 1; ++n)
        press(Qt::Key_PageUp);
    QVERIFY(current() <= 1);
    for (int n = 0; n < 9; ++n)
        press(Qt::Key_PageDown);
    QVERIFY(current() >= 11);
}

void GridHeadingsTest::shiftSelectsInOrderAcrossRuns()
{
    show({4, 1, 6, 2});
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, rect(2).center());
    QCOMPARE(selectedRows(), QList<int>{2});
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(selectedRows(), (QList<int>{2, 3}));
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selectedRows(), (QList<int>{2, 3, 4}));
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(selectedRows(), (QList<int>{2, 3, 4, 5}));
    press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(selectedRows(), (QList<int>{2, 3, 4}));
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ShiftModifier, rect(0).center());
    QCOMPARE(selectedRows(), (QList<int>{0, 1, 2}));
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ControlModifier, rect(4).center());
    QCOMPARE(selectedRows(), (QList<int>{0, 1, 2, 4}));
    // A heading is no tile.
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->headingRect(4).center());
    QCOMPARE(selectedRows(), QList<int>());
    m_pane->selectAll();
    QCOMPARE(selectedRows().size(), 13);
}

void GridHeadingsTest::aBandSelectsWhatItTouches()
{
    show({4, 1, 6, 2});
    const QPoint from(m_grid->viewport()->width() - 3, rect(3).center().y()); // beside tile 3
    QVERIFY(!m_grid->indexAt(from).isValid());
    const QPoint to(rect(4).center().x(), rect(4).center().y());
    QTest::mousePress(m_grid->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_grid->viewport(), from + QPoint(-20, 10));
    QTest::mouseMove(m_grid->viewport(), to);
    QTest::mouseMove(m_grid->viewport(), to + QPoint(1, 1));
    SOON_COMPARE(selectedRows(), (QList<int>{3, 4}));
    QTest::mouseRelease(m_grid->viewport(), Qt::LeftButton, {}, to + QPoint(1, 1));
    QCOMPARE(selectedRows(), (QList<int>{3, 4}));
}

void GridHeadingsTest::scrollingToARunShowsItsHeading()
{
    show({9, 9, 9, 9});
    const QRect port = m_grid->viewport()->rect();
    m_grid->scrollTo(at(35));
    QVERIFY(port.contains(rect(35)));
    m_grid->scrollTo(at(10));
    QVERIFY(port.contains(rect(10)));
    QVERIFY(port.contains(m_grid->headingRect(9)));
    const QStringList ids = m_grid->visibleIds();
    for (int row = 0; row < 36; ++row)
        QCOMPARE(ids.contains(m_data->filter.idAt(at(row))), rect(row).intersects(port));
}

void GridHeadingsTest::headingsArePainted()
{
    show({2, 2});
    const auto words = [this](int row) {
        const QImage picture = m_grid->viewport()->grab(m_grid->headingRect(row)).toImage();
        int inked = 0;
        for (int x = 0; x < picture.width(); ++x) {
            for (int y = 0; y < picture.height() - 1; ++y)
                inked += picture.pixelColor(x, y) != m_theme.color(ColorToken::Window) ? 1 : 0;
        }
        return inked;
    };
    QVERIFY(words(0) > 50);
    QVERIFY(words(2) > 50);
    QVERIFY(words(2) < m_grid->viewport()->width() * kHeadingHeight / 4);
}

void GridHeadingsTest::tenThousandTilesAreFoundByArithmetic()
{
    QList<int> runs;
    for (int n = 0; n < 300; ++n)
        runs.append(20 + n % 27);
    show(runs);
    const int count = m_data->filter.rowCount();
    QVERIFY(count >= 9'800);
    press(Qt::Key_End);
    QCOMPARE(current(), count - 1);
    QVERIFY(m_grid->viewport()->rect().contains(rect(count - 1)));
    QVERIFY(m_grid->visibleIds().size() < 30);
    m_grid->verticalScrollBar()->setValue(m_grid->verticalScrollBar()->maximum() / 2);
    agreeWithTheModel();
}

TASKREEL_TEST_MAIN(GridHeadingsTest, QApplication)
#include "tst_gridheadings.moc"
