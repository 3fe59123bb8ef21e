using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace Hone.TestKit;

/// <summary>OpenAI's own description of its API as a judge of what Hone sends. Its <c>nullable</c> is brought into JSON Schema's form.</summary>
public sealed class OpenApiSchemas
{
    private static readonly Lazy<OpenApiSchemas> Loaded = new(() => new OpenApiSchemas());

    private readonly JsonObject definitions;
    private readonly Dictionary<string, JsonSchema> schemas = [];

    private OpenApiSchemas()
    {
        using var file = new GZipStream(File.OpenRead(Shared.Require("api", "openai-openapi.json.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        definitions = (JsonObject)JsonNode.Parse(text)!["components"]!["schemas"]!.DeepClone();
        foreach (var (_, schema) in definitions)
            Normalise(schema);
    }

    /// <summary>Fails the test, with the places and reasons, if the JSON is not an instance of the named schema. Skips if the description is absent.</summary>
    public static void AssertValid(string schema, JsonElement json)
    {
        Shared.Require("api", "openai-openapi.json.gz");
        var result = Loaded.Value.Schema(schema).Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (result.IsValid)
            return;
        var reasons = (result.Details ?? []).Where(d => d.Errors is { Count: > 0 })
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value} ({d.EvaluationPath})")).Take(12);
        Assert.Fail($"Not a {schema}:\n{string.Join('\n', reasons)}\n{json}");
    }

    private JsonSchema Schema(string name)
    {
        lock (schemas)
        {
            if (schemas.TryGetValue(name, out var known))
                return known;
            Assert.True(definitions.ContainsKey(name), $"OpenAI's description has no schema {name}.");
            var needed = new JsonObject();
            Collect(name, needed);
            var root = new JsonObject { ["$id"] = $"https://openai.test/{name}", ["$ref"] = $"#/$defs/{name}", ["$defs"] = needed };
            return schemas[name] = JsonSchema.FromText(root.ToJsonString());
        }
    }

    /// <summary>The schema and all that it refers to.</summary>
    private void Collect(string name, JsonObject needed)
    {
        if (needed.ContainsKey(name))
            return;
        var schema = definitions[name]!.DeepClone();
        needed[name] = schema;
        foreach (var reference in References(schema))
            Collect(reference, needed);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "$ref" && p.Value is JsonValue v && v.TryGetValue<string>(out var to) && to.StartsWith("#/$defs/", StringComparison.Ordinal)
            ? [to["#/$defs/".Length..]]
            : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    /// <summary>Brings one schema into JSON Schema's form, in place.</summary>
    private static void Normalise(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Normalise(item);
        }
        if (node is not JsonObject schema)
            return;
        // OpenAPI's own words mean nothing to a validator, and some of their values are not schemas.
        foreach (var word in schema.Select(p => p.Key).Where(k => k is "discriminator" or "example" or "$recursiveRef" or "$recursiveAnchor" || k.StartsWith("x-", StringComparison.Ordinal)).ToList())
            schema.Remove(word);
        foreach (var (key, child) in schema.ToList())
        {
            if (key is "properties" or "patternProperties")
            {
                foreach (var (_, property) in (JsonObject)child!)
                    Normalise(property);
            }
            else if (key is not ("enum" or "const" or "default" or "required"))
            {
                Normalise(child);
            }
        }
        if (schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var yes) && yes && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            if (schema["enum"] is JsonArray values)
                values.Add((JsonNode?)null);
        }
        schema.Remove("nullable");
    }
}
