// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

class QCompleter;
class QStringListModel;

namespace taskreel {

/// A line of tags, parted by commas, that offers tags in use for the word at the cursor. GUI thread.
class TagField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TagField)

public:
    explicit TagField(QWidget *parent = nullptr);

    void setKnownTags(const QStringList &tags); ///< what is offered
    [[nodiscard]] QStringList tags() const; ///< tidy

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Span
    {
        qsizetype from = 0;
        qsizetype to = 0;
    };
    [[nodiscard]] Span wordAtCursor() const; ///< between commas
    void offer();
    void take(const QString &tag);

    QStringList m_known;
    QStringListModel *m_offered;
    QCompleter *m_completer;
};

} // namespace taskreel
