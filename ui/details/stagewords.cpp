// SPDX-License-Identifier: MIT
#include "ui/details/stagewords.h"

#include "core/text/errortext.h"
#include "core/text/quantities.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

class Tr
{
    Q_DECLARE_TR_FUNCTIONS(StageWords)
};

QString dotted(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// The stage breaks lines at line separators; a service's own line breaks become such, too.
QString lines(const QString &first, const QString &second)
{
    QString text = first;
    if (!first.isEmpty() && !second.isEmpty())
        text += QChar::LineSeparator;
    text += second;
    return text.replace(u'\n', QChar::LineSeparator);
}

/// Nothing of the task can be shown yet: where it stands and what comes next.
StageWords rowWords(const StageSituation &s)
{
    const TaskSummary &row = *s.row;
    StageWords words;
    if (row.lastError.kind != ErrorKind::None && !isPassing(row.lastError.kind)) {
        words.title = errorPhrase(row.lastError);
        words.title.replace(0, 1, words.title.left(1).toUpper());
        words.text = errorSentence(row.lastError);
        return words;
    }
    words.title = statusText(row);
    switch (row.status) {
    case TaskStatus::Failed:
        words.text = lines(row.errorText.isEmpty() ? Tr::tr("The service does not say why.")
                                                   : row.errorText,
                           Tr::tr("This is final: there is no result. More is under Details."));
        return words;
    case TaskStatus::Cancelled:
        words.text = Tr::tr("It was cancelled before it began. There is nothing to show.");
        return words;
    case TaskStatus::Completed:
        if (s.task && !textResults(*s.task).isEmpty()) {
            words.title = kindText(MediaKind::Text);
            words.text = Tr::tr("The text is below, under Prompt.");
        } else if (s.task) {
            words.title = Tr::tr("Completed without a result");
            words.text = Tr::tr("The service sent no file. The full answer is below, under JSON.");
        }
        return words;
    default:
        break;
    }
    const QString next = statusDetailText(row, s.now);
    QString hint = Tr::tr("It appears here by itself when it is ready.");
    if (row.fetchState == FetchState::Held)
        hint = Tr::tr("Taskreel asks as soon as it has a key that works.");
    else if (row.fetchState == FetchState::Offline)
        hint = Tr::tr("Taskreel asks as soon as the service can be reached.");
    words.text = lines(next, hint);
    return words;
}

QString loadingText(const ClipLoader::Entry &entry)
{
    if (entry.received < 0)
        return {};
    if (entry.total > 0) {
        return Tr::tr("Fetching: %1 of %2")
            .arg(bytesText(entry.received), bytesText(entry.total));
    }
    return Tr::tr("Fetching: %1").arg(bytesText(entry.received));
}

bool isShowable(MediaKind kind)
{
    return kind == MediaKind::Video || kind == MediaKind::Image || kind == MediaKind::Audio;
}

StageWords itemWords(const StageSituation &s)
{
    const Media &medium = s.item->medium;
    StageWords words;
    words.title = medium.kind == MediaKind::Unknown ? Tr::tr("Result") : kindText(medium.kind);
    words.text = measuresText(medium);
    if (s.asksFirst) {
        words.title = medium.label.isEmpty() ? words.title : medium.label;
        words.text = Tr::tr("A link in the answer. It is not requested before you ask for it.");
        words.offer = StageWords::Offer::FetchLink;
        return words;
    }
    if (medium.kind == MediaKind::Model) {
        words.text = Tr::tr("Taskreel cannot show 3D models. Download it to open it elsewhere.");
        return words;
    }
    const ClipLoader::Entry &entry = *s.shown;
    if (entry.error.kind != ErrorKind::None) {
        const QString sentence = errorSentence(entry.error, Retry::ByHand);
        (s.hasPicture ? words.notice : words.text) = sentence;
        words.offer = StageWords::Offer::TryAgain;
    } else if (entry.file && !isShowable(entry.file->probe.kind)) {
        (s.hasPicture ? words.notice : words.text) =
            Tr::tr("Taskreel cannot show this kind of file. It can be downloaded.");
    } else if (!entry.file) {
        words.text = dotted({words.text, loadingText(entry)});
    }
    return words;
}

/// Of the picture that is there, else of the one that is coming.
QString variantLabel(const StageSituation &s)
{
    const Media &medium = s.item->medium;
    if (s.asksFirst || (medium.kind != MediaKind::Video && medium.kind != MediaKind::Image))
        return {};
    for (const Source &source : medium.sources) {
        if (slotOf(source.variant) == s.pictureSlot)
            return variantText(source.variant);
    }
    return {};
}

} // namespace

QString measuresText(const Media &medium)
{
    return dotted({sizeText(medium.size),
                   medium.durationMs > 0 ? secondsText(medium.durationMs) : QString()});
}

StageWords stageWords(const StageSituation &situation)
{
    if (!situation.row) {
        StageWords words;
        words.title = Tr::tr("No task is selected");
        words.text = Tr::tr("Select one in the list to see its result here.");
        return words;
    }
    if (!situation.item)
        return rowWords(situation);
    StageWords words = itemWords(situation);
    words.label = variantLabel(situation);
    return words;
}

} // namespace taskreel
