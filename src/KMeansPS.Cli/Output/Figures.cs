using System.Globalization;

namespace KMeansPS.Cli.Output;

/// <summary>Numbers as a person reads them, the same in every country.</summary>
internal static class Figures
{
    /// <summary>A whole number with commas between the thousands.</summary>
    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A size of a file: bytes, KB, MB or GB of 1024 each.</summary>
    internal static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{value.ToString(value < 9.995 ? "F2" : value < 99.95 ? "F1" : "F0", CultureInfo.InvariantCulture)} {units[unit]}");
    }

    /// <summary>A value with as many digits as say something: 6.</summary>
    internal static string Value(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A value with a fixed number of decimals.</summary>
    internal static string Fixed(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    /// <summary>A time in milliseconds or seconds.</summary>
    internal static string Seconds(double seconds) => seconds < 0.0995 ? $"{Fixed(seconds * 1000, seconds < 0.00995 ? 1 : 0)} ms" : $"{Fixed(seconds, 2)} s";

    /// <summary>A signal-to-noise ratio; nothing was lost where it is infinite.</summary>
    internal static string Decibels(double decibels) => double.IsFinite(decibels) ? $"{Fixed(decibels, 2)} dB" : "lossless";
}
