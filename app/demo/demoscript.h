// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

namespace taskreel::demo {

class DemoService;

/// The demo's account: its key, its tasks and their media, put on a DemoService. Tasks move from
/// pending through processing to completed within seconds of the first question. Covers and clips come
/// from the library's own resources (`:/demo/…`).
class DemoScript final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoScript)

public:
    /// @param service borrowed, outlives this
    explicit DemoScript(DemoService *service, QObject *parent = nullptr);
    ~DemoScript() override;

    static QString apiKey(); ///< the only key that the demo accepts
    [[nodiscard]] QStringList taskIds() const; ///< what the demo's list starts with
    void setSpeed(double factor); ///< 1: as shown to people; 1000: everything ended at the first question

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace taskreel::demo
