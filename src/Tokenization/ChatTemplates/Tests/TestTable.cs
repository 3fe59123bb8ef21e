using System.Collections.Frozen;

namespace Hone.Tokenization.ChatTemplates.Tests;

/// <summary>All tests by name.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, Test> s_tests =
        TypeTests.All.Concat(ComparisonTests.All).ToFrozenDictionary(test => test.Name);

    public static Test? Find(string name) => s_tests.GetValueOrDefault(name);

    public static ChatTemplateException Unknown(string name) => ChatTemplateException.Runtime($"No test named '{name}'.");
}
