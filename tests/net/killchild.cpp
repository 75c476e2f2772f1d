// SPDX-License-Identifier: MIT
#include "killchild.h"

#include "core/store/store.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskrepository.h"
#include "support/profile.h"

#include <QDir>
#include <QUuid>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

static constexpr int kMostAdded = 60; ///< in one life: libraries stay small enough to be checked quickly

static Profile profileOf(const QString &folder, const QUrl &service)
{
    const QDir dir(folder);
    Profile profile = test::profileIn(dir.path());
    profile.serviceUrl = service;
    profile.fixedKey = u"kill-test"_s;
    return profile;
}

KillChild::KillChild(const QString &folder, const QUrl &service, quint32 seed, qint64 firstNumber)
    : m_random(seed), m_number(firstNumber), m_context(profileOf(folder, service))
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &KillChild::act);
    connect(&m_context, &AppContext::ready, this, &KillChild::begin);
    connect(&m_context, &AppContext::openFailed, this,
            [](const Error &error) { say(u"refused "_s + error.detail); });
    connect(&m_context, &AppContext::librarySetAside, this,
            [](const QString &path) { say(u"refused set aside as "_s + path); });
    connect(m_context.intake(), &Intake::finished, this, &KillChild::takeReport);
    connect(m_context.repository(), &TaskRepository::tasksChanged, this, &KillChild::takeChanges);
    m_context.open();
}

void KillChild::begin()
{
    say(u"ready"_s);
    act();
}

void KillChild::act()
{
    const int choice = m_random.bounded(10);
    const QString id = anyTask();
    if ((choice < 2 || id.isEmpty()) && m_added < kMostAdded)
        takeIn();
    else if (!id.isEmpty() && choice < 6)
        mark(id);
    else if (!id.isEmpty() && choice < 8)
        removeOrRestore(id);
    else if (!id.isEmpty())
        save(id);
    m_next.start(m_random.bounded(4));
}

QString KillChild::anyTask()
{
    const QStringList ids = m_context.repository()->ids();
    return ids.isEmpty() ? QString() : ids.at(m_random.bounded(ids.size()));
}

void KillChild::takeIn()
{
    QString text = u"look at these:\n"_s;
    const int count = m_random.bounded(1, 12);
    for (int i = 0; i < count; ++i) {
        quint32 words[4];
        m_random.fillRange(words);
        const QByteArray seed(reinterpret_cast<const char *>(words), sizeof words);
        text += u"> id "_s + QUuid::createUuidV5(QUuid(), seed).toString(QUuid::WithoutBraces)
            + u", please\n"_s;
    }
    m_added += count;
    m_context.intake()->addText(text);
}

void KillChild::takeReport(const IntakeReport &report)
{
    for (const QString &id : report.added)
        say(u"done add "_s + id);
}

void KillChild::takeChanges(const QStringList &ids)
{
    for (const QString &id : ids) {
        const TaskSummary *row = m_context.repository()->find(id);
        if (!row)
            continue;
        const bool saved =
            row->saveState == SaveState::Saved || row->saveState == SaveState::Partly;
        if (saved && m_saving.contains(id))
            say(u"done save "_s + id + u' ' + m_saving.take(id)); // what its row shows
        if (row->status == TaskStatus::Completed && !m_answered.contains(id)) {
            m_answered.insert(id);
            doAndConfirm(u"answer "_s + id);
        }
    }
}

void KillChild::mark(const QString &id)
{
    const QString number = QString::number(++m_number);
    say(u"try mark "_s + id + u' ' + number);
    m_context.repository()->setMarks(
        id, {.starred = m_number % 2 == 0, .note = number, .tags = {u"kill"_s, number}});
    doAndConfirm(u"mark "_s + id + u' ' + number);
}

void KillChild::removeOrRestore(const QString &id)
{
    const bool restore = !m_removed.isEmpty() && m_random.bounded(2) == 0;
    const QString which = restore ? m_removed.takeAt(m_random.bounded(m_removed.size())) : id;
    const QString line = (restore ? u"restore "_s : u"remove "_s) + which + u' '
        + QString::number(++m_number);
    say(u"try "_s + line);
    if (restore) {
        m_context.repository()->restore({which});
    } else {
        m_context.repository()->remove({which});
        m_removed.append(which);
    }
    doAndConfirm(line);
}

void KillChild::save(const QString &id)
{
    const TaskSummary *row = m_context.repository()->find(id);
    if (row->status != TaskStatus::Completed || m_saving.contains(id))
        return;
    StoredFile file;
    file.asset = {id, u"works[0].video"_s, Variant::Unwatermarked};
    file.path = u"/nowhere/%1.mp4"_s.arg(++m_number);
    file.bytes = m_number;
    file.sha256 = QByteArray(32, 's');
    file.at = QDateTime::currentDateTimeUtc();
    m_saving.insert(id, file.path);
    m_context.repository()->recordSaved(file);
}

void KillChild::doAndConfirm(const QString &line)
{
    m_context.repository()->whenWritten(this, [line](bool written) {
        say((written ? u"done "_s : u"refused "_s) + line);
    });
}

void KillChild::say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    if (::write(STDOUT_FILENO, bytes.constData(), static_cast<size_t>(bytes.size())) < 0)
        ::_exit(1); // nobody listens any more
}
