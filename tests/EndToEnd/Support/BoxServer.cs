using Hone.EndToEnd.Support;

[assembly: AssemblyFixture(typeof(BoxServer))]

namespace Hone.EndToEnd.Support;

/// <summary>One server with the model in the box, shared by all tests that only talk to it.</summary>
public sealed class BoxServer : IAsyncLifetime
{
    private HoneProcess? process;

    public Uri BaseAddress => process!.BaseAddress;

    /// <summary>Base of OpenAI's routes.</summary>
    public Uri ApiAddress => new(BaseAddress, "v1");

    /// <summary>Name of the model in the box.</summary>
    public string Model { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        process = await HoneProcess.ServeAsync();
        using var client = new HttpClient { BaseAddress = BaseAddress };
        using var models = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync("/v1/models"));
        Model = models.RootElement.GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
