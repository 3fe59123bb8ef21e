using System.Runtime.Intrinsics;

namespace Hone.Engine.Sampling;

/// <summary>
/// e^x for x ≤ 0, exact at 0, within a few units in the last place. The library's vector form uses whatever multiply-add the
/// current code tier has, so its bits can change while a process runs; here every operation is rounded as written.
/// e^x = 2ⁿ·eʳ, n = round(x / ln 2), |r| ≤ ln 2 / 2, eʳ by its Taylor series.
/// </summary>
internal static class Exponential
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>ln 2 in two parts, the first so short that n times it is exact.</summary>
    private const double Ln2High = 0.693145751953125;

    private const double Ln2Low = 1.4286068203094173e-6;

    /// <summary>1.5·2²³ and 1.5·2⁵²: added to a small number, they leave it rounded in the low bits.</summary>
    private const float Shifter = 12582912;

    private const double DoubleShifter = 6755399441055744;

    /// <summary>1 / k!, k = 0 … 12.</summary>
    private static readonly double[] InverseFactorials =
    [
        1, 1, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0, 1 / 3628800.0, 1 / 39916800.0, 1 / 479001600.0,
    ];

    public static float Of(float x) => Of(Vector256.Create(x))[0];

    public static double Of(double x) => Of(Vector256.Create(x))[0];

    public static Vector256<float> Of(Vector256<float> x)
    {
        var shifted = (x * (float)Log2E) + Vector256.Create(Shifter);
        var n = shifted - Vector256.Create(Shifter);
        var r = x - (n * (float)Ln2High) - (n * (float)Ln2Low);
        var e = Vector256.Create(1f / 5040);
        e = (e * r) + Vector256.Create(1f / 720);
        e = (e * r) + Vector256.Create(1f / 120);
        e = (e * r) + Vector256.Create(1f / 24);
        e = (e * r) + Vector256.Create(1f / 6);
        e = (e * r) + Vector256.Create(0.5f);
        e = (e * r) + Vector256<float>.One;
        e = (e * r) + Vector256<float>.One;
        var scaled = (e.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
        return scaled & Vector256.GreaterThan(x, Vector256.Create(-87f));
    }

    public static Vector256<double> Of(Vector256<double> x)
    {
        var shifted = (x * Log2E) + Vector256.Create(DoubleShifter);
        var n = shifted - Vector256.Create(DoubleShifter);
        var r = x - (n * Ln2High) - (n * Ln2Low);
        var e = Vector256.Create(1 / 6227020800.0);
        for (var k = 12; k >= 0; k--)
            e = (e * r) + Vector256.Create(InverseFactorials[k]);
        var scaled = (e.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
        return scaled & Vector256.GreaterThan(x, Vector256.Create(-708.0));
    }
}
