// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/outputbuilder.h"

#include <QJsonValue>

namespace taskreel {

/// The works in a task's `output`: the shapes of each model family that are known, then a
/// walk over what is left. Pure; any value of any type.
[[nodiscard]] QList<Work> worksOf(const QJsonValue &output, const OutputContext &context);

// The rules, in their order. Each takes what it knows and leaves the rest.
void readKlingWorks(const QJsonObject &output, OutputBuilder &builder);
void readModelShapes(const QJsonObject &output, OutputBuilder &builder);
void readFlatFields(const QJsonObject &output, const QString &parent, OutputBuilder &builder);
void readLeftLinks(const QJsonValue &output, OutputBuilder &builder);

} // namespace taskreel
