using System.Collections.Frozen;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>All filters by name.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, Filter> s_filters = new[]
    {
        BasicFilters.All, TextFilters.All, LayoutFilters.All, MarkupFilters.All, NumberFilters.All, SequenceFilters.All,
        GroupingFilters.All, SelectionFilters.All, MappingFilters.All,
    }.SelectMany(filters => filters).ToFrozenDictionary(filter => filter.Name);

    public static Filter? Find(string name) => s_filters.GetValueOrDefault(name);

    public static ChatTemplateException Unknown(string name) => ChatTemplateException.Runtime($"No filter named '{name}'.");
}
