using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Scales;

/// <summary>
/// Two numbers a row for a block of 16 rows × 32 k: scale d and offset m, value = code·d + m; or, <see cref="PerHalf"/>, the scales of k 0–15 and k 16–31,
/// value = (code − Middle)·scale. Some blocks share a header.
/// </summary>
internal unsafe interface IScales
{
    static abstract bool PerHalf { get; }

    /// <summary>Bytes behind the codes of each block.</summary>
    static abstract int Bytes { get; }

    /// <summary>Bytes before the first of <see cref="BlocksPerHeader"/> blocks.</summary>
    static abstract int HeaderBytes { get; }

    static abstract int BlocksPerHeader { get; }

    /// <summary>Both numbers of rows 8·half … 8·half + 7.</summary>
    static abstract void Load(byte* header, byte* scales, int half, out Vector256<float> first, out Vector256<float> second);
}
