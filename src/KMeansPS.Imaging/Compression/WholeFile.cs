namespace KMeansPS.Imaging.Compression;

/// <summary>
/// Writes a file whole or not at all: beside its place under a name of its own, then renamed. Whatever happens on the
/// way, no part of a file is left, and what was at the place before is there until the new file is complete. Where the
/// folder is missing the file is written in the deepest folder that is there, on the same volume, and moved into the
/// one made for it: so a file that is not kept leaves no empty folder, and others that go there do not lose theirs.
/// </summary>
public static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its full path. The folder is made if it is missing.</param>
    /// <param name="replace">Whether a file that is there already may be replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="keep">Told the size of the file; where it says no, the place stays as it was. Null to keep every file.</param>
    /// <returns>The size of the file in bytes, kept or not.</returns>
    /// <exception cref="IOException">The file cannot be written, or is there already.</exception>
    public static long Write(string path, bool replace, Action<Stream> write, Predicate<long>? keep = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string beside = Path.Join(DeepestThatExists(folder), $".{Path.GetRandomFileName()}.tmp");
        try
        {
            long length;
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                length = stream.Length;
            }

            if (keep is null || keep(length))
            {
                Directory.CreateDirectory(folder);
                File.Move(beside, path, replace);
            }
            else
            {
                File.Delete(beside);
            }

            return length;
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static string DeepestThatExists(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
