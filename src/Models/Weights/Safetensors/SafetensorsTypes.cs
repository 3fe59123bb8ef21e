using System.Text.Json;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights.Safetensors;

/// <summary>The dtype strings of safetensors.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, NumberFormat Format)[] Types =
    [
        ("F32", NumberFormat.F32),
        ("F16", NumberFormat.F16),
        ("BF16", NumberFormat.BF16),
        ("F64", NumberFormat.F64),
        ("F8_E4M3", NumberFormat.F8E4M3),
        ("F8_E5M2", NumberFormat.F8E5M2),
        ("F8_E8M0", NumberFormat.F8E8M0),
        ("F6_E2M3", NumberFormat.F6E2M3),
        ("F6_E3M2", NumberFormat.F6E3M2),
        ("F4", NumberFormat.E2M1),
        ("BOOL", NumberFormat.Bool),
        ("U8", NumberFormat.U8),
        ("I8", NumberFormat.I8),
        ("U16", NumberFormat.U16),
        ("I16", NumberFormat.I16),
        ("U32", NumberFormat.U32),
        ("I32", NumberFormat.I32),
        ("U64", NumberFormat.U64),
        ("I64", NumberFormat.I64),
        ("C64", NumberFormat.C64),
    ];

    /// <summary>The format that the string under the reader names; compared in place, as a header has one for every tensor.</summary>
    public static bool TryGet(ref Utf8JsonReader reader, out NumberFormat format)
    {
        foreach (var (name, candidate) in Types)
        {
            if (reader.ValueTextEquals(name))
            {
                format = candidate;
                return true;
            }
        }
        format = default;
        return false;
    }
}
