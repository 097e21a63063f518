using System.Collections;
using System.Globalization;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Formatting;

/// <summary>How the views of the module show values to a person: short, and the same in every culture.</summary>
public static class DisplayText
{
    private const int StartLength = 4;

    /// <summary>A size in bytes as B, KB, MB or GB of 1024.</summary>
    /// <param name="bytes">The size.</param>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return $"{Fixed(size, unit == 0 ? 0 : 1)} {units[unit]}";
    }

    /// <summary>A number in about six digits.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value) =>
        Math.Abs(value) is >= 1e6 and < 1e12 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Numbers in about six digits each, such as <c>3.5, 1.25</c>.</summary>
    /// <param name="values">The numbers.</param>
    public static string Numbers(IReadOnlyList<double> values) => string.Join(", ", values.Select(Number));

    /// <summary>A number with so many decimals.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">How many.</param>
    public static string Fixed(double value, int decimals) =>
        double.IsPositiveInfinity(value) ? "inf" : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>An estimate with its standard error, such as <c>0.5528 ±0.004</c>; alone where it is exact.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="error">Its standard error, 0 or more.</param>
    public static string WithError(double value, double error) => error > 0 ? $"{Fixed(value, 4)} ±{Fixed(error, 3)}" : Fixed(value, 4);

    /// <summary>The ratio of a result, or a word for why there is no file of it.</summary>
    /// <param name="result">The result.</param>
    public static string RatioOrStatus(CompressionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Status switch
        {
            CompressionStatus.LargerThanSource => "larger",
            CompressionStatus.AlreadyCompressed => "ours",
            CompressionStatus.TargetMissed => "missed",
            _ => Fixed(result.Ratio, 2),
        };
    }

    /// <summary>A patch of a colour for a terminal; transparent colours have none.</summary>
    /// <param name="entry">The colour.</param>
    public static string Swatch(PaletteEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.A == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[48;2;{entry.R};{entry.G};{entry.B}m      \e[0m");
    }

    /// <summary>The first few numbers of a list that may be long.</summary>
    /// <param name="values">The numbers.</param>
    public static string Start(IList values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string start = string.Join(", ", values.Cast<IConvertible>().Take(StartLength).Select(static value => value.ToDouble(CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture)));
        return values.Count > StartLength ? $"{start}, ..." : start;
    }
}
