using System.Net.Http.Json;
using System.Text.Json;
using Hone.Engine;
using Hone.Server.Catalog;
using Hone.Server.Hosting;
using Hone.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Hone.Unit.Server.Support;

/// <summary>The real web application on a free loopback port, in front of a scripted engine and the box model's text side.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiServer(WebApplication app, ScriptedEngine engine, ServerState state)
    {
        (this.app, Engine, State) = (app, engine, state);
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = BaseAddress };
    }

    public ScriptedEngine Engine { get; }

    public ServerState State { get; }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    public static async Task<ApiServer> StartAsync(Func<ServerOptions, ServerOptions>? with = null)
    {
        var engine = new ScriptedEngine();
        var state = new ServerState();
        state.Started();
        var options = new ServerOptions { Port = 0, DrainTime = TimeSpan.FromSeconds(5) };
        var app = HoneServer.Build(with?.Invoke(options) ?? options, new OneModel(engine), state);
        await app.StartAsync();
        return new ApiServer(app, engine, state);
    }

    /// <summary>Ids that spell the text with the box model's tokenizer.</summary>
    public static int[] Spell(string text) => [.. BoxModel.Served.Tokenizer.Encode(text, addSpecialTokens: false)];

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Client.PostAsJsonAsync(path, body);

    public Task<HttpResponseMessage> PostTextAsync(string path, string json) =>
        Client.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone();

    /// <summary>The data of each frame of an event stream.</summary>
    public static async Task<List<string>> FramesOf(HttpResponseMessage response) =>
        [.. (await response.Content.ReadAsStringAsync()).Split("\n\n").Where(f => f.StartsWith("data: ", StringComparison.Ordinal)).Select(f => f[6..])];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    private sealed class OneModel(IModelEngine engine) : IModelCatalog
    {
        public IReadOnlyList<ModelEntry> Entries { get; } = [new ModelEntry("box", DateTimeOffset.UnixEpoch.AddDays(20000), "box")];

        public ValueTask<ModelLease?> AcquireAsync(string id, CancellationToken cancel) =>
            ValueTask.FromResult(id == "box" ? new ModelLease(BoxModel.Served, engine) : null);
    }
}
