// SPDX-License-Identifier: MIT
#include "core/domain/variantchoice.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestVariantChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choice_data();
    void choice();
    void saved();
    void assetIdsAreDistinct();
};

static Media mediumWith(const QList<Variant> &variants)
{
    Media medium;
    for (const Variant variant : variants)
        medium.sources.append({variant, "https://a/" + variantToken(variant).toLatin1(), {}, {}});
    return medium;
}

void TestVariantChoice::choice_data()
{
    QTest::addColumn<QList<Variant>>("there");
    QTest::addColumn<bool>("withoutWatermark");
    QTest::addColumn<Variant>("chosen");
    const Variant marked = Variant::Watermarked;
    const Variant clean = Variant::Unwatermarked;
    const Variant unstated = Variant::Unstated;
    QTest::newRow("wanted clean") << QList{marked, clean} << true << clean;
    QTest::newRow("wanted marked") << QList{marked, clean} << false << marked;
    QTest::newRow("not stated before the other") << QList{marked, unstated} << true << unstated;
    QTest::newRow("only marked") << QList{marked} << true << marked;
    QTest::newRow("only clean") << QList{clean} << false << clean;
}

void TestVariantChoice::choice()
{
    QFETCH(QList<Variant>, there);
    QFETCH(bool, withoutWatermark);
    const Media medium = mediumWith(there);
    const Source *source = chooseSource(medium, withoutWatermark);
    QVERIFY(source);
    QTEST(source->variant, "chosen");
    QVERIFY(!chooseSource(Media(), withoutWatermark));
}

void TestVariantChoice::saved()
{
    const Media medium = mediumWith({Variant::Watermarked, Variant::Unwatermarked});
    QCOMPARE(chooseSources(medium, VariantWish::Both).size(), 2);
    QCOMPARE(chooseSources(medium, VariantWish::Watermarked).constFirst().variant,
             Variant::Watermarked);
    QCOMPARE(chooseSources(mediumWith({Variant::Watermarked}), VariantWish::Unwatermarked)
                 .constFirst()
                 .variant,
             Variant::Watermarked);
    QVERIFY(chooseSources(Media(), VariantWish::Both).isEmpty());
}

void TestVariantChoice::assetIdsAreDistinct()
{
    const AssetId marked{u"t"_s, u"works[0].video"_s, Variant::Watermarked};
    const AssetId clean{u"t"_s, u"works[0].video"_s, Variant::Unwatermarked};
    QVERIFY(marked.fileKey() != clean.fileKey());
    QCOMPARE(marked.fileKey(), AssetId(marked).fileKey());
    QCOMPARE(variantFromToken(variantToken(clean.variant)), clean.variant);
}

TASKREEL_TEST_MAIN(TestVariantChoice, QCoreApplication)
#include "tst_variantchoice.moc"
