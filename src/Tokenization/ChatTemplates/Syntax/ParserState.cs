using Hone.Tokenization.ChatTemplates.Runtime;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>What the parsers of one template share.</summary>
internal sealed class ParserState(TokenStream stream, ChatTemplateOptions options)
{
    private readonly Dictionary<string, string> _names = new()
    {
        ["loop"] = "loop",
        ["caller"] = "caller",
        ["kwargs"] = "kwargs",
        ["varargs"] = "varargs",
    };

    private readonly List<ChatTemplateException> _unknown = [];
    private int _nesting;

    public TokenStream Stream => stream;

    /// <summary>Inside an if or a conditional expression, where an unknown filter or test fails only when it is reached.</summary>
    public bool IsSoft { get; set; }

    public int LoopDepth { get; set; }

    /// <summary>Which of caller, kwargs and varargs the macro being parsed mentions.</summary>
    public HashSet<string> MacroNames { get; set; } = [];

    /// <summary>Unknown filters and tests found so far.</summary>
    public int UnknownCount => _unknown.Count;

    /// <summary>One instance for each name, so that scopes can compare references.</summary>
    public string Intern(string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        return _names[name] = name;
    }

    public void ReportUnknown(string kind, string name, Position position)
    {
        if (!IsSoft)
            _unknown.Add(ChatTemplateException.Syntax($"No {kind} named '{name}'.", position));
    }

    /// <summary>What was parsed since turned out to be conditional.</summary>
    public void ForgetUnknown(int count) => _unknown.RemoveRange(count, _unknown.Count - count);

    public void ThrowUnknown()
    {
        if (_unknown.Count > 0)
            throw _unknown[0];
    }

    public T Nest<T>(Func<T> parse)
    {
        Budget.EnsureStack();
        if (++_nesting > options.MaxNesting)
        {
            throw new ChatTemplateException(ChatTemplateErrorKind.Limit, $"more than {options.MaxNesting} blocks, brackets or operators within one another",
                stream.Current.Position.Line, stream.Current.Position.Column);
        }
        var result = parse();
        _nesting--;
        return result;
    }

    /// <summary>Parses what has variables of its own: what an if outside allowed does not hold inside.</summary>
    public T Inner<T>(Func<T> parse)
    {
        var soft = IsSoft;
        IsSoft = false;
        var result = parse();
        IsSoft = soft;
        return result;
    }

    public T Soft<T>(Func<T> parse)
    {
        var soft = IsSoft;
        IsSoft = true;
        var result = parse();
        IsSoft = soft;
        return result;
    }
}
