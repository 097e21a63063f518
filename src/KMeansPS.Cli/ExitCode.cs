namespace KMeansPS.Cli;

/// <summary>What the process says when it ends. A signal that stops it gives 128 and the number of the signal.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    internal const int Success = 0;

    /// <summary>Some input could not be used; everything else was done.</summary>
    internal const int InputFailed = 1;

    /// <summary>The arguments make no sense; nothing was done.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Some picture could not meet its --target-psnr or --max-bytes; everything else was done.</summary>
    internal const int TargetMissed = 3;

    /// <summary>What a signal's number is added to.</summary>
    internal const int Signal = 128;
}
