using System.Runtime.InteropServices;

namespace Hone.Tokenization.Models.Bpe;

/// <summary>
/// The ids of words seen lately. Each word has one place; a new word there takes over, so the cache needs no upkeep and cannot be made
/// to grow. For one thread.
/// </summary>
internal sealed class WordCache
{
    private const int SlotBits = 15;
    private const int MaxLength = 24, MaxIds = 8;

    private readonly char[] _keys = new char[(1 << SlotBits) * MaxLength];
    private readonly int[] _ids = new int[(1 << SlotBits) * MaxIds];
    private readonly byte[] _lengths = new byte[1 << SlotBits];
    private readonly byte[] _counts = new byte[1 << SlotBits];

    /// <summary>The ids of a word if it is there. The slot is where <see cref="Store"/> would put it, −1 if the word is too long.</summary>
    public bool TryGet(ReadOnlySpan<char> word, out ReadOnlySpan<int> ids, out int slot)
    {
        if (word.Length > MaxLength)
        {
            ids = default;
            slot = -1;
            return false;
        }
        slot = SlotOf(word);
        if (_lengths[slot] != word.Length || !word.SequenceEqual(_keys.AsSpan(slot * MaxLength, word.Length)))
        {
            ids = default;
            return false;
        }
        ids = _ids.AsSpan(slot * MaxIds, _counts[slot]);
        return true;
    }

    public void Store(int slot, ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (slot < 0 || ids.Length > MaxIds)
            return;
        word.CopyTo(_keys.AsSpan(slot * MaxLength));
        ids.CopyTo(_ids.AsSpan(slot * MaxIds));
        _lengths[slot] = (byte)word.Length;
        _counts[slot] = (byte)ids.Length;
    }

    private static int SlotOf(ReadOnlySpan<char> word)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var bytes = MemoryMarshal.AsBytes(word);
        var hash = (ulong)word.Length * Multiplier;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Multiplier;
            hash ^= hash >> 29;
            bytes = bytes[8..];
        }
        ulong rest = 0;
        if (bytes.Length >= 4)
        {
            rest = MemoryMarshal.Read<uint>(bytes);
            bytes = bytes[4..];
        }
        if (bytes.Length >= 2)
            rest = rest << 16 | MemoryMarshal.Read<ushort>(bytes);
        return (int)(((hash ^ rest) * Multiplier) >> (64 - SlotBits));
    }
}
