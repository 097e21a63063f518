using System.Management.Automation;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Palettes;
using KMeansPS.Points;

namespace KMeansPS.Pictures;

/// <summary>
/// Lets a parameter of type <see cref="Palette"/> take whatever stands for colours: hex strings, what Get-KMeansPalette
/// gives (also when it went through a file), a palette, or the path of a palette file; several of them one after the other.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PaletteArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        try
        {
            return inputData is null ? null : PaletteFile.Of([.. ColorsOf(inputData, engineIntrinsics.SessionState.Path)]);
        }
        catch (PaletteFileException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static IEnumerable<Rgba> ColorsOf(object? input, PathIntrinsics paths)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value switch
        {
            Rgba color => [color],
            string text => HexColor.TryParse(text, out var color) ? [color] : ColorsOfFile(text, paths),
            FileInfo file => ColorsOfFile(file.FullName, paths),
            not null when LanguagePrimitives.GetEnumerable(value) is { } list => list.Cast<object?>().SelectMany(item => ColorsOf(item, paths)),
            not null when ObjectProperties.ValueOf(PSObject.AsPSObject(input!), "Hex")?.ToString() is { } hex => ColorsOf(hex, paths),
            _ => throw new PaletteFileException($"'{value}' is no colour: give hex colours in quotes such as '#ff8800', what Get-KMeansPalette gives, or a palette file."),
        };
    }

    private static IReadOnlyList<Rgba> ColorsOfFile(string text, PathIntrinsics paths)
    {
        try
        {
            return [.. PaletteFile.Read(paths.GetUnresolvedProviderPathFromPSPath(text, out _, out _))];
        }
        catch (PaletteFileException e)
        {
            throw new PaletteFileException($"{text}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or RuntimeException)
        {
            throw new PaletteFileException($"'{text}' is neither a hex colour such as #ff8800 nor a palette file that can be read: {e.Message}");
        }
    }
}
