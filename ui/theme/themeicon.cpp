// SPDX-License-Identifier: MIT
#include "ui/theme/themeicon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

QColor inkFor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    if (mode == QIcon::Selected)
        return palette.color(QPalette::HighlightedText);
    return palette.color(QPalette::ButtonText);
}

class SymbolEngine final : public QIconEngine
{
public:
    explicit SymbolEngine(const QString &name) : m_name(name) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QColor ink = inkFor(mode);
        const QString key = u"taskreel-icon/%1/%2/%3x%4/%5"_s.arg(
                m_name, ink.name(QColor::HexArgb), QString::number(size.width()),
                QString::number(size.height()), QString::number(scale));
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;
        result = QPixmap(size);
        result.fill(Qt::transparent);
        const QPixmap shape = QIcon::fromTheme(m_name).pixmap(size, 1.0);
        QPainter painter(&result);
        const QPoint corner((size.width() - shape.width()) / 2, (size.height() - shape.height()) / 2);
        painter.drawPixmap(corner, shape);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(result.rect(), ink);
        painter.end();
        QPixmapCache::insert(key, result);
        return result;
    }

    QIconEngine *clone() const override { return new SymbolEngine(m_name); }
    QString key() const override { return u"taskreel-symbol"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return !QIcon::hasThemeIcon(m_name); }

private:
    QString m_name;
};

} // namespace

QIcon themeIcon(const QString &name)
{
    // Warnings and errors have colours of their own.
    if (name.startsWith("dialog-"_L1) && name != "dialog-cancel"_L1)
        return QIcon::fromTheme(name);
    return QIcon(new SymbolEngine(name));
}

} // namespace taskreel
