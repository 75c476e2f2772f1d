// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "core/settings/appsettings.h"
#include "core/settings/serviceaddress.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr QLatin1StringView kFolderName{"taskreel"};

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

struct Options
{
    QCommandLineOption demo{u"demo"_s, tr("Use the built-in service and sample tasks, with a library "
                                          "of their own.")};
    QCommandLineOption apiUrl{u"api-url"_s,
                              tr("Service address (https, or http on this machine)."), u"URL"_s};
    QCommandLineOption dataDir{
        u"data-dir"_s, tr("Keep settings, library, kept files and cache in DIR."), u"DIR"_s};
    QCommandLineOption downloadDir{u"download-dir"_s, tr("Save results in DIR."), u"DIR"_s};
    QCommandLineOption noWindow{
        u"no-window"_s, tr("Fetch the given tasks without a window: a line for each, until they end.")};
    QCommandLineOption download{
        u"download"_s, tr("With --no-window: save the results of each task as it ends.")};
    QCommandLineOption variant{
        u"variant"_s, tr("With --download: unwatermarked, watermarked or both."), u"VARIANT"_s};
    QCommandLineOption json{u"json"_s, tr("With --no-window: one JSON object a line.")};
    QCommandLineOption once{u"once"_s, tr("With --no-window: ask each task once, do not wait; with "
                                          "--download, save what is complete now.")};
    QCommandLineOption version{{u"v"_s, u"version"_s}, tr("Show the version.")};
    QCommandLineOption help{{u"h"_s, u"help"_s}, tr("Show this help.")};

    void addTo(QCommandLineParser &parser) const
    {
        parser.addOptions(
            {demo, apiUrl, dataDir, downloadDir, noWindow, download, variant, json, once, version,
             help});
        parser.addPositionalArgument(u"tasks"_s, tr("Task IDs, or files that contain them."),
                                     u"[TASK_ID or FILE …]"_s);
        parser.setApplicationDescription(
            tr("Shows and keeps the results of PiAPI tasks.\n\nThe API key comes from PIAPI_API_KEY, "
               "the system keyring, or the dialog."));
    }
};

QString absoluteFolder(const QString &given)
{
    return given.isEmpty() ? QString() : QDir::cleanPath(QDir::current().absoluteFilePath(given));
}

Result<QUrl> serviceAddress(const QString &text)
{
    if (text.isEmpty())
        return QUrl();
    if (const QString problem = AppSettings::serviceUrlProblem(text); !problem.isEmpty())
        return failure(ErrorKind::Other, u"--api-url: "_s + problem);
    return cleanedServiceUrl(text);
}

Result<std::optional<VariantWish>> variantWish(const QString &text)
{
    if (text == "unwatermarked"_L1)
        return VariantWish::Unwatermarked;
    if (text == "watermarked"_L1)
        return VariantWish::Watermarked;
    if (text == "both"_L1)
        return VariantWish::Both;
    return failure(ErrorKind::Other,
                   tr("--variant is one of: unwatermarked, watermarked, both."));
}

/// QStandardPaths has no state location before Qt 6.7.
QString stateHome()
{
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(set) ? set : QDir::homePath() + u"/.local/state"_s;
}

Profile profileFolders(const CommandLine &commandLine)
{
    Profile profile;
    if (!commandLine.dataFolder.isEmpty()) {
        profile.configFile = commandLine.dataFolder + u"/settings.ini"_s;
        profile.dataFolder = commandLine.dataFolder;
        profile.stateFolder = commandLine.dataFolder + u"/state"_s;
        profile.cacheFolder = commandLine.dataFolder + u"/cache"_s;
        return profile;
    }
    const auto below = [](const QString &base) { return base + u'/' + kFolderName; };
    profile.configFile =
        below(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation))
        + u"/settings.ini"_s;
    profile.dataFolder =
        below(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation));
    profile.stateFolder = below(stateHome());
    profile.cacheFolder =
        below(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation));
    return profile;
}

QString conflict(const CommandLine &commandLine)
{
    if (!commandLine.noWindow && (commandLine.json || commandLine.once))
        return tr("--json and --once need --no-window.");
    if (!commandLine.noWindow && commandLine.download)
        return tr("--download needs --no-window.");
    if (!commandLine.download && commandLine.variant)
        return tr("--variant needs --download.");
    if (commandLine.demo && !commandLine.serviceUrl.isEmpty())
        return tr("--demo brings its own service: leave out --api-url.");
    if (commandLine.noWindow && !commandLine.demo && commandLine.arguments.isEmpty())
        return tr("--no-window needs at least one task ID or file.");
    return {};
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    options.addTo(parser);
    if (!parser.parse(arguments))
        return failure(ErrorKind::Other, parser.errorText());

    CommandLine commandLine;
    if (parser.isSet(options.version) || parser.isSet(options.help)) {
        commandLine.action = parser.isSet(options.help) ? CommandLine::Action::ShowHelp
                                                        : CommandLine::Action::ShowVersion;
        return commandLine;
    }
    const Result<QUrl> address = serviceAddress(parser.value(options.apiUrl));
    if (!address)
        return tl::unexpected<Error>(address.error());
    commandLine.serviceUrl = *address;
    commandLine.demo = parser.isSet(options.demo);
    commandLine.noWindow = parser.isSet(options.noWindow);
    commandLine.json = parser.isSet(options.json);
    commandLine.once = parser.isSet(options.once);
    commandLine.download = parser.isSet(options.download);
    if (parser.isSet(options.variant)) {
        const auto wish = variantWish(parser.value(options.variant));
        if (!wish)
            return tl::unexpected<Error>(wish.error());
        commandLine.variant = *wish;
    }
    commandLine.dataFolder = absoluteFolder(parser.value(options.dataDir));
    commandLine.downloadFolder = absoluteFolder(parser.value(options.downloadDir));
    commandLine.arguments = parser.positionalArguments();
    if (const QString problem = conflict(commandLine); !problem.isEmpty())
        return failure(ErrorKind::Other, problem);
    return commandLine;
}

QString helpText()
{
    const Options options;
    QCommandLineParser parser;
    options.addTo(parser);
    return parser.helpText();
}

Profile ownProfile(const CommandLine &commandLine, const QString &environmentKey)
{
    Profile profile = profileFolders(commandLine);
    profile.serviceUrl = commandLine.serviceUrl;
    profile.downloadFolder = commandLine.downloadFolder;
    profile.environmentKey = environmentKey;
    return profile;
}

Profile demoProfile(const CommandLine &commandLine)
{
    Profile profile = profileFolders(commandLine);
    profile.configFile = QFileInfo(profile.configFile).path() + u"/demo.ini"_s;
    profile.dataFolder += u"/demo"_s;
    profile.stateFolder += u"/demo"_s;
    profile.cacheFolder += u"/demo"_s;
    profile.downloadFolder = commandLine.downloadFolder;
    profile.useKeyring = false;
    profile.isDemo = true;
    return profile;
}

QString takeEnvironmentKey()
{
    const QString key = qEnvironmentVariable("PIAPI_API_KEY");
    qunsetenv("PIAPI_API_KEY");
    return key;
}

} // namespace taskreel
