using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Server.Api.ChatCompletions;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Generation;
using Hone.Server.Catalog;
using Hone.Server.Hosting;
using Hone.Server.Settings;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone run</c>: a chat in the terminal, through the same validator, prompt and engine as the API's.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "PATH of the model; without it the model in the box.", DefaultValueFactory = _ => "" };
        var system = new Option<string?>("--system") { Description = "System message." };
        var prompt = new Option<string?>("--prompt") { Description = "Asks this, prints the answer and ends." };
        var temperature = new Option<double?>("--temperature") { Description = "Sampling temperature; 0 is greedy. Without it the model's own." };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Longest answer in tokens." };
        var seed = new Option<long?>("--seed") { Description = "Seed of the random draws." };
        var runtime = new RuntimeFlags();
        var command = new Command("run", "Chats with a model in the terminal.") { model, system, prompt, temperature, maxTokens, seed };
        runtime.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var loaded = await CommandModel.LoadAsync(result.GetValue(model)!, runtime.Read(result), cancel);
            var lease = loaded.Lease;
            var chat = new Chat(lease, new ChatCompletionRequest
            {
                Model = lease.Model.Id,
                Temperature = result.GetValue(temperature),
                MaxTokens = result.GetValue(maxTokens),
                Seed = result.GetValue(seed),
            });
            if (result.GetValue(system) is { } message)
                chat.Say("system", message);
            if (result.GetValue(prompt) is not { } once)
                return await LoopAsync(chat, cancel);
            await chat.AnswerAsync(once, cancel);
            return 0;
        });
        return command;
    }

    /// <summary>Lines until the end of input or /exit. Ctrl-C stops an answer; at the prompt it ends the program.</summary>
    private static async Task<int> LoopAsync(Chat chat, CancellationToken cancel)
    {
        AnsiConsole.MarkupLine("[grey]Type a message; /exit ends, Ctrl-C stops an answer.[/]");
        while (!cancel.IsCancellationRequested)
        {
            AnsiConsole.Markup("[green]>[/] ");
            if (await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancel) is not { } line || line.Trim() == "/exit")
                return 0;
            if (line.Trim().Length == 0)
                continue;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            void Stop(object? sender, ConsoleCancelEventArgs pressed)
            {
                pressed.Cancel = true;
                stop.Cancel();
            }
            Console.CancelKeyPress += Stop;
            try
            {
                await chat.AnswerAsync(line, stop.Token);
            }
            catch (ApiError problem)
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{problem.Message}[/]");
            }
            finally
            {
                Console.CancelKeyPress -= Stop;
            }
        }
        return 0;
    }

    private sealed class Chat(ModelLease lease, ChatCompletionRequest settings)
    {
        private readonly ChatCompletionValidator validator = new(new ServerOptions(), new ChatPrompt(TimeProvider.System));
        private readonly JsonArray messages = [];

        public void Say(string role, string content) => messages.Add(new JsonObject { ["role"] = role, ["content"] = content });

        public async Task AnswerAsync(string question, CancellationToken stop)
        {
            Say("user", question);
            var request = validator.Validate(settings with { Messages = JsonSerializer.SerializeToElement(messages) }, lease, cacheSalt: "");
            using var run = GenerationRun.Start(lease, [request.Generation], request.Presentation);
            var text = new System.Text.StringBuilder();
            try
            {
                await foreach (var update in run.ReadAsync(stop))
                {
                    Console.Write(update.Piece.Text);
                    text.Append(update.Piece.Text);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                Console.Write(" …");
            }
            Console.WriteLine();
            Say("assistant", text.ToString());
        }
    }
}
