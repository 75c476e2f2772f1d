// SPDX-License-Identifier: MIT
#include "core/downloads/downloadplan.h"
#include "core/downloads/transferrate.h"
#include "core/formats/filenaming.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

static Media medium(const QString &key, MediaKind kind, MediaRole role,
                    const QList<Variant> &variants)
{
    Media result;
    result.key = key;
    result.kind = kind;
    result.role = role;
    for (const Variant variant : variants)
        result.sources.append({variant,
                               "https://h.example/" + key.toUtf8() + variantToken(variant).toUtf8(),
                               {},
                               {}});
    return result;
}

static Task taskWith(int works)
{
    Task task;
    task.id = u"0f2b1c9e-0000-4000-8000-000000000001"_s;
    task.model = u"kling"_s;
    task.createdAt = QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC);
    for (int i = 0; i < works; ++i) {
        Work work;
        work.key = u"works[%1]"_s.arg(i);
        work.media = {
            medium(work.key + u".cover"_s, MediaKind::Image, MediaRole::Cover,
                   {Variant::Watermarked}),
            medium(work.key + u".video"_s, MediaKind::Video, MediaRole::Result,
                   {Variant::Watermarked, Variant::Unwatermarked}),
            medium(work.key + u".link"_s, MediaKind::Video, MediaRole::Link, {Variant::Unstated}),
            medium(work.key + u".grid"_s, MediaKind::Image, MediaRole::Intermediate,
                   {Variant::Unstated})};
        task.works.append(work);
    }
    return task;
}

static QStringList names(const QList<PlannedFile> &plan)
{
    QStringList result;
    for (const PlannedFile &file : plan)
        result.append(file.relativePath);
    return result;
}

class DownloadPlanTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesResultsOfAllWorksInTheWantedVariant()
    {
        const QList<PlannedFile> plan = planDownload(
            taskWith(3), std::nullopt, VariantWish::Unwatermarked, kDefaultNameTemplate);
        QCOMPARE(plan.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(plan.at(i).asset.mediaKey, u"works[%1].video"_s.arg(i));
            QCOMPARE(plan.at(i).asset.variant, Variant::Unwatermarked);
            QCOMPARE(plan.at(i).source.variant, Variant::Unwatermarked);
        }
    }

    void oneWorkAlone()
    {
        const QList<PlannedFile> plan = planDownload(
            taskWith(3), u"works[1]"_s, VariantWish::Watermarked, kDefaultNameTemplate);
        QCOMPARE(plan.size(), 1);
        QCOMPARE(plan.constFirst().asset.mediaKey, u"works[1].video"_s);
        QVERIFY(planDownload(taskWith(3), u"works[7]"_s, VariantWish::Both, kDefaultNameTemplate)
                    .isEmpty());
    }

    void namesNeverMeet_data()
    {
        QTest::addColumn<QString>("nameTemplate");
        QTest::newRow("default") << QString(kDefaultNameTemplate);
        QTest::newRow("constant") << u"same"_s;
        QTest::newRow("per task") << u"{id8}"_s;
        QTest::newRow("per variant") << u"{variant}"_s;
        QTest::newRow("per work") << u"{model}/{work}"_s;
        QTest::newRow("long") << QString(240, u'x') + u"{model}{id}"_s;
    }

    void namesNeverMeet()
    {
        QFETCH(QString, nameTemplate);
        const QStringList all =
            names(planDownload(taskWith(12), std::nullopt, VariantWish::Both, nameTemplate));
        QCOMPARE(all.size(), 24);
        QSet<QString> folded;
        for (const QString &name : all) {
            folded.insert(pathKey(name));
            QVERIFY2(QFileInfo(name).fileName().toUtf8().size() <= 255, qPrintable(name));
        }
        QCOMPARE(folded.size(), all.size());
    }

    void coversWhenAsked()
    {
        Task task = taskWith(2);
        task.works[0].media[0].sources.append(
            {Variant::Unwatermarked, "https://h.example/cover.jpg", {}, {}});
        const QList<PlannedFile> plan =
            planDownload(task, std::nullopt, {VariantWish::Both, true}, u"{id8}_{work}"_s);
        QCOMPARE(names(plan),
                 (QStringList{u"0f2b1c9e_1_watermarked.mp4"_s, u"0f2b1c9e_1_unwatermarked.mp4"_s,
                              u"0f2b1c9e_1_cover.jpg"_s, u"0f2b1c9e_2_watermarked.mp4"_s,
                              u"0f2b1c9e_2_unwatermarked.mp4"_s, u"0f2b1c9e_2_cover.png"_s}));
        QCOMPARE(plan.at(2).asset, (AssetId{task.id, u"works[0].cover"_s, Variant::Unwatermarked}));
        QCOMPARE(plan.at(2).kind, MediaKind::Image);
        QCOMPARE(plan.at(5).asset.variant, Variant::Watermarked); // there is no other
        QCOMPARE(planDownload(task, u"works[1]"_s, {VariantWish::Watermarked, true}, u"a"_s).size(),
                 2);
        // Without a result there is nothing to know by a cover.
        task.works[0].media.removeAt(1);
        QCOMPARE(planDownload(task, u"works[0]"_s, {VariantWish::Both, true}, u"a"_s).size(), 0);
        QCOMPARE(planDownload(task, std::nullopt, VariantWish::Both, u"a"_s).size(), 2);
    }

    void picturesAndTheirCoversDiffer()
    {
        Task task = taskWith(1);
        task.works[0].media[1].kind = MediaKind::Image;
        const QStringList all =
            names(planDownload(task, std::nullopt, {VariantWish::Watermarked, true}, u"{id8}"_s));
        QCOMPARE(all, (QStringList{u"0f2b1c9e.png"_s, u"0f2b1c9e_cover.png"_s}));
    }

    void whatIsNotSavedYet()
    {
        const Task task = taskWith(3);
        const auto clip = [&task](int work, Variant variant) {
            return AssetId{task.id, u"works[%1].video"_s.arg(work), variant};
        };
        QSet<AssetId> saved;
        const QStringList all{u"works[0]"_s, u"works[1]"_s, u"works[2]"_s};
        QCOMPARE(unsavedWorks(task, saved, VariantWish::Watermarked), all);
        saved = {clip(0, Variant::Unwatermarked),
                 clip(1, Variant::Watermarked),
                 {task.id, u"works[2].cover"_s, Variant::Watermarked},
                 {u"another"_s, u"works[2].video"_s, Variant::Unwatermarked}};
        QCOMPARE(unsavedWorks(task, saved, VariantWish::Unwatermarked), all.mid(1));
        QCOMPARE(unsavedWorks(task, saved, VariantWish::Watermarked),
                 (QStringList{all[0], all[2]}));
        QCOMPARE(unsavedWorks(task, saved, VariantWish::Both), all);
        for (int work = 0; work < 3; ++work)
            saved += {clip(work, Variant::Watermarked), clip(work, Variant::Unwatermarked)};
        QCOMPARE(unsavedWorks(task, saved, VariantWish::Both), QStringList());
        QCOMPARE(unsavedWorks(taskWith(0), {}, VariantWish::Both), QStringList());
    }

    void bothVariantsSayWhichTheyAre()
    {
        const QStringList pair =
            names(planDownload(taskWith(1), std::nullopt, VariantWish::Both, u"clip"_s));
        QCOMPARE(pair.size(), 2);
        for (const QString &name : pair)
            QVERIFY2(name != u"clip.mp4"_s, qPrintable(name));
        QCOMPARE(
            names(planDownload(taskWith(1), std::nullopt, VariantWish::Watermarked, u"clip"_s)),
            QStringList{u"clip.mp4"_s});
    }

    void theAddressMayNameTheForm()
    {
        Task task = taskWith(0);
        Work work;
        Media picture = medium(u"image_url"_s, MediaKind::Image, MediaRole::Result, {});
        picture.sources = {{Variant::Unstated, "https://h.example/a.WEBP?x=1.exe", {}, {}}};
        Media clip = medium(u"video"_s, MediaKind::Video, MediaRole::Result, {});
        clip.sources = {{Variant::Unstated, "https://h.example/run.exe", {}, {}}};
        work.media = {picture, clip};
        task.works = {work};
        QCOMPARE(names(planDownload(task, std::nullopt, VariantWish::Unwatermarked, u"a"_s)),
                 (QStringList{u"a.webp"_s, u"a.mp4"_s}));
    }

    void rateOverTheLastSeconds()
    {
        TransferRate rate;
        QCOMPARE(rate.bytesPerSecond(), 0);
        for (int i = 0; i <= 40; ++i)
            rate.sample(i * 250, i * 250'000);
        QCOMPARE(rate.bytesPerSecond(), 1'000'000);
        for (int i = 41; i <= 80; ++i)
            rate.sample(i * 250, 10'000'000);
        QCOMPARE(rate.bytesPerSecond(), 0);
    }
};

TASKREEL_TEST_MAIN(DownloadPlanTest, QCoreApplication)
#include "tst_downloadplan.moc"
