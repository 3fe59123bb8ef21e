using System.Buffers.Binary;
using System.Text;

namespace Hone.Torch;

/// <summary>
/// Changes which symbol versions an ELF library insists on (64 bit, little endian). The loader checks every entry of <c>.gnu.version_r</c>
/// at load unless its flag VER_FLG_WEAK is set; symbols that are never called need no more than that.
/// Layouts: the Linux Standard Base, "Symbol Versioning"; <c>elf.h</c>.
/// </summary>
internal static class SymbolVersions
{
    private const uint SectionVerneed = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Sets the weak flag of the required version in place. False if the library doesn't require it.</summary>
    /// <exception cref="BadImageFormatException">Not a 64-bit little-endian ELF file, or one whose tables point outside it.</exception>
    public static bool Weaken(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf.StartsWith("\x7f"u8 + "ELF\x02\x01"u8))
            throw new BadImageFormatException("Not a 64-bit little-endian ELF file.");
        try
        {
            var sections = checked((int)U64(elf, 0x28));
            int size = U16(elf, 0x3a), count = U16(elf, 0x3c);
            for (var i = 0; i < count; i++)
            {
                var header = elf[(sections + i * size)..];
                if (U32(header, 4) != SectionVerneed)
                    continue;
                var names = elf[(sections + checked((int)U32(header, 40)) * size)..];
                return WeakenIn(Section(elf, header), Section(elf, names), Encoding.ASCII.GetBytes(version));
            }
            return false;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new BadImageFormatException("The tables of the ELF file point outside it.", e);
        }
    }

    private static bool WeakenIn(Span<byte> needs, ReadOnlySpan<byte> names, ReadOnlySpan<byte> version)
    {
        // Verneed: version, count (u16), file, first entry, next (u32). Vernaux: hash (u32), flags, other (u16), name, next (u32). Offsets are relative.
        for (var need = needs; ; need = need[checked((int)U32(need, 12))..])
        {
            for (var entry = need[checked((int)U32(need, 8))..]; ; entry = entry[checked((int)U32(entry, 12))..])
            {
                var name = names[checked((int)U32(entry, 8))..];
                if (name[..name.IndexOf((byte)0)].SequenceEqual(version))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], (ushort)(U16(entry, 4) | Weak));
                    return true;
                }
                if (U32(entry, 12) == 0)
                    break;
            }
            if (U32(need, 12) == 0)
                return false;
        }
    }

    private static Span<byte> Section(Span<byte> elf, ReadOnlySpan<byte> header) =>
        elf.Slice(checked((int)U64(header, 24)), checked((int)U64(header, 32)));

    private static ushort U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
