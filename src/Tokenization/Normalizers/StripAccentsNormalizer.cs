using System.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Normalizers;

/// <summary>Drops every combining mark. Composed letters keep theirs: put NFD before it.</summary>
internal sealed class StripAccentsNormalizer : CharacterNormalizer
{
    private static readonly Lazy<CodePointSet> Marks = new(() => UnicodeResource.Class("StripAccents_removed"));

    protected override void Map(Rune rune, Output output)
    {
        if (rune.Value < 0x300 || !Marks.Value.Contains(rune.Value))
            output.Add(rune);
    }
}
