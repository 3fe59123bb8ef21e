using System.CommandLine;
using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Hone.Server.Cli;

/// <summary>
/// One setting of a command: a flag, an environment variable (HONE_…) and a key of appsettings.json (Hone:…), in this order of
/// precedence; --help shows all three.
/// </summary>
internal static class Setting
{
    private static readonly Lazy<IConfiguration> File = new(() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
        .Build());

    /// <summary>A flag with one value.</summary>
    public static Option<T> One<T>(string flag, string description, T otherwise)
    {
        var (variable, key) = Names(flag);
        return new Option<T>(flag)
        {
            Description = Describe(description, variable, key),
            DefaultValueFactory = result => Given(variable, key) is { } text ? Convert<T>(text, variable, key) : otherwise,
        };
    }

    /// <summary>A flag that may be repeated. The variable holds a list with semicolons, the key an array.</summary>
    public static Option<string[]> Many(string flag, string description)
    {
        var (variable, key) = Names(flag);
        return new Option<string[]>(flag)
        {
            Description = Describe(description + " May be repeated.", variable, key),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = result =>
                Environment.GetEnvironmentVariable(variable) is { Length: > 0 } list ? list.Split(';', StringSplitOptions.RemoveEmptyEntries)
                : File.Value.GetSection(key).Get<string[]>() ?? [],
        };
    }

    /// <summary>Limits a setting to some words.</summary>
    public static Option<string> From(this Option<string> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static string? Given(string variable, string key) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : File.Value[key];

    private static T Convert<T>(string text, string variable, string key)
    {
        try
        {
            return (T)TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).ConvertFromInvariantString(text)!;
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or NotSupportedException)
        {
            throw new SettingException($"'{text}' (from {variable} or {key}) is not a valid {typeof(T).Name}.");
        }
    }

    private static (string Variable, string Key) Names(string flag)
    {
        var words = flag.TrimStart('-').Split('-');
        return ("HONE_" + string.Join('_', words).ToUpperInvariant(), "Hone:" + string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
    }

    private static string Describe(string description, string variable, string key) => $"{description} [env: {variable}; appsettings: {key}]";
}

/// <summary>A setting has a value that can't be used.</summary>
internal sealed class SettingException(string message) : Exception(message);
