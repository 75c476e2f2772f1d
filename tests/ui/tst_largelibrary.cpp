// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/manytasks.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/list/taskselection.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// The window while a large library comes in slices: the first rows are there to be used, and where
// one left off is found again.
class LargeLibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void firstRowsAreShownAtOnce();
    void theTaskOfLastTimeIsFoundInALaterSlice();
    void whatSomebodyChoseMeanwhileStays();

private:
    static constexpr int kCount = 3'000;
    void open(bool toTheEnd);
    void close();
    [[nodiscard]] QString idAt(int row) const
    {
        return m_context->filter()->idAt(m_context->filter()->index(row, 0));
    }
    [[nodiscard]] bool isInSight(const QString &id) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    Theme m_theme;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    TaskTableView *m_table = nullptr;
};

void LargeLibraryTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(test::fillLibrary(m_folder->filePath(u"data"_s), kCount));
}

void LargeLibraryTest::cleanup()
{
    close();
}

void LargeLibraryTest::open(bool toTheEnd)
{
    Profile profile = test::profileIn(m_folder->path());
    profile.serviceUrl = QUrl(u"http://127.0.0.1:1"_s);
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, m_theme);
    m_table = m_window->findChild<TaskTableView *>();
    m_window->resize(1200, 800);
    m_window->show();
    QSignalSpy came(m_context.get(), &AppContext::rowsCame);
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    if (!toTheEnd)
        return;
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(came.count(), 1);
    QCOMPARE(m_context->filter()->rowCount(), kCount);
}

void LargeLibraryTest::close()
{
    if (m_window)
        m_window->close(); // writes down where one was
    m_window.reset();
    m_context.reset();
}

bool LargeLibraryTest::isInSight(const QString &id) const
{
    const QModelIndex index = m_context->filter()->indexOf(id, int(TaskTableModel::Column::Prompt));
    return index.isValid()
        && m_table->viewport()->rect().contains(m_table->visualRect(index).center());
}

void LargeLibraryTest::firstRowsAreShownAtOnce()
{
    open(false);
    bool shown = false;
    connect(m_context.get(), &AppContext::rowsCame, this, [&] {
        // After the window's own slot: connected later.
        shown = m_table->isVisible() && m_context->filter()->rowCount() == 500
            && m_window->selection()->current() == idAt(0);
    });
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
    QVERIFY(shown);
    QCOMPARE(m_window->selection()->current(), idAt(0));
    QCOMPARE(m_context->filter()->counts().all, kCount);
    QCOMPARE(m_table->verticalScrollBar()->value(), 0);
}

void LargeLibraryTest::theTaskOfLastTimeIsFoundInALaterSlice()
{
    open(true);
    const QString old = idAt(2'800);
    m_window->selection()->set(old, {old});
    close();
    open(false);
    QString atFirst = u"not asked"_s;
    connect(m_context.get(), &AppContext::rowsCame, this,
            [&] { atFirst = m_window->selection()->current(); });
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(atFirst, QString());
    QCOMPARE(m_window->selection()->current(), old);
    QCOMPARE(m_window->selection()->selected(), QSet<QString>{old});
    SOON_VERIFY(isInSight(old));
}

void LargeLibraryTest::whatSomebodyChoseMeanwhileStays()
{
    open(true);
    const QString old = idAt(2'800);
    m_window->selection()->set(old, {old});
    close();
    open(false);
    QString chosen;
    connect(m_context.get(), &AppContext::rowsCame, this, [&] {
        chosen = idAt(40);
        m_window->selection()->set(chosen, {chosen, idAt(42)});
    });
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(m_window->selection()->current(), chosen);
    QCOMPARE(m_window->selection()->selected().size(), 2);
    SOON_VERIFY(isInSight(chosen));
    // The slices came below: the view's own selection is of the same rows still.
    QVERIFY(m_table->selectionModel()->isRowSelected(40, {}));
    QVERIFY(m_table->selectionModel()->isRowSelected(42, {}));
}

TASKREEL_TEST_MAIN(LargeLibraryTest, QApplication)
#include "tst_largelibrary.moc"
