using KMeansPS.Evaluation;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Evaluation;

/// <summary>
/// What scikit-learn 1.2.1 says of the same clusterings, in double: inertia, silhouette_score, calinski_harabasz_score
/// and davies_bouldin_score (Data/SOURCES.md).
/// </summary>
public sealed class KnownMeasuresTests
{
    [Theory]
    [InlineData("iris", 2, 152.34795176035792, 0.6810461692117462, 513.9245459802768, 0.40429283717304215, "53 97")]
    [InlineData("iris", 3, 78.8556658259773, 0.5511916046195917, 561.593732015664, 0.6660385791628499, "50 61 39")]
    [InlineData("iris", 5, 49.822278409090906, 0.37277665987560926, 459.5058152437508, 0.9157851786489823, "22 28 28 40 32")]
    [InlineData("wine", 2, 4545746.292099379, 0.655521358978658, 505.12999814328407, 0.48170341187308313, "56 122")]
    [InlineData("wine", 3, 2370689.686782968, 0.5711381937868838, 561.815657860671, 0.5342431775436282, "47 62 69")]
    [InlineData("wine", 5, 1061573.277437658, 0.5320000442970232, 673.4850900384963, 0.5397606292322241, "25 37 28 41 47")]
    [InlineData("wine", 10, 269310.8892429757, 0.49762529277612194, 1200.703012053903, 0.5501555687280506, "24 6 16 17 16 13 19 11 26 30")]
    [InlineData("digits", 2, 1922846.6671694743, 0.11392038348826705, 220.50539811001087, 2.817673633714918, "787 1010")]
    [InlineData("digits", 3, 1733029.2482436185, 0.12551482634077132, 220.5081967175162, 2.398931781488965, "381 675 741")]
    [InlineData("digits", 10, 1165148.1344607507, 0.18233161339350462, 169.37433011280166, 1.9231584777667763, "221 174 182 165 93 150 208 179 249 176")]
    public void Of_AFit_IsWhatScikitLearnSays(
        string data, int k, double inertia, double silhouette, double calinskiHarabasz, double daviesBouldin, string sizes)
    {
        var points = KnownData.Load(data);
        double[] initial = [.. Enumerable.Range(0, k).SelectMany(i => points.GetPoint((i * points.Count / k) + 1))];
        var result = KMeans.Fit(points, new PointSet<double>(initial, points.Dimension), new KMeansOptions { Tolerance = 0 });
        AssertMeasures(ClusteringMeasures.Of(points, result), inertia, silhouette, calinskiHarabasz, daviesBouldin, sizes);
        AssertMeasures(
            ClusteringMeasures.Of(points, KMeans.Assign(points, result.Model.Centroids)), inertia, silhouette, calinskiHarabasz, daviesBouldin, sizes);
    }

    /// <summary>Point i in cluster i modulo K: clusters that mean nothing.</summary>
    [Theory]
    [InlineData("iris", 2, 681.2575999999999, -0.009615124584715013, 0.024548716961102144, 70.82125609152466, "75 75")]
    [InlineData("iris", 3, 680.4749999999999, -0.02557814596809911, 0.09673625041331453, 36.82959934970213, "50 50 50")]
    [InlineData("iris", 5, 678.297, -0.059213901249525545, 0.16426137812786928, 34.01025739774449, "30 30 30 30 30")]
    [InlineData("wine", 2, 17591410.291742787, -0.007464348488040752, 0.008865244353587454, 116.77010389170086, "89 89")]
    [InlineData("wine", 3, 17590125.290284477, -0.03660554484683705, 0.010799846730170901, 202.93331290799054, "60 59 59")]
    [InlineData("wine", 5, 17518150.03890135, -0.09638737963502388, 0.1830575373048386, 42.512176594405645, "36 36 36 35 35")]
    [InlineData("wine", 10, 17485274.26265211, -0.19067066348358572, 0.11425306952448186, 151.69669547949331, "18 18 18 18 18 18 18 18 17 17")]
    [InlineData("digits", 2, 2158474.2605258008, -0.00028859883316882684, 0.48485163490041644, 60.52079459910535, "899 898")]
    [InlineData("digits", 3, 2157426.223706177, -0.0033150639581351563, 0.6781540814336493, 45.965968019784526, "599 599 599")]
    [InlineData("digits", 10, 2138301.6928926134, -0.024745763136791717, 1.9272955424690619, 19.01989467755442, "180 180 180 180 180 180 180 179 179 179")]
    public void Of_ClustersWithoutSense_IsWhatScikitLearnSays(
        string data, int k, double inertia, double silhouette, double calinskiHarabasz, double daviesBouldin, string sizes)
    {
        var points = KnownData.Load(data);
        int[] clusters = [.. Enumerable.Range(0, points.Count).Select(i => i % k)];
        AssertMeasures(ClusteringMeasures.Of(points, clusters), inertia, silhouette, calinskiHarabasz, daviesBouldin, sizes);
    }

    private static void AssertMeasures(
        KMeansMeasure measure, double inertia, double silhouette, double calinskiHarabasz, double daviesBouldin, string sizes)
    {
        AssertNineDigits(inertia, measure.Inertia);
        AssertNineDigits(silhouette, measure.Silhouette!.Value);
        AssertNineDigits(calinskiHarabasz, measure.CalinskiHarabasz!.Value);
        AssertNineDigits(daviesBouldin, measure.DaviesBouldin!.Value);
        Assert.Equal(sizes, string.Join(' ', measure.Size));
        Assert.Equal(0, measure.SilhouetteError);
        Assert.Equal(measure.Size.Sum(), measure.SilhouetteSample);
    }

    private static void AssertNineDigits(double expected, double actual) =>
        Assert.True(Math.Abs((actual / expected) - 1) < 1e-10, $"{actual:R} instead of {expected:R}");
}
