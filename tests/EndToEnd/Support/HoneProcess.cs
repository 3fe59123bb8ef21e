using System.Diagnostics;
using System.Text;

namespace Hone.EndToEnd.Support;

/// <summary>The program itself, as a user runs it: <c>hone serve</c> in a process of its own on a free port.</summary>
public sealed class HoneProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    private HoneProcess(Process process) => this.process = process;

    /// <summary>Address that the program said it listens on.</summary>
    public Uri BaseAddress { get; private set; } = new("http://unset.invalid");

    public int Id => process.Id;

    public string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    /// <summary>Path of the executable that was built beside the tests.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "hone");

    /// <summary>Starts <c>hone serve --port 0</c> with further arguments and waits until it listens.</summary>
    public static Task<HoneProcess> ServeAsync(params string[] arguments) => ServeAsync(Executable, arguments);

    public static async Task<HoneProcess> ServeAsync(string executable, string[] arguments)
    {
        var server = new HoneProcess(Start(executable, ["serve", "--port", "0", .. arguments]));
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.IndexOf("Listening on ", StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(text[(at + "Listening on ".Length)..].Trim()));
        };
        server.process.ErrorDataReceived += (_, line) =>
        {
            lock (server.errors)
                server.errors.AppendLine(line.Data);
        };
        server.process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"hone ended with code {server.process.ExitCode}:\n{server.Errors}"));
        server.process.EnableRaisingEvents = true;
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        server.BaseAddress = await listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(Executable, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>SIGTERM, as service managers send it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await process.WaitForExitAsync().WaitAsync(limit);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private static Process Start(string executable, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Settings of whoever runs the tests must not reach the program.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("HONE_", StringComparison.Ordinal) && k is not ("HONE_SHARED" or "HONE_ISA")).ToList())
            start.Environment.Remove(name);
        return Process.Start(start) ?? throw new InvalidOperationException($"{executable} did not start.");
    }
}
