// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace taskreel {

class ElidedLabel;
class Theme;

/// One thing to be said in the window, with what can be done about it.
struct Notice
{
    enum class Level { Information, Success, Warning, Error };
    struct Button
    {
        QString text;
        std::function<void()> pressed;
    };
    Level level = Level::Information;
    QString text; ///< plain text, one or two sentences
    QList<Button> buttons = {}; ///< at most three
    bool closable = true;
};

/// The line above the list that says it. Accessible name `Message`, its text the accessible
/// description. GUI thread.
class Banner final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Banner)

public:
    explicit Banner(Theme *theme, QWidget *parent = nullptr);

    void showNotice(const Notice &notice);
    void showText(const QString &text); ///< the same notice with other words: a countdown
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QColor ink() const;
    void press(int button);

    Theme *m_theme;
    QWidget *m_sign;
    ElidedLabel *m_text;
    QList<QPushButton *> m_buttons;
    QToolButton *m_close;
    Notice m_notice;
};

} // namespace taskreel
