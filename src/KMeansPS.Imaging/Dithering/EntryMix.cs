namespace KMeansPS.Imaging.Dithering;

/// <summary>Two entries of a palette that stand together for a colour.</summary>
/// <param name="Dark">The darker entry.</param>
/// <param name="Light">The lighter entry.</param>
/// <param name="DarkShare">How much of an area has the darker one, 0 to 1.</param>
internal readonly record struct EntryMix(byte Dark, byte Light, float DarkShare);
