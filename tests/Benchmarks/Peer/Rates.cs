using System.Text.Json.Serialization;

namespace Hone.Benchmarks.Peer;

/// <summary>Tokens per second as <c>hone bench --json</c> and the peer print them.</summary>
internal sealed record Rates(
    [property: JsonPropertyName("prefill_tps")] double Prefill,
    [property: JsonPropertyName("decode_tps")] double Decode,
    [property: JsonPropertyName("streams")] Dictionary<string, double> Streams);
