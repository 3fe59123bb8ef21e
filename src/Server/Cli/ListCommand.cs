using System.CommandLine;
using System.Text.Json;
using Hone.Models;
using Hone.Server.Catalog;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone list</c>: the models that would be served, with what is in them.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var models = Setting.Many("--model", "[NAME=]PATH as for serve; without it the model in the box.");
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("list", "Lists models.") { models, json };
        command.SetAction(result =>
        {
            var rows = ModelLocator.Locate(result.GetValue(models)!).Select(Describe).ToList();
            if (result.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(rows, Api.Json.Options));
                return;
            }
            var table = new Table().AddColumns("model", "type", "parameters", "size", "context", "path");
            foreach (var row in rows)
                table.AddRow(Markup.Escape(row.Id), row.Type, $"{row.Parameters / 1e6:N0} M", $"{row.Bytes / 1e6:N0} MB", $"{row.Context:N0}", Markup.Escape(row.Path));
            AnsiConsole.Write(table);
        });
        return command;
    }

    private static Row Describe(ModelLocation location)
    {
        using var source = ModelSource.Open(location.Path);
        return new Row(
            location.Id, source.ModelType, source.Graph.Weights.Values.Sum(w => w.Count), source.WeightBytes, source.Config.ContextLength, location.Path);
    }

    private sealed record Row(string Id, string Type, long Parameters, long Bytes, int Context, string Path);
}
