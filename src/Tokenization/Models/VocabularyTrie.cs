namespace Hone.Tokenization.Models;

/// <summary>A trie over UTF-16 units, for the tokens that a text begins with.</summary>
internal sealed class VocabularyTrie
{
    private readonly Dictionary<long, int> _children = [];
    private readonly List<int> _ids = [-1];

    public void Add(ReadOnlySpan<char> token, int id)
    {
        var node = 0;
        foreach (var unit in token)
        {
            var key = Key(node, unit);
            if (!_children.TryGetValue(key, out var child))
            {
                child = _ids.Count;
                _children.Add(key, child);
                _ids.Add(-1);
            }
            node = child;
        }
        _ids[node] = id;
    }

    /// <summary>The length of the longest token that a text begins with, 0 if there is none.</summary>
    public int Longest(ReadOnlySpan<char> text, out int id)
    {
        var (length, node) = (0, 0);
        id = -1;
        for (var i = 0; i < text.Length && TryStep(ref node, text[i]); i++)
        {
            if (_ids[node] >= 0)
                (length, id) = (i + 1, _ids[node]);
        }
        return length;
    }

    /// <summary>Goes from a node (0 is the root) along a unit.</summary>
    public bool TryStep(ref int node, char unit) => _children.TryGetValue(Key(node, unit), out node);

    /// <summary>The token that ends at a node, or −1.</summary>
    public int IdAt(int node) => _ids[node];

    private static long Key(int node, char unit) => (long)node << 16 | unit;
}
