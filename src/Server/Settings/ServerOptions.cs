namespace Hone.Server.Settings;

/// <summary>
/// What the operator chose, checked before anything starts. To add a setting: a property here, an option in
/// <c>Cli/ServeSettings</c> (which gives it its flag, environment name and appsettings key), and its use.
/// </summary>
internal sealed record ServerOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8000;

    /// <summary>Keys that clients must present one of; none = open (loopback only).</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>Unknown parameters are listed in a header instead of refused.</summary>
    public bool Lenient { get; init; }

    /// <summary>Requests may bring their own chat template.</summary>
    public bool AllowRequestTemplates { get; init; }

    /// <summary>Origins whose pages may call the API.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Silence after which a stream sends a comment.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time that running requests get to end when the server is told to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Largest request body in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 16 * 1024 * 1024;
}
