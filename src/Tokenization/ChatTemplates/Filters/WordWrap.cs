using System.Text.RegularExpressions;
using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>wordwrap</c>: lines of at most a width, broken at blanks, behind hyphens, else within words. Line breaks stay.</summary>
internal static partial class WordWrap
{
    public static Value Apply(RenderContext context, Value value, BoundArguments arguments)
    {
        var (text, width) = (LayoutFilters.RequireText(value), arguments.Int(0, 79));
        var newline = arguments[2] is null or NoneValue ? new StringValue("\n") : arguments.Text(2);
        if (width <= 0)
            throw ChatTemplateException.Runtime($"invalid width {width} (must be > 0)");
        var (breakWords, breakHyphens) = (arguments.Flag(1, true), arguments.Flag(3, true));
        var output = new TextBuilder(context.Budget);
        var isNext = false;
        foreach (var line in LineSplitting.Split(text, keepEnds: false))
        {
            if (isNext)
                output.Append(newline);
            isNext = true;
            WrapLine(line, width, breakWords, breakHyphens, newline, output);
        }
        return output.ToValue();
    }

    private static void WrapLine(StringValue line, int width, bool breakWords, bool breakHyphens, StringValue newline, TextBuilder output)
    {
        var chunks = new Stack<StringValue>((breakHyphens ? HyphenatedChunk() : PlainChunk()).Matches(line.Text)
            .Reverse().Select(match => line.Substring(match.Index, match.Length)));
        var isNext = false;
        while (chunks.Count > 0)
        {
            if (isNext && IsBlank(chunks.Peek()))
                chunks.Pop(); // blanks are dropped where a line begins, but for the first
            var current = TakeLine(chunks, width, breakWords, output.Budget);
            if (current.Count > 0 && IsBlank(current[^1]))
                current.RemoveAt(current.Count - 1);
            if (current.Count == 0)
                continue;
            if (isNext)
                output.Append(newline);
            isNext = true;
            current.ForEach(chunk => output.Append(chunk));
        }
    }

    /// <summary>As many chunks as fit; a word that no line can hold is cut to fill this one.</summary>
    private static List<StringValue> TakeLine(Stack<StringValue> chunks, int width, bool breakWords, Budget budget)
    {
        var line = new List<StringValue>();
        var length = 0;
        budget.Step();
        while (chunks.Count > 0 && length + chunks.Peek().Length <= width)
        {
            budget.Step();
            length += chunks.Peek().Length!.Value;
            line.Add(chunks.Pop());
        }
        if (chunks.Count == 0 || chunks.Peek().Length <= width)
            return line;
        if (breakWords)
        {
            var word = chunks.Pop();
            var cut = word.OffsetOf(Math.Max(width - length, 1));
            budget.Write(word.Text.Length);
            line.Add(word.Substring(0, cut));
            chunks.Push(word.Substring(cut));
        }
        else if (line.Count == 0)
        {
            line.Add(chunks.Pop());
        }
        return line;
    }

    private static bool IsBlank(StringValue chunk) => chunk.Text.All(PythonCharacter.IsSpace);

    [GeneratedRegex(@"\s+|[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|(?:(?!\s|[^\s\w]*\w+[^0-9\W]-\w+[^0-9\W]).)+", RegexOptions.Singleline)]
    private static partial Regex HyphenatedChunk();

    [GeneratedRegex(@"\s+|\S+")]
    private static partial Regex PlainChunk();
}
