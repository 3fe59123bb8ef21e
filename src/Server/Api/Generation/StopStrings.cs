namespace Hone.Server.Api.Generation;

/// <summary>
/// Holds back text that may become a stop string, also when it is split across tokens. Text is released as soon as no stop
/// string can begin in it.
/// </summary>
internal sealed class StopStrings(IReadOnlyList<string> stops, bool keepStop)
{
    private string pending = "";

    /// <summary>A stop string was met; nothing more is released.</summary>
    public bool Met { get; private set; }

    /// <summary>Adds text and returns what may be shown.</summary>
    public string Append(string text)
    {
        if (Met || text.Length == 0)
            return "";
        if (stops.Count == 0)
            return text;
        pending += text;
        var (start, length) = FirstStop();
        if (start >= 0)
        {
            Met = true;
            return Release(keepStop ? start + length : start);
        }
        return Release(pending.Length - LongestPossibleStart());
    }

    /// <summary>What was held back and did not become a stop string.</summary>
    public string Flush() => Met ? "" : Release(pending.Length);

    private string Release(int count)
    {
        var released = pending[..count];
        pending = pending[count..];
        return released;
    }

    /// <summary>The stop that begins first; of two at one place the longer.</summary>
    private (int Start, int Length) FirstStop()
    {
        var (start, length) = (-1, 0);
        foreach (var stop in stops)
        {
            var at = pending.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (start < 0 || at < start || (at == start && stop.Length > length)))
                (start, length) = (at, stop.Length);
        }
        return (start, length);
    }

    /// <summary>Length of the longest end of the pending text with which some stop string begins.</summary>
    private int LongestPossibleStart()
    {
        for (var length = Math.Min(pending.Length, stops.Max(s => s.Length) - 1); length > 0; length--)
        {
            var tail = pending.AsSpan(pending.Length - length);
            foreach (var stop in stops)
            {
                if (stop.Length > length && stop.AsSpan().StartsWith(tail, StringComparison.Ordinal))
                    return length;
            }
        }
        return 0;
    }
}
