using System.Reflection;
using System.Runtime.Loader;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Pictures;

/// <summary>
/// The plug-in in the folder ImageSharp beside the module, loaded when a picture first needs it, into a load context of
/// its own: another module's version of the same library does it no harm, nor it to that one. Loaded once a process.
/// </summary>
internal static class PlugIn
{
    private const string Adapter = "KMeansPS.ImageSharp";
    private const string DecoderType = "KMeansPS.ImageSharp.ImageSharpDecoder";
    private static readonly Lazy<IImageDecoder?> Loaded = new(Load);

    /// <summary>The plug-in's decoder; null where it is not installed.</summary>
    internal static IImageDecoder? Decoder => Loaded.Value;

    private static IImageDecoder? Load()
    {
        string folder = Path.Join(Path.GetDirectoryName(typeof(PlugIn).Assembly.Location), "ImageSharp");
        string adapter = Path.Join(folder, Adapter + ".dll");
        return File.Exists(adapter)
            ? (IImageDecoder?)Activator.CreateInstance(new Context(folder).LoadFromAssemblyPath(adapter).GetType(DecoderType, throwOnError: true)!)
            : null;
    }

    // Answers for what lies in the plug-in's folder only; our own assemblies and the framework are those of the process.
    private sealed class Context(string folder) : AssemblyLoadContext(Adapter)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var ours = typeof(IImageDecoder).Assembly;
            if (assemblyName.Name == ours.GetName().Name)
            {
                return ours;
            }

            string file = Path.Join(folder, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
