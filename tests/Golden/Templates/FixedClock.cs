using System.Globalization;
using System.Text.Json;

namespace Hone.Golden.Templates;

/// <summary>A clock that stands at the local time of a golden.</summary>
internal sealed class FixedClock(DateTime local) : TimeProvider
{
    public static TimeProvider Of(JsonElement row) =>
        row.TryGetProperty("now", out var now) ? new FixedClock(DateTime.Parse(now.GetString()!, CultureInfo.InvariantCulture)) : new FixedClock(new DateTime(2026, 3, 5, 9, 7, 3));

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(local, TimeSpan.Zero);
}
