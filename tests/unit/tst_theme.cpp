// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <cmath>

using namespace taskreel;
using namespace Qt::StringLiterals;

namespace {

double channel(float value)
{
    const double v = double(value);
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
            + 0.0722 * channel(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class ThemeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextReachesTheContrast_data();
    void everyTextReachesTheContrast();
    void systemOnABareServerIsLight();
    void appearanceChangesLive();
    void iconsFollowThePalette();
};

void ThemeTest::everyTextReachesTheContrast_data()
{
    QTest::addColumn<ColorToken>("ink");
    QTest::addColumn<ColorToken>("ground");
    QTest::addColumn<bool>("dark");
    const std::pair<ColorToken, const char *> inks[] = {
        {ColorToken::Text, "text"},           {ColorToken::Dim, "dim"},
        {ColorToken::Completed, "completed"}, {ColorToken::Running, "running"},
        {ColorToken::Pending, "pending"},     {ColorToken::Failed, "failed"},
    };
    const std::pair<ColorToken, const char *> grounds[] = {
        {ColorToken::Window, "window"},        {ColorToken::Base, "base"},
        {ColorToken::Alternate, "alternate"},  {ColorToken::SelectedRow, "selected row"},
        {ColorToken::HoverRow, "hovered row"},
    };
    for (const bool dark : {false, true}) {
        const char *mode = dark ? "dark" : "light";
        for (const auto &[ink, inkName] : inks) {
            for (const auto &[ground, groundName] : grounds)
                QTest::addRow("%s %s on %s", mode, inkName, groundName) << ink << ground << dark;
        }
        QTest::addRow("%s on accent", mode) << ColorToken::OnAccent << ColorToken::Accent << dark;
        QTest::addRow("%s text on button", mode) << ColorToken::Text << ColorToken::Button << dark;
        QTest::addRow("%s text on hovered button", mode)
                << ColorToken::Text << ColorToken::ButtonHover << dark;
        QTest::addRow("%s on stage", mode) << ColorToken::StageText << ColorToken::Stage << dark;
        QTest::addRow("%s on stage label", mode)
                << ColorToken::StageText << ColorToken::StageLabel << dark;
    }
}

void ThemeTest::everyTextReachesTheContrast()
{
    QFETCH(ColorToken, ink);
    QFETCH(ColorToken, ground);
    QFETCH(bool, dark);
    const double ratio = contrast(Theme::colorFor(ink, dark), Theme::colorFor(ground, dark));
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void ThemeTest::systemOnABareServerIsLight()
{
    Theme theme;
    theme.apply(Appearance::System);
    QVERIFY(!theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window),
             Theme::colorFor(ColorToken::Window, false));
    theme.setDesktopPrefersDark(true);
    QVERIFY(theme.isDark());
}

void ThemeTest::appearanceChangesLive()
{
    Theme theme;
    QSignalSpy changed(&theme, &Theme::changed);
    theme.apply(Appearance::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::colorFor(ColorToken::Base, true));
    theme.apply(Appearance::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::colorFor(ColorToken::Base, false));
    QCOMPARE(theme.color(ColorToken::Failed), Theme::colorFor(ColorToken::Failed, false));
    QCOMPARE(changed.count(), 2);
}

void ThemeTest::iconsFollowThePalette()
{
    Theme theme;
    theme.apply(Appearance::Light);
    const QIcon icon = theme.icon(u"edit-copy"_s);
    QVERIFY2(!icon.isNull(), "breeze-icon-theme is not installed");
    const auto darkest = [&icon] {
        int value = 255;
        const QImage image = icon.pixmap(22).toImage().convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > 200)
                    value = std::min(value, pixel.lightness());
            }
        }
        return value;
    };
    QVERIFY(darkest() < 64);
    theme.apply(Appearance::Dark);
    QVERIFY(darkest() > 192);
}

TASKREEL_TEST_MAIN(ThemeTest, QApplication)
#include "tst_theme.moc"
