namespace Hone.Benchmarks.Peer;

/// <summary>The report of a comparison in Markdown: date, processor, medians, and the ratio of each pair of runs.</summary>
internal static class ComparisonTable
{
    public static void Print(string model, int threads, List<(Rates Hone, Rates Peer)> pairs, List<(double Listening, double Token)> starts)
    {
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} cores, {threads} threads, `{model}`, pairs of runs: {pairs.Count}.");
        Console.WriteLine();
        Console.WriteLine("| tokens/s, medians | Hone | llama.cpp | ratio of medians | ratio of each pair |");
        Console.WriteLine("|---|---|---|---|---|");
        Row("decode", pairs, rates => rates.Decode);
        Row("prefill", pairs, rates => rates.Prefill);
        foreach (var streams in pairs[0].Hone.Streams.Keys.Where(count => count != "1"))
            Row($"{streams} streams", pairs, rates => rates.Streams[streams]);
        Console.WriteLine();
        Console.WriteLine($"From start to listening {Median.Of(starts.Select(start => start.Listening)):F2} s, to the first token {Median.Of(starts.Select(start => start.Token)):F2} s (medians; slowest {starts.Max(start => start.Token):F2} s).");
    }

    private static void Row(string name, List<(Rates Hone, Rates Peer)> pairs, Func<Rates, double> rate)
    {
        var (hone, peer) = (Median.Of(pairs.Select(pair => rate(pair.Hone))), Median.Of(pairs.Select(pair => rate(pair.Peer))));
        var each = string.Join(", ", pairs.Select(pair => $"{rate(pair.Hone) / rate(pair.Peer):F2}"));
        Console.WriteLine($"| {name} | {hone:F1} | {peer:F1} | {hone / peer:F2} | {each} |");
    }

    private static string Processor() => File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
}
