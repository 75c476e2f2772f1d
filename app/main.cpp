// SPDX-License-Identifier: MIT
#include "commandline.h"
#include "core/store/librarylock.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "headless/headlessrunner.h"
#include "session.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QLocale>
#include <QTranslator>

#include <csignal>
#include <cstdio>
#include <memory>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

void setUpApplication(QCoreApplication &app)
{
    QCoreApplication::setApplicationName(u"taskreel"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TASKREEL_VERSION));
    auto *translator = new QTranslator(&app);
    if (translator->load(QLocale(), u"taskreel"_s, u"_"_s, u":/i18n"_s)
        || translator->load(u":/i18n/taskreel_en.qm"_s))
        QCoreApplication::installTranslator(translator);
}

/// Standard output and error as devices, for the headless runner.
class StandardFile : public QFile
{
public:
    explicit StandardFile(FILE *file) { open(file, QIODevice::WriteOnly | QIODevice::Unbuffered); }
};

int printAndLeave(FILE *where, const QString &text, int exitCode)
{
    StandardFile(where).write(text.toUtf8());
    return exitCode;
}

/// 0: standard error is no terminal that a line could be rewritten on.
int columnsOfError()
{
    constexpr int kUsual = 80;
    if (::isatty(STDERR_FILENO) == 0 || qgetenv("TERM") == "dumb")
        return 0;
    winsize size = {};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : kUsual;
}

int runHeadless(int argc, char *argv[], const CommandLine &commandLine, const QString &environmentKey)
{
    QCoreApplication app(argc, argv);
    setUpApplication(app);
    StandardFile out(stdout);
    StandardFile err(stderr);

    demo::DemoService service;
    Profile profile = ownProfile(commandLine, environmentKey);
    HeadlessRunner::Options options{commandLine.arguments, commandLine.json,    commandLine.once,
                                    commandLine.download,  commandLine.variant, columnsOfError()};
    std::unique_ptr<demo::DemoScript> script; // goes before its service
    if (commandLine.demo) {
        script = std::make_unique<demo::DemoScript>(&service);
        if (!service.listen()) {
            err.write((service.errorString() + u'\n').toUtf8());
            return HeadlessRunner::CannotWrite;
        }
        profile = demoProfile(commandLine);
        profile.withLibrary = false; // it starts anew each time
        profile.serviceUrl = service.baseUrl();
        profile.fixedKey = demo::DemoScript::apiKey();
        if (options.arguments.isEmpty())
            options.arguments = script->taskIds();
    }
    if (profile.withLibrary && LibraryLock::isTaken(profile.dataFolder)) {
        err.write(QCoreApplication::translate("main",
                                              "Taskreel's window is open: this run keeps nothing "
                                              "in its library.\n")
                      .toUtf8());
        profile.withLibrary = false;
    }
    AppContext context(profile);
    HeadlessRunner runner(&context, options, &out, &err);
    QObject::connect(&runner, &HeadlessRunner::finished, &app,
                     [](int exitCode) { QCoreApplication::exit(exitCode); });
    runner.start();
    return QCoreApplication::exec();
}

int runWindow(int argc, char *argv[], const CommandLine &commandLine, const QString &environmentKey)
{
    // GStreamer, Debian's default, crashes with a second player.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QApplication app(argc, argv);
    setUpApplication(app);
    QGuiApplication::setApplicationDisplayName(u"Taskreel"_s);
    QGuiApplication::setDesktopFileName(u"io.github.taskreel.Taskreel"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/io.github.taskreel.Taskreel.svg"_s));

    Session session(ownProfile(commandLine, environmentKey), demoProfile(commandLine));
    switch (session.start(commandLine.demo, commandLine.arguments)) {
    case Session::Start::Running:
        return QApplication::exec();
    case Session::Start::HandedOver:
        return 0;
    case Session::Start::Failed:
        break;
    }
    return printAndLeave(stderr, session.problem() + u'\n', HeadlessRunner::CannotWrite);
}

} // namespace

int main(int argc, char *argv[])
{
    const QString environmentKey = takeEnvironmentKey();
    // A file that reaches a limit of the system's is an error to be told, not the end.
    std::signal(SIGXFSZ, SIG_IGN);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    QCoreApplication::setApplicationName(u"taskreel"_s);

    const Result<CommandLine> commandLine = parseCommandLine(arguments);
    if (!commandLine) {
        return printAndLeave(stderr, commandLine.error().message + u'\n', HeadlessRunner::Usage);
    }
    switch (commandLine->action) {
    case CommandLine::Action::ShowVersion:
        return printAndLeave(stdout, u"taskreel "_s + QStringLiteral(TASKREEL_VERSION) + u'\n', 0);
    case CommandLine::Action::ShowHelp: {
        const QCoreApplication app(argc, argv); // the parser names the program by it
        return printAndLeave(stdout, helpText(), 0);
    }
    case CommandLine::Action::Run:
        break;
    }
    return commandLine->noWindow ? runHeadless(argc, argv, *commandLine, environmentKey)
                                 : runWindow(argc, argv, *commandLine, environmentKey);
}
