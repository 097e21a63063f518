namespace KMeansPS.Imaging.Tests;

/// <summary>Files of the repository that tests read in place.</summary>
internal static class Repository
{
    internal static string Sample(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, "samples", name);
            if (File.Exists(found))
            {
                return found;
            }
        }

        throw new FileNotFoundException($"There is no samples/{name} above {AppContext.BaseDirectory}.");
    }
}
