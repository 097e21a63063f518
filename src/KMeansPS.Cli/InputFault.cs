using KMeansPS.Imaging.Codecs;
using KMeansPS.PointFiles;

namespace KMeansPS.Cli;

/// <summary>What is said of an input that could not be used.</summary>
internal static class InputFault
{
    /// <summary>One line on the fault, without the name of the input; null for a fault that is not the input's.</summary>
    /// <param name="input">The input, as the user wrote it.</param>
    /// <param name="exception">What went wrong.</param>
    internal static string? Describe(string input, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => input.AsSpan().IndexOfAny('*', '?') >= 0
            ? "No file matches."
            : "There is no such file.",
        UnauthorizedAccessException when Directory.Exists(input) => "This is a folder; name the files in it.",
        ImageFormatException or PointFileException or IOException or UnauthorizedAccessException => OneLine(exception.Message),
        OutOfMemoryException => "There is not enough memory for this file.",
        _ => null,
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
