// SPDX-License-Identifier: MIT
#include "core/secrets/keyringstore.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

Q_LOGGING_CATEGORY(lcSecrets, "taskreel.secrets", QtInfoMsg)

const QString kService = u"io.github.taskreel.Taskreel"_s;

} // namespace

KeyringStore::KeyringStore(QObject *parent) : SecretStore(parent) { }

void KeyringStore::read(const QString &origin, QObject *context, ReadCallback done)
{
    run(new QKeychain::ReadPasswordJob(kService), origin, context,
        [done = std::move(done)](const Result<QKeychain::Job *> &job) {
            if (!job)
                done(tl::unexpected<Error>(job.error()));
            else if ((*job)->error() == QKeychain::EntryNotFound)
                done(QString());
            else
                done(static_cast<QKeychain::ReadPasswordJob *>(*job)->textData());
        });
}

void KeyringStore::write(const QString &origin, const QString &key, QObject *context,
                         WriteCallback done)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setTextData(key);
    run(job, origin, context, [done = std::move(done)](const Result<QKeychain::Job *> &ended) {
        done(ended ? Result<void>() : tl::unexpected<Error>(ended.error()));
    });
}

void KeyringStore::remove(const QString &origin, QObject *context, WriteCallback done)
{
    run(new QKeychain::DeletePasswordJob(kService), origin, context,
        [done = std::move(done)](const Result<QKeychain::Job *> &ended) {
            done(ended ? Result<void>() : tl::unexpected<Error>(ended.error()));
        });
}

void KeyringStore::run(QKeychain::Job *job, const QString &origin, QObject *context, JobDone done)
{
    // The job has no parent: the library's own callbacks point to it, so it must live until it
    // finishes (it then deletes itself), whatever became of us.
    job->setInsecureFallback(false);
    job->setKey(origin);

    auto *limit = new QTimer(this);
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, limit, &QObject::deleteLater);
    connect(limit, &QTimer::timeout, context, [done] {
        qCWarning(lcSecrets) << "the keyring does not answer";
        done(failure(ErrorKind::Other, tr("The system keyring does not answer.")));
    });
    // A timer that is gone has spoken already: the answer is late and dropped.
    connect(job, &QKeychain::Job::finished, context,
            [done, waiting = QPointer<QTimer>(limit)](QKeychain::Job *ended) {
                if (!waiting || !waiting->isActive())
                    return;
                waiting->stop();
                waiting->deleteLater();
                if (ended->error() == QKeychain::NoError
                    || ended->error() == QKeychain::EntryNotFound) {
                    done(ended);
                    return;
                }
                qCInfo(lcSecrets) << "no keyring:" << ended->error() << ended->errorString();
                done(failure(ErrorKind::Other, tr("The system keyring cannot be used."),
                             ended->errorString()));
            });
    limit->start(m_timeout);
    job->start();
}

} // namespace taskreel
