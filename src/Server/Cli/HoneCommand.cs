using System.CommandLine;
using Hone.Server.Cli.Bench;
using Hone.Server.Cli.Eval;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary>The command <c>hone</c>: its subcommands, and what a person sees when something is wrong.</summary>
internal static class HoneCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Hone serves, constrains and sharpens language models: an OpenAI-compatible server in one program.");
        foreach (var command in (Command[])[
            ServeCommand.Create(), RunCommand.Create(), ListCommand.Create(), InspectCommand.Create(), TokenizeCommand.Create(), BenchCommand.Create(),
            EvalCommand.Create(), SplitCommand.Create(), HealthCommand.Create()])
            root.Add(command);
        try
        {
            // Signals belong to the web host, which drains; without it they end the process at once.
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception problem) when (Foreseen.Explains(problem))
        {
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
                .MarkupLineInterpolated($"[red]error:[/] {problem.Message}");
            return 1;
        }
    }
}
