using Hone.Engine;
using Hone.Models;
using Hone.Models.Weights;
using Hone.Server.Catalog;

namespace Hone.Server.Cli;

/// <summary>Errors whose message says all that a person needs; anything else is a defect and shows its stack.</summary>
internal static class Foreseen
{
    public static bool Explains(Exception problem) => problem is
        SettingException or ModelNotFoundException or WeightFormatException or ArgumentException or ModelFormatException or EngineException or IOException or UnauthorizedAccessException;
}
