// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demomedia.h"
#include "demo/demoservice.h"
#include "demo/demotask.h"

#include <QJsonObject>
#include <QUrl>

namespace taskreel::demo {

/// Get Task's whole answer, in the real service's shapes.
/// @param base where the media are served
[[nodiscard]] Response taskAnswer(const DemoTask &task, const DemoMoment &moment,
                                  const DemoMedia &media, const QUrl &base);

/// One row of the task history.
[[nodiscard]] QJsonObject historyRow(const DemoTask &task, const DemoMoment &moment, int number);

[[nodiscard]] Response accountAnswer();

/// {code, data, message}; the HTTP status is the same number.
[[nodiscard]] Response plainAnswer(int code, const QString &message);

[[nodiscard]] Response jsonResponse(const QJsonObject &object, int status = 200);

} // namespace taskreel::demo
