using System.CommandLine;
using Hone.Server.Catalog;
using Hone.Server.Hosting;
using Hone.Server.Settings;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone serve</c>: the HTTP server.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var models = Setting.Many("--model", "[NAME=]PATH of a GGUF file, a Hugging Face folder, or a folder of such. Without it the model in the box is served.");
        var adapters = Setting.Many("--lora", "NAME=FOLDER of a PEFT adapter; it becomes a model of that name.");
        var host = Setting.One("--host", "Address to listen on. Other than loopback needs --api-key.", "127.0.0.1");
        var port = Setting.One("--port", "Port to listen on; 0 takes a free one.", 8000);
        var dataFolder = Setting.One("--data-dir", "Folder for what the server keeps.", DefaultDataFolder());
        var keys = Setting.Many("--api-key", "Key that clients must present.");
        var origins = Setting.Many("--cors-origin", "Origin whose pages may call the API.");
        var lenient = Setting.One("--lenient", "Lists unknown parameters in the header hone-ignored-params instead of refusing them.", false);
        var templates = Setting.One("--allow-request-templates", "Lets requests bring their own chat template.", false);
        var runtime = new RuntimeFlags();
        var command = new Command("serve", "Serves models over HTTP.") { models, adapters, host, port, dataFolder, keys, origins, lenient, templates };
        runtime.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            var options = new ServerOptions
            {
                Host = result.GetValue(host)!,
                Port = result.GetValue(port) is var p and >= 0 and <= 65535 ? p : throw new SettingException($"--port must be 0 to 65535, not {result.GetValue(port)}."),
                ApiKeys = result.GetValue(keys)!,
                CorsOrigins = result.GetValue(origins)!,
                Lenient = result.GetValue(lenient),
                AllowRequestTemplates = result.GetValue(templates),
            };
            if (result.GetValue(adapters) is [var adapter, ..])
                throw new SettingException($"--lora {adapter}: adapters are not served yet.");
            return await ServeLoop.RunAsync(options, runtime.Read(result), ModelLocator.Locate(result.GetValue(models)!), cancel);
        });
        return command;
    }

    private static string DefaultDataFolder() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "hone");
}
