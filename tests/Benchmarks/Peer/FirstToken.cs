using System.Diagnostics;
using System.Net.Http.Json;

namespace Hone.Benchmarks.Peer;

/// <summary>Time from the start of <c>hone serve</c> to the first token of a chat answer.</summary>
internal static class FirstToken
{
    private const string Ready = "Listening on ";

    /// <summary>Seconds until the server listens, and until the first streamed piece of text.</summary>
    public static async Task<(double Listening, double Token)> MeasureAsync(string hone, string model, int threads)
    {
        var begun = Stopwatch.GetTimestamp();
        using var server = Process.Start(new ProcessStartInfo(hone, ["serve", "--model", $"bench={model}", "--port", "0", "--threads", $"{threads}"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{hone} did not start.");
        try
        {
            var address = await AddressAsync(server);
            var listening = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            await FirstPieceAsync(address);
            return (listening, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Ready.Length)..].Trim());
        throw new InvalidOperationException("hone serve ended before it listened.");
    }

    private static async Task FirstPieceAsync(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = "bench",
                stream = true,
                temperature = 0,
                max_tokens = 8,
                messages = new[] { new { role = "user", content = "What is the capital of France?" } },
            }),
        };
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        reply.EnsureSuccessStatusCode();
        using var events = new StreamReader(await reply.Content.ReadAsStreamAsync());
        while (await events.ReadLineAsync() is { } line)
            if (line.Contains("\"content\":\"", StringComparison.Ordinal) && !line.Contains("\"content\":\"\"", StringComparison.Ordinal))
                return;
        throw new InvalidOperationException("The answer ended without text.");
    }
}
