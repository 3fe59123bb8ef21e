using System.Text.RegularExpressions;
using Hone.TestKit;

namespace Hone.Unit.Architecture;

/// <summary>Inside a project, dependencies between its top folders go one way: no two folders use each other.</summary>
public sealed partial class FolderDirectionTests
{
    [Theory]
    [InlineData("Engine")]
    [InlineData("Server")]
    public void No_two_folders_use_each_other(string project)
    {
        var uses = Uses(project);
        Assert.Empty(uses.Where(u => string.CompareOrdinal(u.From, u.To) < 0 && uses.Contains((u.To, u.From))).Select(u => $"{u.From} ⇄ {u.To}"));
    }

    [Fact]
    public void The_lines_are_read() => Assert.Contains(("Scheduling", "Cache"), Uses("Engine"));

    /// <summary>Pairs (folder, folder that a file in it names in a using line).</summary>
    private static HashSet<(string From, string To)> Uses(string project)
    {
        var root = Repository.PathTo("src", project);
        var uses = new HashSet<(string, string)>();
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                foreach (var line in File.ReadLines(file))
                {
                    if (UsingLine().Match(line) is { Success: true } match && match.Groups["project"].Value == project && match.Groups["folder"].Value != Path.GetFileName(folder))
                        uses.Add((Path.GetFileName(folder), match.Groups["folder"].Value));
                }
            }
        }
        return uses;
    }

    [GeneratedRegex(@"^\s*(global )?using (static )?(\w+ = )?Hone\.(?<project>\w+)\.(?<folder>\w+)")]
    private static partial Regex UsingLine();
}
