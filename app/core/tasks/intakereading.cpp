// SPDX-License-Identifier: MIT
#include "core/tasks/intakereading.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Intake", text);
}

/// Collects, each id once.
class Finder final
{
public:
    void readText(const QString &text, ScanOrigin origin);
    void readFile(const QString &path);
    void readArgument(const QString &argument);
    [[nodiscard]] IntakeFinds take();

private:
    void addId(const QString &id);
    void unreadable(const QString &path, const QString &words);

    IntakeFinds m_finds;
    QSet<QString> m_seen;
};

void Finder::addId(const QString &id)
{
    const QString folded = id.toLower();
    if (m_seen.contains(folded))
        return;
    m_seen.insert(folded);
    m_finds.ids.append(id);
}

void Finder::readText(const QString &text, ScanOrigin origin)
{
    const ScanResult scan = scanTaskIds(text, origin);
    for (const QString &id : scan.ids)
        addId(id);
    m_finds.offered += scan.offered;
    m_finds.notUnderstood += scan.notUnderstood;
    const QStringView start = QStringView(text).trimmed().left(1);
    if (start != u"{" && start != u"[" && start != u"\ufeff")
        return;
    const QList<ReadAnswer> answers = readAnswersInText(text.toUtf8());
    for (const ReadAnswer &answer : answers) {
        if (answer.task.id.isEmpty())
            continue;
        addId(answer.task.id);
        m_finds.answers.append(answer);
    }
}

void Finder::unreadable(const QString &path, const QString &words)
{
    m_finds.unreadableFiles.append(u"%1: %2"_s.arg(QFileInfo(path).fileName(), words));
}

void Finder::readFile(const QString &path)
{
    const QFileInfo info(path);
    // Opening a pipe would wait for its other end.
    if (info.exists() && !info.isFile()) {
        unreadable(path, say(QT_TRANSLATE_NOOP("Intake", "not a file")));
        return;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        unreadable(path, file.errorString());
        return;
    }
    const QByteArray bytes = file.read(kLongestIntakeFile + 1);
    if (file.error() != QFileDevice::NoError) {
        unreadable(path, file.errorString());
        return;
    }
    if (bytes.size() > kLongestIntakeFile) {
        unreadable(path,
                   say(QT_TRANSLATE_NOOP("Intake", "larger than %1"))
                       .arg(QLocale().formattedDataSize(kLongestIntakeFile, 0)));
        return;
    }
    if (const std::optional<QString> text = decodedText(bytes))
        readText(*text, ScanOrigin::Text);
    else
        unreadable(path, say(QT_TRANSLATE_NOOP("Intake", "not text")));
}

void Finder::readArgument(const QString &argument)
{
    if (QFileInfo::exists(argument)) {
        readFile(argument);
        return;
    }
    const qsizetype before = m_finds.ids.size() + m_finds.notUnderstood.size();
    const bool looksLikePath = argument.contains(u'/') || argument.contains(u'.');
    const bool isAddress = argument.contains(u"://"_s);
    if (looksLikePath && !isAddress) {
        readFile(argument); // for the system's words
        return;
    }
    readText(argument, ScanOrigin::CommandLineArgument);
    const bool known = std::any_of(m_seen.cbegin(), m_seen.cend(), [&argument](const QString &id) {
        return id == argument.toLower();
    });
    if (!known && m_finds.ids.size() + m_finds.notUnderstood.size() == before
        && !argument.trimmed().isEmpty())
        m_finds.notUnderstood.append(argument);
}

IntakeFinds Finder::take()
{
    m_finds.notUnderstood.removeDuplicates();
    m_finds.offered.removeDuplicates();
    m_finds.offered.removeIf([this](const QString &id) { return m_seen.contains(id.toLower()); });
    return std::move(m_finds);
}

std::optional<QStringConverter::Encoding> utf16WithoutMark(const QByteArray &bytes)
{
    if (bytes.size() < 4 || bytes.size() % 2 != 0)
        return std::nullopt;
    if (bytes.at(0) != 0 && bytes.at(1) == 0 && bytes.at(2) != 0 && bytes.at(3) == 0)
        return QStringConverter::Utf16LE;
    if (bytes.at(0) == 0 && bytes.at(1) != 0 && bytes.at(2) == 0 && bytes.at(3) != 0)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

bool isText(const QString &text)
{
    constexpr qsizetype kSample = 64 * 1024;
    if (text.contains(QChar::Null))
        return false;
    const QStringView sample = QStringView(text).left(kSample);
    const auto controls = std::count_if(sample.cbegin(), sample.cend(), [](QChar c) {
        return c < u' ' && c != u'\n' && c != u'\r' && c != u'\t' && c != u'\f' && c != u'\u001b';
    });
    return controls * 10 <= sample.size();
}

} // namespace

IntakeFinds readIntake(const IntakeRequest &request)
{
    Finder finder;
    if (!request.text.isEmpty())
        finder.readText(request.text, ScanOrigin::Text);
    for (const QString &path : request.files)
        finder.readFile(path);
    for (const QString &argument : request.arguments)
        finder.readArgument(argument);
    IntakeFinds finds = finder.take();
    finds.ids += request.ids;
    return finds;
}

std::optional<QString> decodedText(const QByteArray &bytes)
{
    std::optional<QStringConverter::Encoding> encoding = QStringConverter::encodingForData(bytes);
    if (!encoding)
        encoding = utf16WithoutMark(bytes);
    QStringDecoder decoder(encoding.value_or(QStringConverter::Utf8));
    QString text = decoder.decode(bytes);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    return isText(text) ? std::optional<QString>(text) : std::nullopt;
}

} // namespace taskreel
