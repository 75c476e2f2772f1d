// SPDX-License-Identifier: MIT
#include "core/downloads/savedfind.h"

#include "core/net/filehash.h"
#include "core/tasks/taskrepository.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <map>

namespace taskreel {

std::optional<FileFind> glanceAtSaved(const StoredFile &file)
{
    const QFileInfo info(file.path);
    if (!info.isFile())
        return FileFind::Missing;
    if (info.size() != file.bytes)
        return FileFind::Changed;
    return std::nullopt;
}

std::optional<FileFind> readSaved(const StoredFile &file, const std::atomic_bool &stop,
                                  const std::function<void(qint64)> &read)
{
    if (const std::optional<FileFind> find = glanceAtSaved(file))
        return find;
    if (file.sha256.isEmpty())
        return FileFind::Fine; // that is all that is known of it
    const QByteArray hash = sha256Of(file.path, stop, read);
    if (!hash.isEmpty())
        return hash == file.sha256 ? FileFind::Fine : FileFind::Changed;
    if (stop)
        return std::nullopt;
    return QFileInfo::exists(file.path) ? FileFind::Unreadable : FileFind::Missing;
}

/// Short words for a row.
static QString rowWords(FileFind find)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("SavedFiles", text);
    };
    switch (find) {
    case FileFind::Changed:
        return tr("Changed since it was saved");
    case FileFind::Unreadable:
        return tr("Cannot be read");
    case FileFind::Missing:
    case FileFind::Fine:
        break;
    }
    return tr("Not there any more");
}

static void tellTask(TaskRepository *repository, const QString &taskId,
                     const QList<SavedFind> &finds)
{
    const QList<StoredFile> now = repository->savedFiles(taskId);
    QSet<AssetId> lost = repository->lostFiles(taskId);
    FileFind worst = FileFind::Missing;
    for (const SavedFind &one : finds) {
        if (!now.contains(one.file))
            continue; // that file was not the one looked at
        if (one.find == FileFind::Fine) {
            lost.remove(one.file.asset);
            continue;
        }
        lost.insert(one.file.asset);
        if (one.find != FileFind::Missing && worst != FileFind::Changed)
            worst = one.find;
    }
    repository->setLostFiles(taskId, lost, rowWords(worst));
}

void tellFinds(TaskRepository *repository, const QList<SavedFind> &finds)
{
    std::map<QString, QList<SavedFind>> byTask;
    for (const SavedFind &one : finds)
        byTask[one.file.asset.taskId].append(one);
    for (const auto &[taskId, ofTask] : byTask)
        tellTask(repository, taskId, ofTask);
}

} // namespace taskreel
