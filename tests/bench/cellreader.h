// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/tasktablemodel.h"

#include <QAccessible>
#include <QTableView>
#include <QTimer>

namespace taskreel::test {

/// What a screen reader does meanwhile: ten times a second it reads cells of a table through its
/// Table interface. Switches accessibility on while it lives. Header only.
class CellReader final
{
    Q_DISABLE_COPY_MOVE(CellReader)

public:
    explicit CellReader(QTableView *table) : m_table(table)
    {
        QAccessible::setActive(true);
        QObject::connect(&m_timer, &QTimer::timeout, table, [this] { read(); });
        m_timer.start(100);
    }
    ~CellReader() { QAccessible::setActive(false); }

    [[nodiscard]] qint64 characters() const { return m_characters; }

private:
    void read()
    {
        using Column = TaskTableModel::Column;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(m_table);
        const int first = std::max(0, m_table->rowAt(0));
        for (int row = first; row < first + 12; ++row) {
            for (const Column column :
                 {Column::Status, Column::Prompt, Column::Saved, Column::TaskId}) {
                if (QAccessibleInterface *cell = face->tableInterface()->cellAt(row, int(column)))
                    m_characters += cell->text(QAccessible::Name).size();
            }
        }
    }

    QTableView *m_table;
    QTimer m_timer;
    qint64 m_characters = 0;
};

} // namespace taskreel::test
