using System.Text.Json;

namespace KMeansPS.PointFiles.Json;

/// <summary>The members of one JSON object, each asked for by name and held against what it may be.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _place;

    private JsonMembers(JsonElement json, string place)
    {
        _place = place;
        foreach (var member in json.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                throw Broken(member.Name, "is there twice");
            }
        }
    }

    /// <summary>The members of the whole file, which must say that it is a model.</summary>
    internal static JsonMembers OfFile(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty(ModelMembers.Format, out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals(ModelFile.Format))
        {
            return new JsonMembers(root, "");
        }

        throw new ModelFileException(ModelFileFault.Foreign, $"The JSON is no model of KMeansPS: it has no member \"{ModelMembers.Format}\": \"{ModelFile.Format}\".");
    }

    internal ModelFileException Broken(string name, string why) => new(ModelFileFault.Broken, $"The model is broken: {_place}{name} {why}.");

    internal bool IsNull(string name) => Get(name).ValueKind == JsonValueKind.Null;

    internal string Text(string name) => Get(name, JsonValueKind.String, "a text").GetString()!;

    internal bool Flag(string name) => Get(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Broken(name, "is neither true nor false"),
    };

    internal TEnum Word<TEnum>(string name)
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Contains(Text(name))
            ? Enum.Parse<TEnum>(Text(name))
            : throw Broken(name, $"is '{Text(name)}', not one of {string.Join(", ", Enum.GetNames<TEnum>())}");

    internal int Integer(string name, int least, int most) => (int)Long(name, least, most);

    internal long Long(string name, long least, long most = long.MaxValue) =>
        !Get(name, JsonValueKind.Number, "a number").TryGetInt64(out long value) ? throw Broken(name, "is not a whole number")
        : value < least || value > most ? throw Broken(name, $"is {value}, but must be at least {least}{(most < int.MaxValue ? $" and at most {most}" : "")}")
        : value;

    internal double Number(string name, double least)
    {
        bool read = Get(name, JsonValueKind.Number, "a number").TryGetDouble(out double value);
        return read && double.IsFinite(value) && value >= least ? value : throw Broken(name, $"is not a finite number of at least {least}");
    }

    internal string[] Texts(string name)
    {
        var list = Get(name, JsonValueKind.Array, "a list");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Broken(name, "has an item that is no text"))];
    }

    internal T[] Numbers<T>(string name, int count, Func<JsonElement, T> number)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        var list = ListOf(name, count, "numbers");
        var values = new T[count];
        int at = 0;
        foreach (var item in list.EnumerateArray())
        {
            values[at] = item.ValueKind == JsonValueKind.Number ? number(item) : T.NaN;
            if (!T.IsFinite(values[at++]))
            {
                throw Broken(name, $"has an item that is no finite number: {Shown(item)}");
            }
        }

        return values;
    }

    internal JsonMembers Object(string name) => new(Get(name, JsonValueKind.Object, "an object"), $"{_place}{name}.");

    internal JsonMembers[] Objects(string name, int count) =>
        [.. ListOf(name, count, "objects").EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Object
            ? new JsonMembers(item, $"{_place}{name}[{i}].")
            : throw Broken(name, $"has an item {i} that is no object"))];

    private JsonElement ListOf(string name, int count, string what)
    {
        var list = Get(name, JsonValueKind.Array, "a list");
        return list.GetArrayLength() == count ? list : throw Broken(name, $"has {list.GetArrayLength()} {what}, but must have {count}");
    }

    private JsonElement Get(string name, JsonValueKind kind, string what)
    {
        var value = Get(name);
        return value.ValueKind == kind ? value : throw Broken(name, $"is not {what}: {Shown(value)}");
    }

    private JsonElement Get(string name) => _members.TryGetValue(name, out var value) ? value : throw Broken(name, "is missing");

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "..." : value.GetRawText();
}
