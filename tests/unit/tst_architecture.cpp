// SPDX-License-Identifier: MIT
// Reads every #include under app/ and ui/ against the map of rooms. A new room gets its place here
// and its line in CONTRIBUTING.md.
#include "support/isolation.h"

#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

// Lowest first: a room includes itself and rooms before it.
static const QStringList kCoreRooms{
    u"domain"_s, u"formats"_s, u"text"_s,  u"settings"_s,  u"secrets"_s, u"store"_s,     u"net"_s,
    u"piapi"_s,  u"media"_s,   u"tasks"_s, u"downloads"_s, u"exchange"_s, u"models"_s,  u"appcontext"_s};
static const QStringList kUiRooms{u"theme"_s,   u"common"_s,   u"stage"_s,   u"list"_s,
                                  u"details"_s, u"settings"_s, u"history"_s, u"desktop"_s, u"downloads"_s,
                                  u"window"_s};
// What core, demo and headless do not link.
static const QStringList kGuiModules{
    u"QtGui"_s,          u"QtWidgets"_s, u"QtMultimedia"_s,        u"QtSvg"_s,
    u"QtSvgWidgets"_s,   u"QtDBus"_s,    u"QtMultimediaWidgets"_s, u"QtOpenGL"_s,
    u"QtOpenGLWidgets"_s};

namespace {

enum class Area { Core, Demo, Headless, Program, Ui, Unknown };

/// Where a file belongs. `place` is the room's in its list; -1: a room that is not on the map.
struct Room
{
    Area area = Area::Unknown;
    qsizetype place = -1;
};

/// @param path from the top of the tree, as `app/core/tasks/intake.h`
Room roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (path.startsWith(u"app/core/"_s)) {
        const QString room = parts.size() > 3 ? parts.at(2) : parts.at(2).section(u'.', 0, 0);
        return {Area::Core, kCoreRooms.indexOf(room)};
    }
    if (path.startsWith(u"app/demo/"_s))
        return {Area::Demo, 0};
    if (path.startsWith(u"app/headless/"_s))
        return {Area::Headless, 0};
    if (path.startsWith(u"app/"_s) && parts.size() == 2)
        return {Area::Program, 0};
    if (path.startsWith(u"ui/"_s) && parts.size() == 3)
        return {Area::Ui, kUiRooms.indexOf(parts.at(1))};
    return {};
}

/// The file that a quoted include names, as a path from the top of the tree.
QString includedPath(const QString &from, const QString &include)
{
    for (const QString &start : {u"core/"_s, u"demo/"_s, u"headless/"_s}) {
        if (include.startsWith(start))
            return u"app/"_s + include;
    }
    if (include.contains(u'/'))
        return include; // ui/…, and whatever is on no map
    return from.section(u'/', 0, -2) + u'/' + include; // beside it
}

bool mayInclude(const Room &from, const Room &to)
{
    if (to.area == Area::Unknown || to.place < 0 || from.place < 0)
        return false;
    const bool isContext = to.area == Area::Core && to.place == kCoreRooms.indexOf(u"appcontext"_s);
    switch (from.area) {
    case Area::Core:
        return to.area == Area::Core && to.place <= from.place;
    case Area::Demo:
        return to.area == Area::Demo;
    case Area::Headless:
        return to.area == Area::Headless || to.area == Area::Core;
    case Area::Program:
        return true;
    case Area::Ui:
        if (isContext)
            return from.place == kUiRooms.indexOf(u"window"_s);
        return to.area == Area::Core || (to.area == Area::Ui && to.place <= from.place);
    case Area::Unknown:
        break;
    }
    return false;
}

bool isGuiHeader(const QString &include)
{
    const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    for (const QString &module : kGuiModules) {
        if (include == module || include.startsWith(module + u'/')
            || QFile::exists(headers + u'/' + module + u'/' + include))
            return true;
    }
    return false;
}

bool mayUseGui(const QString &path)
{
    return path.startsWith(u"ui/"_s) || path == u"app/main.cpp"_s
        || path.startsWith(u"app/session"_s);
}

/// What is wrong with the includes of a file.
QStringList wrongIncludes(const QString &path, const QString &text)
{
    static const QRegularExpression pattern(
        u"^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"_s,
        QRegularExpression::MultilineOption);
    QStringList wrong;
    const Room from = roomOf(path);
    if (from.area == Area::Unknown || from.place < 0)
        wrong += u"%1 is in no room of the map"_s.arg(path);
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString include = match.captured(2);
        const bool quoted = match.captured(1) == u"\""_s;
        if (quoted && include.endsWith(u".moc"_s))
            continue;
        const bool fine = quoted ? mayInclude(from, roomOf(includedPath(path, include)))
                                 : mayUseGui(path) || !isGuiHeader(include);
        if (!fine)
            wrong += u"%1 includes %2"_s.arg(path, include);
    }
    return wrong;
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesIncludes_data();
    void judgesIncludes();
    void everyIncludeGoesDown();
};

void TestArchitecture::judgesIncludes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fine");
    const auto add = [](const char *name, const QString &path, const QString &text, bool fine) {
        QTest::newRow(name) << path << text << fine;
    };
    const QString tasks = u"app/core/tasks/intake.cpp"_s;
    add("own room", tasks, u"#include \"core/tasks/intake.h\""_s, true);
    add("lower room", tasks, u"#include \"core/store/store.h\""_s, true);
    add("higher room", tasks, u"#include \"core/models/taskfilter.h\""_s, false);
    add("with blanks", tasks, u"int a;\n  #  include  \"core/models/taskfilter.h\""_s, false);
    add("second line", tasks, u"#include <QFile>\n#include \"core/downloads/q.h\"\n"_s, false);
    add("room off the map", tasks, u"#include \"core/misc/helper.h\""_s, false);
    add("file off the map", u"app/core/misc/helper.cpp"_s, u"int a;"_s, false);
    add("deeper than the map", u"ui/list/inner/a.cpp"_s, u"int a;"_s, false);
    add("core to ui", tasks, u"#include \"ui/list/taskselection.h\""_s, false);
    add("core to demo", tasks, u"#include \"demo/demoservice.h\""_s, false);
    add("core to context", tasks, u"#include \"core/appcontext.h\""_s, false);
    add("context to core", u"app/core/appcontext.cpp"_s, u"#include \"core/models/m.h\""_s, true);
    add("core, Qt Core", tasks, u"#include <QFile>"_s, true);
    add("core, std", tasks, u"#include <vector>"_s, true);
    add("core, image", tasks, u"#include <QImage>"_s, false);
    add("core, by module", tasks, u"#include <QtGui/QColor>"_s, false);
    add("core, whole module", tasks, u"#include <QtGui>"_s, false);
    add("core, small letters", tasks, u"#include <qpixmap.h>"_s, false);
    add("core, D-Bus", tasks, u"#include <QDBusConnection>"_s, false);
    add("demo to core", u"app/demo/a.cpp"_s, u"#include \"core/domain/task.h\""_s, false);
    add("demo to demo", u"app/demo/a.cpp"_s, u"#include \"demo/a.h\""_s, true);
    add("headless to core", u"app/headless/a.cpp"_s, u"#include \"core/appcontext.h\""_s, true);
    add("headless to ui", u"app/headless/a.cpp"_s, u"#include \"ui/window/mainwindow.h\""_s, false);
    add("program, beside", u"app/main.cpp"_s, u"#include \"session.h\"\n#include <QIcon>"_s, true);
    add("command line, Gui", u"app/commandline.cpp"_s, u"#include <QIcon>"_s, false);
    add("ui to core", u"ui/list/a.cpp"_s, u"#include \"core/models/m.h\"\n#include <QImage>"_s,
        true);
    add("ui to lower", u"ui/list/a.cpp"_s, u"#include \"ui/theme/theme.h\""_s, true);
    add("ui to higher", u"ui/list/a.cpp"_s, u"#include \"ui/details/detailpane.h\""_s, false);
    add("ui settings", u"ui/details/a.cpp"_s, u"#include \"ui/settings/keydialog.h\""_s, false);
    add("core settings", u"ui/details/a.cpp"_s, u"#include \"core/settings/appsettings.h\""_s,
        true);
    add("ui to demo", u"ui/window/a.cpp"_s, u"#include \"demo/demoservice.h\""_s, false);
    add("window to context", u"ui/window/a.cpp"_s, u"#include \"core/appcontext.h\""_s, true);
    add("list to context", u"ui/list/a.cpp"_s, u"#include \"core/appcontext.h\""_s, false);
}

void TestArchitecture::judgesIncludes()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(bool, fine);
    const QStringList wrong = wrongIncludes(path, text);
    QVERIFY2(wrong.isEmpty() == fine, qPrintable(wrong.join(u'\n')));
}

void TestArchitecture::everyIncludeGoesDown()
{
    const QDir top(QStringLiteral(TEST_DATA_DIR "/../.."));
    QStringList wrong;
    int files = 0;
    for (const QString &folder : {u"app"_s, u"ui"_s}) {
        QDirIterator it(top.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            wrong += wrongIncludes(top.relativeFilePath(file.fileName()),
                                   QString::fromUtf8(file.readAll()));
            ++files;
        }
    }
    QVERIFY(files > 50);
    QVERIFY2(wrong.isEmpty(), qPrintable(u"\n"_s + wrong.join(u'\n')));
}

TASKREEL_TEST_MAIN(TestArchitecture, QCoreApplication)

#include "tst_architecture.moc"
