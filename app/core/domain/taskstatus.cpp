// SPDX-License-Identifier: MIT
#include "core/domain/taskstatus.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace taskreel {

TaskStatus taskStatusFromWord(const QString &word)
{
    static const QHash<QString, TaskStatus> words{
        {u""_s, TaskStatus::NotAsked},          {u"pending"_s, TaskStatus::Pending},
        {u"staged"_s, TaskStatus::Pending},     {u"retry"_s, TaskStatus::Pending},
        {u"starting"_s, TaskStatus::Pending},   {u"queued"_s, TaskStatus::Pending},
        {u"started"_s, TaskStatus::Processing}, {u"processing"_s, TaskStatus::Processing},
        {u"running"_s, TaskStatus::Processing}, {u"in_progress"_s, TaskStatus::Processing},
        {u"completed"_s, TaskStatus::Completed}, {u"success"_s, TaskStatus::Completed},
        {u"succeeded"_s, TaskStatus::Completed}, {u"finished"_s, TaskStatus::Completed},
        {u"failed"_s, TaskStatus::Failed},       {u"cancelled"_s, TaskStatus::Cancelled},
        {u"canceled"_s, TaskStatus::Cancelled},
    };
    return words.value(word.trimmed().toLower(), TaskStatus::Other);
}

bool isFinal(TaskStatus status)
{
    return status == TaskStatus::Completed || status == TaskStatus::Failed
        || status == TaskStatus::Cancelled;
}

} // namespace taskreel
