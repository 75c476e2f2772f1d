// SPDX-License-Identifier: MIT
#include "support/framecounter.h"

#include <QImage>
#include <QRect>

#include <algorithm>
#include <array>

namespace taskreel::test {

namespace {

// The same numbers as in make-clips: the strip's height is a fraction of the picture's width.
constexpr int kCells = 24;
constexpr double kStripHeight = 0.028;
constexpr double kBlockHeight = 0.019;
constexpr int kSync = 4;
constexpr int kBits = 16;
constexpr int kUsed = kSync + kBits + 1; // and the bit of parity
constexpr int kLeastContrast = 60;

/// The mean brightness of the middle of a cell, away from edges that scaling has blurred.
int brightness(const QImage &picture, int cell)
{
    const double width = picture.width();
    const double middle = picture.height() - width * kStripHeight / 2;
    const double half = width * kBlockHeight / 5;
    const int left = static_cast<int>(width * (cell + 0.35) / kCells);
    const int right = std::max(left, static_cast<int>(width * (cell + 0.65) / kCells));
    const int top = std::clamp(static_cast<int>(middle - half), 0, picture.height() - 1);
    const int bottom = std::clamp(static_cast<int>(middle + half), top, picture.height() - 1);
    int sum = 0;
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x)
            sum += qGray(picture.pixel(x, y));
    }
    return sum / ((bottom - top + 1) * (right - left + 1));
}

} // namespace

int readFrameCounter(const QImage &picture)
{
    if (picture.width() < kCells * 2 || picture.height() < picture.width() * kStripHeight)
        return -1;
    std::array<int, kUsed> cells{};
    for (int i = 0; i < kUsed; ++i)
        cells[static_cast<size_t>(i)] = brightness(picture, i);

    const int light = std::min(cells[0], cells[2]);
    const int dark = std::max(cells[1], cells[3]);
    if (light - dark < kLeastContrast)
        return -1;
    const int threshold = (light + dark) / 2;
    int number = 0;
    int ones = 0;
    for (int i = kSync; i < kUsed; ++i) {
        const int bit = cells[static_cast<size_t>(i)] > threshold ? 1 : 0;
        ones += bit;
        if (i < kSync + kBits)
            number = number * 2 + bit;
    }
    return ones % 2 == 0 ? number : -1;
}

bool showsWatermark(const QImage &picture)
{
    // The same numbers as in make-clips: its place and height are fractions of the shorter side.
    const int side = std::min(picture.width(), picture.height());
    const int right = picture.width() - side * 4 / 100;
    const int left = right - side * 44 / 100;
    const int bottom = picture.height() - static_cast<int>(picture.width() * kStripHeight) - side * 3 / 100;
    const int top = bottom - side * 5 / 100;
    int bright = 0;
    for (int y = std::max(0, top); y < bottom; ++y) {
        for (int x = std::max(0, left); x < right; ++x)
            bright += qGray(picture.pixel(x, y)) > 190 ? 1 : 0;
    }
    return bright > (bottom - top) * (right - left) / 12;
}

} // namespace taskreel::test
