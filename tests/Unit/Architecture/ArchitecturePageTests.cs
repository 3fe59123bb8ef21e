using System.Reflection;
using System.Text.RegularExpressions;
using Hone.TestKit;

namespace Hone.Unit.Architecture;

/// <summary>docs/architecture.md can't rot: every path and type that it names in backticks exists, and it stays short.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathTo("docs", "architecture.md"));

    [Fact]
    public void It_has_at_most_80_lines() => Assert.True(Page.Split('\n').Length <= 80);

    [Fact]
    public void Every_path_exists()
    {
        var paths = Code().Where(c => c.Contains('/') && !c.StartsWith('/') && !c.Contains(' ')).ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, p => Assert.True(Path.Exists(Repository.PathTo(p)) || Path.Exists(Repository.PathTo("src", p)), $"docs/architecture.md names {p}, which does not exist."));
    }

    [Fact]
    public void Every_type_and_member_exists()
    {
        var types = Assemblies().SelectMany(a => a.GetTypes()).ToLookup(t => t.Name.Split('`')[0]);
        var names = Code().Where(c => TypeName().IsMatch(c)).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name =>
        {
            var parts = name.Split('.');
            Assert.True(types.Contains(parts[0]), $"docs/architecture.md names the type {parts[0]}, which does not exist.");
            Assert.True(
                parts.Length == 1 || types[parts[0]].Any(t => t.GetMember(parts[1], BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Length > 0),
                $"docs/architecture.md names {name}, which does not exist.");
        });
    }

    private static IEnumerable<string> Code() => Backticks().Matches(Page).Select(m => m.Groups[1].Value.TrimEnd('/'));

    private static IEnumerable<Assembly> Assemblies() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Hone.*.dll").Append(Path.Combine(AppContext.BaseDirectory, "hone.dll")).Select(Assembly.LoadFrom);

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]+(\.[A-Z][A-Za-z0-9]+)?$")]
    private static partial Regex TypeName();
}
