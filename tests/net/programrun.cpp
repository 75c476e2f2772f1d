// SPDX-License-Identifier: MIT
#include "programrun.h"

#include "support/patience.h"

#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace taskreel::test {

QList<QByteArray> Outcome::lines() const
{
    const QByteArray text = out.trimmed();
    return text.isEmpty() ? QList<QByteArray>() : text.split('\n');
}

QList<QJsonObject> Outcome::objects() const
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : lines())
        objects.append(QJsonDocument::fromJson(line).object());
    return objects;
}

Outcome runProgram(const QString &program, const QStringList &arguments, const RunOptions &options)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"PIAPI_API_KEY"_s);
    if (!options.key.isEmpty())
        environment.insert(u"PIAPI_API_KEY"_s, QString::fromLatin1(options.key));
    if (!options.loggingRules.isEmpty())
        environment.insert(u"QT_LOGGING_RULES"_s, options.loggingRules);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    process.setProcessEnvironment(environment);
    if (options.inChild)
        process.setChildProcessModifier(options.inChild);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(program, arguments);
    if (!finished.wait(kPatienceMs))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace taskreel::test
