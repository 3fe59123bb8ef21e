using Hone.Server.Api.ChatCompletions;
using Hone.Server.Api.Completions;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Health;
using Hone.Server.Api.ModelCatalog;
using Hone.Server.Api.Tokens;
using Hone.Server.Auth;
using Hone.Server.Catalog;
using Hone.Server.Settings;
using Microsoft.Extensions.Logging.Console;
using Microsoft.OpenApi;

namespace Hone.Server.Hosting;

/// <summary>Puts the web application together: what it is made of, and the order in which a request passes through it.</summary>
internal static class HoneServer
{
    /// <summary>Throws <see cref="ArgumentException"/> if the options would open the server to strangers.</summary>
    public static WebApplication Build(ServerOptions options, IModelCatalog catalog, ServerState state)
    {
        if (!Loopback.IsName(options.Host) && options.ApiKeys.Count == 0)
            throw new ArgumentException($"Refusing to listen on {options.Host} without an API key: anyone who reaches this machine could use it. Give --api-key (or HONE_API_KEY), or listen on 127.0.0.1.");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = "wwwroot" });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        });
        builder.WebHost.UseUrls($"http://{(options.Host.Contains(':') && !options.Host.StartsWith('[') ? $"[{options.Host}]" : options.Host)}:{options.Port}");
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        // Standard output is for what a caller reads: the address, and what other commands print.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTime);
        AddServices(builder.Services, options, catalog, state);

        var app = builder.Build();
        app.Lifetime.ApplicationStopping.Register(state.Drain);
        app.UseMiddleware<ReplyHeaders>();
        app.UseMiddleware<ErrorMiddleware>();
        if (Loopback.IsName(options.Host))
            app.UseMiddleware<LoopbackHostMiddleware>();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        if (options.CorsOrigins.Count > 0)
            app.UseCors();
        app.UseSwagger(swagger => swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(ui => ui.SwaggerEndpoint("v1/swagger.json", "Hone"));
        app.UseRouting();
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<ApiKeyMiddleware>();
        Routes.Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, IModelCatalog catalog, ServerState state)
    {
        services.AddSingleton(options);
        services.AddSingleton(catalog);
        services.AddSingleton(state);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ChatPrompt>();
        services.AddSingleton<ChatCompletionValidator>();
        services.AddSingleton<ChatCompletionEndpoint>();
        services.AddSingleton<CompletionValidator>();
        services.AddSingleton<CompletionEndpoint>();
        services.AddSingleton<ModelsEndpoint>();
        services.AddSingleton<TokensEndpoint>();
        services.AddSingleton<HealthEndpoint>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = Api.Json.Options.PropertyNamingPolicy;
            json.SerializerOptions.Encoder = Api.Json.Options.Encoder;
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().WithMethods("GET", "POST").WithExposedHeaders("x-request-id")));
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo { Title = "Hone", Version = "v1", Description = "OpenAI-compatible inference server." });
            swagger.CustomSchemaIds(type => type.Name);
        });
    }
}
