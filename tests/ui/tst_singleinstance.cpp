// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/desktop/singleinstance.h"

#include <QCoreApplication>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtConcurrent>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nobodyIsThere();
    void argumentsAreHandedOver();
    void anotherLibraryIsAnotherWindow();
    void aSocketLeftByAKilledProcessIsReplaced();
    void garbageIsNotTaken();

private:
    static QFuture<bool> send(const QString &folder, const QStringList &arguments)
    {
        return QtConcurrent::run([=] {
            return SingleInstance::sendToRunning(folder, arguments,
                                                 {test::kPatienceMs, test::kPatienceMs});
        });
    }
    QTemporaryDir m_runtime;
};

void TestSingleInstance::initTestCase()
{
    QFile::setPermissions(m_runtime.path(),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toLocal8Bit());
}

void TestSingleInstance::nobodyIsThere()
{
    QTemporaryDir library;
    QVERIFY(!SingleInstance::sendToRunning(library.path(), {u"a"_s}));
}

void TestSingleInstance::argumentsAreHandedOver()
{
    QTemporaryDir library;
    SingleInstance first(library.path());
    QVERIFY(first.isListening());
    QSignalSpy received(&first, &SingleInstance::messageReceived);
    QStringList many;
    for (int i = 0; i < 20'000; ++i)
        many.append(u"7f9b6f1e-3c1a-4a53-9a6e-%1"_s.arg(i, 12, 16, QLatin1Char('0')));
    const QFuture<bool> sent = send(library.path(), many);
    SOON_VERIFY(sent.isFinished());
    QVERIFY(sent.result());
    QCOMPARE(received.count(), 1);
    QCOMPARE(received.at(0).at(0).toStringList(), many);
}

void TestSingleInstance::anotherLibraryIsAnotherWindow()
{
    QTemporaryDir library;
    QTemporaryDir other;
    SingleInstance first(library.path());
    QSignalSpy received(&first, &SingleInstance::messageReceived);
    QVERIFY(!SingleInstance::sendToRunning(other.path(), {u"a"_s}));
    QCOMPARE(received.count(), 0);
}

void TestSingleInstance::aSocketLeftByAKilledProcessIsReplaced()
{
    QTemporaryDir library;
    QString socket;
    {
        const SingleInstance dead(library.path());
        QVERIFY(dead.isListening());
        const QStringList sockets =
            QDir(m_runtime.path()).entryList({u"taskreel-*"_s}, QDir::System);
        QCOMPARE(sockets.size(), 1);
        socket = sockets.at(0);
        QVERIFY(QFile::rename(m_runtime.filePath(socket), m_runtime.filePath(u"kept"_s)));
    }
    // What SIGKILL leaves: the file, and nobody behind it.
    QVERIFY(QFile::rename(m_runtime.filePath(u"kept"_s), m_runtime.filePath(socket)));
    SingleInstance second(library.path());
    QVERIFY(second.isListening());
}

void TestSingleInstance::garbageIsNotTaken()
{
    QTemporaryDir library;
    SingleInstance first(library.path());
    QSignalSpy received(&first, &SingleInstance::messageReceived);
    const QStringList sockets = QDir(m_runtime.path()).entryList({u"taskreel-*"_s}, QDir::System);
    QCOMPARE(sockets.size(), 1);
    QLocalSocket socket;
    socket.connectToServer(m_runtime.filePath(sockets.at(0)));
    QVERIFY(socket.waitForConnected(test::kPatienceMs));
    QSignalSpy gone(&socket, &QLocalSocket::disconnected);
    socket.write(QByteArray(17 * 1024 * 1024, '\xff'));
    SOON_COMPARE(gone.count(), 1);
    QLocalSocket other;
    other.connectToServer(m_runtime.filePath(sockets.at(0)));
    QVERIFY(other.waitForConnected(test::kPatienceMs));
    QSignalSpy otherGone(&other, &QLocalSocket::disconnected);
    other.write("not json\n");
    SOON_COMPARE(otherGone.count(), 1);
    QCOMPARE(received.count(), 0);
}

TASKREEL_TEST_MAIN(TestSingleInstance, QCoreApplication)
#include "tst_singleinstance.moc"
