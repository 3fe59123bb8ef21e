namespace Hone.Server.Api.Requests;

/// <summary>Whose request it is: a hash of the key it came with, or nothing where the server asks for none.</summary>
internal static class Tenant
{
    private const string Item = "hone.tenant";

    public static void Set(HttpContext context, string tenant) => context.Items[Item] = tenant;

    public static string Of(HttpContext context) => context.Items[Item] as string ?? "";
}
