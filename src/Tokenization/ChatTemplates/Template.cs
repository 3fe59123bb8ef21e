using Hone.Tokenization.ChatTemplates.Functions;
using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates;

/// <summary>A parsed template, without the conventions of chats: variables in, text out.</summary>
internal sealed class Template
{
    private readonly Statement _body;
    private readonly IReadOnlyDictionary<string, BlockNode> _blocks;
    private readonly ChatTemplateOptions _options;

    private Template(Statement body, IReadOnlyDictionary<string, BlockNode> blocks, ChatTemplateOptions options) =>
        (_body, _blocks, _options) = (body, blocks, options);

    public static Template Parse(string source, ChatTemplateOptions options)
    {
        var (body, blocks) = Parser.Parse(source, options);
        return new Template(body, blocks, options);
    }

    /// <param name="variables">Makes the variables, inside of the rendering's budget.</param>
    public StringValue Render(Func<RenderContext, IEnumerable<KeyValuePair<string, Value>>> variables, TimeProvider time)
    {
        var context = new RenderContext(_options, time) { Blocks = _blocks };
        try
        {
            foreach (var (name, value) in GlobalFunctions.All)
                context.Globals.Set(name, value);
            context.Globals.Set("self", new BlocksValue(context));
            foreach (var (name, value) in variables(context))
                context.Globals.Set(name, value);
            _body.Execute(context);
            return context.Output.ToValue();
        }
        catch (ChatTemplateException error)
        {
            throw error.Kind == ChatTemplateErrorKind.Input ? error : error.At(context.Position);
        }
    }
}
