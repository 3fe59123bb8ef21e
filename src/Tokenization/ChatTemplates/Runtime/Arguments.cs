using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>Arguments of a call as they were written.</summary>
internal sealed record Arguments(IReadOnlyList<Value> Positional, IReadOnlyList<KeyValuePair<string, Value>> Named)
{
    public static Arguments None { get; } = new([], []);

    public static Arguments Of(params Value[] positional) => new(positional, []);

    /// <summary>All but the first positional argument.</summary>
    public Arguments Rest => new([.. Positional.Skip(1)], Named);

    public Value? Find(string name)
    {
        foreach (var (key, value) in Named)
        {
            if (key == name)
                return value;
        }
        return null;
    }
}
