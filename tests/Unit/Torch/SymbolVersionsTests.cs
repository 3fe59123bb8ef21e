using System.Buffers.Binary;
using System.Text;
using Hone.Torch;

namespace Hone.Unit.Torch;

public class SymbolVersionsTests
{
    private const int Names = 64, Needs = 128, Sections = 256, HeaderSize = 64;

    [Fact]
    public void Only_the_named_version_becomes_weak()
    {
        var elf = Library();
        var before = (byte[])elf.Clone();
        Assert.True(SymbolVersions.Weaken(elf, "LIB_2"));
        before[Needs + 16 + 16 + 4] = 2;
        Assert.Equal(before, elf);
    }

    [Fact]
    public void A_version_that_is_not_required_changes_nothing()
    {
        var elf = Library();
        Assert.False(SymbolVersions.Weaken(elf, "LIB_3"));
        Assert.Equal(Library(), elf);
    }

    [Fact]
    public void What_is_not_such_a_library_is_refused()
    {
        Assert.Throws<BadImageFormatException>(() => SymbolVersions.Weaken(new byte[10], "LIB_2"));
        Assert.Throws<BadImageFormatException>(() => SymbolVersions.Weaken(new byte[200], "LIB_2"));
        Assert.Throws<BadImageFormatException>(() => SymbolVersions.Weaken(Library().AsSpan(0, Sections + HeaderSize), "LIB_2"));
    }

    /// <summary>An ELF header, a string table with LIB_1 and LIB_2, and a version table that requires both of one library.</summary>
    private static byte[] Library()
    {
        var elf = new byte[Sections + 2 * HeaderSize];
        "\u007fELF\u0002\u0001"u8.CopyTo(elf);
        U64(elf, 0x28, Sections);
        U16(elf, 0x3a, HeaderSize);
        U16(elf, 0x3c, 2);
        Encoding.ASCII.GetBytes("\0LIB_1\0LIB_2\0").CopyTo(elf, Names);
        U32(elf, Needs + 8, 16); // first entry follows the Verneed
        Entry(elf, Needs + 16, name: 1, next: 16);
        Entry(elf, Needs + 32, name: 7, next: 0);
        Section(elf, 0, type: 3, Names, 13, link: 0);
        Section(elf, 1, type: 0x6ffffffe, Needs, 48, link: 0);
        return elf;
    }

    private static void Entry(byte[] elf, int offset, uint name, uint next)
    {
        U32(elf, offset + 8, name);
        U32(elf, offset + 12, next);
    }

    private static void Section(byte[] elf, int index, uint type, ulong offset, ulong size, uint link)
    {
        var header = Sections + index * HeaderSize;
        U32(elf, header + 4, type);
        U64(elf, header + 24, offset);
        U64(elf, header + 32, size);
        U32(elf, header + 40, link);
    }

    private static void U16(byte[] elf, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(offset), value);

    private static void U32(byte[] elf, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(offset), value);

    private static void U64(byte[] elf, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(offset), value);
}
