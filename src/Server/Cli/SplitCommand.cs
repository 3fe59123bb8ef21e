using System.CommandLine;
using Hone.Models.Weights.Gguf;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone split</c>: a GGUF file as shards of bounded size, as the model in the box was made.</summary>
internal static class SplitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The GGUF file." };
        var folder = new Argument<string>("folder") { Description = "Where the shards go." };
        var size = new Option<string>("--max-size") { Description = "Largest shard.", DefaultValueFactory = _ => "50MB" };
        var command = new Command("split", "Splits a GGUF file into shards.") { file, folder, size };
        command.SetAction(result =>
        {
            foreach (var shard in GgufSplitter.Split(result.GetValue(file)!, result.GetValue(folder)!, ByteSize.Parse(result.GetValue(size)!, "--max-size")))
                Console.WriteLine(shard);
        });
        return command;
    }
}
