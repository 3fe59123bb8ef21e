using System.CommandLine;
using System.Text.Json;
using Hone.Models;
using Hone.Server.Catalog;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone tokenize</c>: text to the ids that a model sees.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        var text = new Argument<string?>("text") { Description = "The text; without it standard input is read.", Arity = ArgumentArity.ZeroOrOne };
        var model = Setting.One("--model", "PATH of the model; without it the model in the box.", "");
        var special = new Option<bool>("--add-special-tokens") { Description = "Adds the tokens that the model expects around a text." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("tokenize", "Shows the tokens of a text.") { text, model, special, json };
        command.SetAction(async (result, cancel) =>
        {
            using var source = ModelSource.Open(OneModel.Locate(result.GetValue(model)!).Path);
            var tokenizer = ModelText.LoadTokenizer(source);
            var input = result.GetValue(text) ?? await Console.In.ReadToEndAsync(cancel);
            var ids = tokenizer.Encode(input, result.GetValue(special));
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { count = ids.Count, tokens = ids, token_strs = ids.Select(tokenizer.TokenOf) }, Api.Json.Options));
            else
                foreach (var id in ids)
                    Console.WriteLine($"{id,8}  {JsonSerializer.Serialize(tokenizer.Decode([id], skipSpecialTokens: false), Api.Json.Options)}");
        });
        return command;
    }
}
