// SPDX-License-Identifier: MIT
#pragma once

namespace taskreel {

class AssetFetcher;
class MediaLibrary;
class TaskRepository;
class FreshLinks;

/// What saving needs. All borrowed.
struct DownloadServices
{
    TaskRepository *repository = nullptr;
    MediaLibrary *library = nullptr;
    AssetFetcher *fetcher = nullptr;
    bool loopbackAllowed = false;
    FreshLinks *freshLinks = nullptr; ///< null: dead links stay dead
};

} // namespace taskreel
