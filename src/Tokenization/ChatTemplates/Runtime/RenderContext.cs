using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>The state of one rendering.</summary>
internal sealed class RenderContext
{
    public RenderContext(ChatTemplateOptions options, TimeProvider time)
    {
        Budget = new Budget(options);
        Keys = new KeyComparer(Budget);
        Time = time;
        Output = new TextBuilder(Budget);
        Globals = new Scope([]);
        Scope = Globals;
    }

    public Budget Budget { get; }

    /// <summary>Python's equality of dictionary keys.</summary>
    public KeyComparer Keys { get; }

    public TimeProvider Time { get; }

    /// <summary>Where text goes: the output, or the capture of a macro or set block.</summary>
    public TextBuilder Output { get; private set; }

    public Scope Globals { get; }

    public Scope Scope { get; private set; }

    public IReadOnlyDictionary<string, BlockNode> Blocks { get; set; } = new Dictionary<string, BlockNode>();

    /// <summary>The node being evaluated, for errors.</summary>
    public Position Position { get; private set; }

    /// <summary>Charges a step and remembers where it was taken.</summary>
    public void Enter(Node node)
    {
        Position = node.Position;
        Budget.Step();
    }

    /// <summary>Points errors at this node again once its operands were evaluated.</summary>
    public void At(Node node) => Position = node.Position;

    public IEnumerable<Value> Iterate(Value value)
    {
        Budget.EnsureStack(); // lazy filters upon lazy filters
        foreach (var item in value.Iterate(this))
        {
            Budget.EnsureStack();
            Budget.Step();
            yield return item;
        }
    }

    public Value[] ToArray(Value value)
    {
        if (value is not SequenceValue sequence)
            return [.. Iterate(value)];
        Budget.Step(sequence.Items.Length);
        return sequence.Items;
    }

    /// <summary>Executes statements with their own variables.</summary>
    public Flow ExecuteIn(Scope scope, Statement body)
    {
        var outer = Scope;
        Scope = scope;
        try
        {
            return body.Execute(this);
        }
        finally
        {
            Scope = outer;
        }
    }

    public void AssignIn(Scope scope, Target target, Value value)
    {
        var outer = Scope;
        Scope = scope;
        try
        {
            target.Assign(value, this);
        }
        finally
        {
            Scope = outer;
        }
    }

    public Value EvaluateIn(Scope scope, Expression expression)
    {
        var outer = Scope;
        Scope = scope;
        try
        {
            return expression.Evaluate(this);
        }
        finally
        {
            Scope = outer;
        }
    }

    /// <summary>Executes statements with their own variables and gives the text that they wrote.</summary>
    public StringValue Capture(Scope scope, Statement body) => Capture(() => ExecuteIn(scope, body), out _);

    /// <summary>The text that <paramref name="write"/> writes.</summary>
    public StringValue Capture(Func<Flow> write, out Flow flow)
    {
        var outer = Output;
        Output = new TextBuilder(Budget);
        try
        {
            flow = write();
            return Output.ToValue();
        }
        finally
        {
            Output = outer;
        }
    }
}
