// SPDX-License-Identifier: MIT
#include "clipaccount.h"
#include "programrun.h"
#include "support/isolation.h"
#include "support/servicethread.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

// What `--no-window --download` shows while it goes on, on a terminal and elsewhere.
class TestHeadlessProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progressOnATerminal();
    void noProgressElsewhere();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments, const RunOptions &options = {});

    QTemporaryDir m_folder;
    ClipAccount m_account;
    int m_runs = 0;
};

Outcome TestHeadlessProgress::run(const QStringList &arguments, const RunOptions &options)
{
    const QDir place(m_folder.filePath(QString::number(++m_runs)));
    return runProgram(QStringLiteral(TASKREEL_PROGRAM),
                      QStringList{u"--no-window"_s, u"--download"_s, u"--data-dir"_s,
                                  place.filePath(u"data"_s), u"--download-dir"_s,
                                  place.filePath(u"downloads"_s), u"--api-url"_s,
                                  m_account.service().baseUrl().toString()}
                          + arguments,
                      options);
}

void TestHeadlessProgress::progressOnATerminal()
{
    m_account.service().handle("/media/", [](const demo::Request &request) {
        demo::Response response;
        response.body = ClipAccount::content(request.path);
        response.chunkBytes = static_cast<int>(response.body.size() / 20);
        response.chunkDelayMs = 50; // about a second
        return response;
    });
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
    const QByteArray slave = ::ptsname(master);
    const int held = ::open(slave.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    RunOptions options;
    options.inChild = [slave] {
        const int terminal = ::open(slave.constData(), O_WRONLY | O_NOCTTY);
        ::dup2(terminal, STDERR_FILENO);
        ::setenv("TERM", "xterm", 1);
    };
    QElapsedTimer clock;
    clock.start();
    const Outcome outcome = run({ServiceThread::taskIds(1).at(0)}, options);
    const qint64 ms = clock.elapsed();
    QByteArray shown(64 * 1024, '\0');
    shown.resize(
        std::max<ssize_t>(::read(master, shown.data(), static_cast<size_t>(shown.size())), 0));
    ::close(held);
    ::close(master);
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(shown.contains("Tasks: 0 of 1"), shown.constData());
    QVERIFY2(shown.contains("files: 0 saved, 1 to go"), shown.constData());
    QVERIFY(!shown.contains('\n')); // one line, rewritten
    QVERIFY2(shown.endsWith("\r\x1b[K"), shown.constData()); // and gone in the end
    QVERIFY2(shown.count("Tasks:") <= ms / 250 + 1, shown.constData());
    QVERIFY(!outcome.out.contains("Tasks:"));
}

void TestHeadlessProgress::noProgressElsewhere()
{
    const Outcome outcome = run({ServiceThread::taskIds(1).at(0)});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QVERIFY2(!outcome.err.contains("Tasks:") && !outcome.err.contains('\r'),
             outcome.err.constData());
}

TASKREEL_TEST_MAIN(TestHeadlessProgress, QCoreApplication)
#include "tst_headless_progress.moc"
