using System.Buffers;
using System.Text;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Models;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.AddedTokens;

/// <summary>Finds added tokens in a text: the leftmost first, the longest of those that begin at the same place.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly VocabularyTrie _trie = new();
    private readonly List<AddedToken> _tokens = [];
    private readonly SearchValues<char> _firsts;

    /// <param name="patterns">The tokens and the text to look for.</param>
    public AddedTokenMatcher(IEnumerable<(AddedToken Token, string Text)> patterns)
    {
        var firsts = new HashSet<char>();
        foreach (var (token, text) in patterns.Where(p => p.Text.Length > 0))
        {
            _trie.Add(text, _tokens.Count);
            _tokens.Add(token);
            firsts.Add(text[0]);
        }
        _firsts = SearchValues.Create([.. firsts]);
    }

    public bool IsEmpty => _tokens.Count == 0;

    /// <summary>Cuts a text at its added tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="untrusted">For each of its units, whether it may not be part of an added token; empty: all may.</param>
    public List<Stretch> Cut(ReadOnlySpan<char> text, ReadOnlySpan<bool> untrusted)
    {
        var result = new List<Stretch>();
        var done = 0;
        for (var at = 0; at < text.Length;)
        {
            var skipped = text[at..].IndexOfAny(_firsts);
            if (skipped < 0)
                break;
            at += skipped;
            if (LongestAt(text, at, untrusted, out var token) is not (> 0 and var length))
            {
                at++;
                continue;
            }
            var (start, end) = (at, at + length);
            at = end;
            if (token.SingleWord && !StandsAlone(text, start, end))
                continue;
            if (token.LeftStrip)
                start = Math.Max(text[..start].TrimEnd().Length, done);
            if (token.RightStrip)
                end = text.Length - text[end..].TrimStart().Length;
            if (done < start)
                result.Add(new(new(done, start - done), null));
            result.Add(new(new(start, end - start), token));
            done = end;
        }
        if (done < text.Length)
            result.Add(new(new(done, text.Length - done), null));
        return result;
    }

    private int LongestAt(ReadOnlySpan<char> text, int at, ReadOnlySpan<bool> untrusted, out AddedToken token)
    {
        if (!untrusted.IsEmpty)
        {
            var trusted = untrusted[at..].IndexOf(true);
            text = trusted < 0 ? text : text[..(at + trusted)];
        }
        var length = _trie.Longest(text[at..], out var index);
        token = length > 0 ? _tokens[index] : null!;
        return length;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end)
    {
        Rune.DecodeLastFromUtf16(text[..start], out var before, out _);
        Rune.DecodeFromUtf16(text[end..], out var after, out _);
        return (start == 0 || !WordCharacters.Contains(before)) && (end == text.Length || !WordCharacters.Contains(after));
    }
}
