// SPDX-License-Identifier: MIT
#pragma once

namespace taskreel {

class AppSettings;
class TaskFilter;
class TaskSelection;
class Theme;
class ThumbnailCache;

/// What the list's widgets use. All borrowed, all outlive them.
struct ListServices
{
    Theme *theme = nullptr;
    TaskFilter *filter = nullptr;
    TaskSelection *selection = nullptr;
    AppSettings *settings = nullptr;
    ThumbnailCache *thumbnails = nullptr;
};

} // namespace taskreel
