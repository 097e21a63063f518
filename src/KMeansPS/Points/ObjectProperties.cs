using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>The properties of an object, or the entries of a dictionary, by name.</summary>
internal static class ObjectProperties
{
    /// <summary>All names, in their order; those of a dictionary without an order are sorted, so that every run sees the same.</summary>
    internal static IEnumerable<string> NamesOf(PSObject input) => input.BaseObject switch
    {
        IOrderedDictionary ordered => ordered.Keys.OfType<string>(),
        IDictionary dictionary => dictionary.Keys.OfType<string>().Order(StringComparer.OrdinalIgnoreCase),
        _ => input.Properties.Where(static property => property.IsGettable).Select(static property => property.Name),
    };

    internal static bool Has(PSObject input, string name) =>
        input.BaseObject is IDictionary dictionary ? dictionary.Contains(name) : input.Properties[name] is not null;

    /// <summary>The value of a property; null where there is none, or where it cannot be read.</summary>
    internal static object? ValueOf(PSObject input, string name)
    {
        if (input.BaseObject is IDictionary dictionary)
        {
            return dictionary[name];
        }

        try
        {
            return input.Properties[name]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
