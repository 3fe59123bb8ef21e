using Hone.Tokenization.PostProcessors;

namespace Hone.Tokenization.Json;

/// <summary>Reads the <c>post_processor</c> of a tokenizer.json.</summary>
internal static class PostProcessorReader
{
    public static IPostProcessor? Read(JsonPart part) => part.IsNull ? null : part.Type switch
    {
        "Sequence" => Sequence(part),
        "ByteLevel" => new ByteLevelPostProcessor(part["trim_offsets"].Bool(true), part["add_prefix_space"].Bool(true)),
        "TemplateProcessing" => Template(part),
        "BertProcessing" => TemplatePostProcessor.Bert(Token(part["cls"]), Token(part["sep"])),
        "RobertaProcessing" => new SequencePostProcessor(
        [
            new ByteLevelPostProcessor(part["trim_offsets"].Bool(true), part["add_prefix_space"].Bool(true)),
            TemplatePostProcessor.Roberta(Token(part["cls"]), Token(part["sep"])),
        ]),
        var type => throw part.Error($"the post-processor {Quote.Of(type)} is not known"),
    };

    private static SequencePostProcessor Sequence(JsonPart part)
    {
        var parts = part["processors"].Items().Select(p => Read(p) ?? throw p.Error("a post-processor was expected")).ToList();
        if (parts.Count(p => p is not ByteLevelPostProcessor) > 1)
            throw part.Error("more than one of the processors adds tokens, which is not supported");
        return new(parts);
    }

    private static (int Id, string Token) Token(JsonPart part)
    {
        var items = part.Items().ToArray();
        return items.Length == 2 ? (items[1].Int(), items[0].String()) : throw part.Error("a token and its id were expected");
    }

    private static TemplatePostProcessor Template(JsonPart part)
    {
        var special = new Dictionary<string, IReadOnlyList<(int, string)>>();
        foreach (var (name, value) in part["special_tokens"].IsNull ? [] : part["special_tokens"].Members())
        {
            var ids = value["ids"].Items().Select(i => i.Int()).ToArray();
            var tokens = value["tokens"].Items().Select(t => t.String()).ToArray();
            if (ids.Length != tokens.Length)
                throw value.Error($"{ids.Length} ids and {tokens.Length} tokens");
            special[name] = [.. ids.Zip(tokens)];
        }
        return new(Parts(part["single"], special, texts: 1), Parts(part["pair"], special, texts: 2));
    }

    private static List<TemplatePart> Parts(JsonPart part, Dictionary<string, IReadOnlyList<(int, string)>> special, int texts)
    {
        var parts = part.Items().Select(p => Piece(p, special)).ToList();
        if (parts.Count == 0)
            return [.. Enumerable.Range(0, texts).Select(text => new TemplatePart(text, text, []))];
        for (var text = 0; text < texts; text++)
        {
            if (parts.Count(p => p.Sequence == text) != 1)
                throw part.Error($"text {"AB"[text]} does not appear exactly once");
        }
        return parts.Exists(p => p.Sequence >= texts) ? throw part.Error("text B in a template for one text") : parts;
    }

    private static TemplatePart Piece(JsonPart part, Dictionary<string, IReadOnlyList<(int, string)>> special)
    {
        if (part["Sequence"] is { IsNull: false } sequence)
            return new(sequence["type_id"].Int(), sequence["id"].Choice(("A", 0), ("B", 1)), []);
        var token = part["SpecialToken"];
        var name = token["id"].String();
        return new(token["type_id"].Int(), null, special.GetValueOrDefault(name) ?? throw token.Error($"{Quote.Of(name)} is not among the special_tokens"));
    }
}
