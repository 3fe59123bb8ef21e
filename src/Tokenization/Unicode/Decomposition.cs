using System.Text;

namespace Hone.Tokenization.Unicode;

/// <summary>
/// Unicode's decompositions, compositions and combining classes in the reference library's version (9.0), which the platform's
/// own normalization would neither match nor, without ICU, have.
/// </summary>
internal sealed class Decomposition
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    private static readonly Lazy<Decomposition> Loaded = new(() => new Decomposition());

    private readonly Dictionary<int, (int[] Parts, bool Compatibility)> _parts = [];
    private readonly Dictionary<(int, int), int> _composed = [];
    private readonly Dictionary<int, byte> _classes = [];

    private Decomposition()
    {
        foreach (var line in UnicodeResource.Lines("decompositions.txt"))
        {
            var sign = line.IndexOfAny(['=', '!', '~']);
            var code = UnicodeResource.Code(line[..sign]);
            var parts = line[(sign + 1)..].Split(' ').Select(UnicodeResource.Code).ToArray();
            _parts.Add(code, (parts, line[sign] == '~'));
            if (line[sign] == '=')
                _composed.Add((parts[0], parts[1]), code);
        }
        foreach (var fields in UnicodeResource.Lines("combining.txt").Select(l => l.Split(' ')))
        {
            foreach (var (first, last) in UnicodeResource.Ranges([fields[0]]))
            {
                for (var c = first; c <= last; c++)
                    _classes.Add(c, byte.Parse(fields[1]));
            }
        }
        Stable = BuildStable();
    }

    public static Decomposition Instance => Loaded.Value;

    /// <summary>For each BMP unit, whether it is one of those that NFC leaves alone in a text made only of such units.</summary>
    public bool[] Stable { get; }

    public byte CombiningClass(Rune rune) => rune.Value < 0x300 ? (byte)0 : _classes.GetValueOrDefault(rune.Value);

    /// <summary>Appends the full decomposition of a character, the character itself if it has none.</summary>
    public void Decompose(Rune rune, bool compatibility, List<Rune> output)
    {
        var c = rune.Value;
        if (c is >= HangulBase and < HangulBase + Leads * Vowels * Tails)
        {
            var index = c - HangulBase;
            output.Add(new(LeadBase + index / (Vowels * Tails)));
            output.Add(new(VowelBase + index % (Vowels * Tails) / Tails));
            if (index % Tails != 0)
                output.Add(new(TailBase + index % Tails));
        }
        else if (c >= 0xA0 && _parts.TryGetValue(c, out var entry) && (compatibility || !entry.Compatibility))
        {
            foreach (var part in entry.Parts)
                Decompose(new(part), compatibility, output);
        }
        else
        {
            output.Add(rune);
        }
    }

    /// <summary>The character that two others compose to, or null.</summary>
    public Rune? Compose(Rune first, Rune second)
    {
        int a = first.Value, b = second.Value;
        if (a is >= LeadBase and < LeadBase + Leads && b is >= VowelBase and < VowelBase + Vowels)
            return new(HangulBase + ((a - LeadBase) * Vowels + b - VowelBase) * Tails);
        if (a is >= HangulBase and < HangulBase + Leads * Vowels * Tails && (a - HangulBase) % Tails == 0 && b is > TailBase and < TailBase + Tails)
            return new(a + b - TailBase);
        return _composed.TryGetValue((a, b), out var composed) ? new(composed) : null;
    }

    // A unit is stable if it is no mark, does not decompose for good and never is the second half of a composition.
    private bool[] BuildStable()
    {
        var stable = new bool[0x10000];
        Array.Fill(stable, true);
        foreach (var c in _classes.Keys.Where(c => c < 0x10000))
            stable[c] = false;
        foreach (var (code, entry) in _parts.Where(p => p.Key < 0x10000 && !p.Value.Compatibility))
            stable[code] = IsPrimary(code, entry.Parts);
        foreach (var (_, second) in _composed.Keys.Where(k => k.Item2 < 0x10000))
            stable[second] = false;
        for (var c = VowelBase; c < TailBase + Tails; c++)
            stable[c] = false;
        for (var c = 0xD800; c < 0xE000; c++)
            stable[c] = false;
        return stable;
    }

    private bool IsPrimary(int code, int[] parts) => parts.Length == 2 && _composed.GetValueOrDefault((parts[0], parts[1]), -1) == code;
}
