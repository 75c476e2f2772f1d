// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace taskreel {

/// The first start: one sentence, one way in, and the demo. GUI thread.
class Welcome final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Welcome)

public:
    explicit Welcome(QWidget *parent = nullptr);

    /// With a key there is nothing to enter; in the demo nothing to try.
    void setChoices(bool enterKey, bool tryDemo);

Q_SIGNALS:
    void enterKeyPressed();
    void tryDemoPressed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setFonts();

    QLabel *m_title;
    QPushButton *m_enterKey;
    QPushButton *m_tryDemo;
    bool m_settingFonts = false;
};

} // namespace taskreel
