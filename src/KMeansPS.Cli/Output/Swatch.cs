using KMeansPS.Imaging;

namespace KMeansPS.Cli.Output;

/// <summary>A patch of a colour, where the terminal shows colours.</summary>
internal static class Swatch
{
    /// <summary>Whether standard output is a terminal that shows colours, and nobody has said that it shall not (see no-color.org).</summary>
    internal static bool IsShown => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>The patch.</summary>
    internal static string Of(Rgba color) => $"\e[48;2;{color.R};{color.G};{color.B}m      \e[0m";
}
