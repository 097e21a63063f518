using System.Management.Automation;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Compression;
using KMeansPS.PointFiles;

namespace KMeansPS.Commands;

/// <summary>The one place in which faults become error records: stable ids, specific categories, messages that say what to do.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for what went wrong with a file.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="path">The file, or the path as it was given.</param>
    internal static ErrorRecord OfFile(Exception exception, string path) => exception switch
    {
        FileNotFoundException when !File.Exists(path) => PathNotFound(path),
        ImageFormatException { Fault: ImageFault.Broken } => Named(exception, path, "ImageBroken", ErrorCategory.InvalidData),
        ImageFormatException => Named(exception, path, "ImageUnsupported", ErrorCategory.NotImplemented),
        ModelFileException refusal => Named(exception, path, $"ModelFile{refusal.Fault}", refusal.Fault == ModelFileFault.Newer ? ErrorCategory.NotImplemented : ErrorCategory.InvalidData),
        PointFileException => Named(exception, path, "PointFileBroken", ErrorCategory.InvalidData),
        DestinationException refusal => new ErrorRecord(exception, $"Destination{refusal.Fault}", CategoryOf(refusal.Fault), path),
        UnauthorizedAccessException => Named(exception, path, "FileAccessDenied", ErrorCategory.PermissionDenied),
        IOException => Named(exception, path, "FileNotAccessible", ErrorCategory.ResourceUnavailable),
        OutOfMemoryException => Named(exception, path, "OutOfMemory", ErrorCategory.LimitsExceeded),
        _ => Named(exception, path, "Unexpected", ErrorCategory.NotSpecified),
    };

    /// <summary>The record for a path that the session cannot resolve.</summary>
    internal static ErrorRecord OfPath(Exception exception, string path) => exception switch
    {
        ItemNotFoundException => PathNotFound(path),
        _ => Named(exception, path, "PathNotResolved", ErrorCategory.InvalidArgument),
    };

    internal static ErrorRecord PathNotFound(string path) => new(
        new ItemNotFoundException($"There is no file '{path}'."), "PathNotFound", ErrorCategory.ObjectNotFound, path);

    internal static ErrorRecord PathMatchesNothing(string path) => new(
        new ItemNotFoundException($"No file matches '{path}'. Use -LiteralPath for a name with square brackets."), "PathNotFound", ErrorCategory.ObjectNotFound, path);

    internal static ErrorRecord PathIsFolder(string path) => new(
        new IOException($"'{path}' is a folder: name files, such as '{Path.Join(path, "*")}'."), "PathIsFolder", ErrorCategory.InvalidArgument, path);

    internal static ErrorRecord ProviderNotFileSystem(string path, string provider) => new(
        new NotSupportedException($"'{path}' is a path of the provider {provider}: only files of the provider FileSystem are read and written."),
        "ProviderNotFileSystem", ErrorCategory.InvalidArgument, path);

    internal static ErrorRecord DestinationNotPng(string path) => new(
        new NotSupportedException($"'{path}' does not end in .png: only PNG is written."), "DestinationNotPng", ErrorCategory.InvalidArgument, path);

    internal static ErrorRecord DestinationExists(string path) => new(
        new IOException($"'{path}' exists already: use -Force to replace it."), "DestinationExists", ErrorCategory.ResourceExists, path);

    internal static ErrorRecord DestinationIsFolder(string path) => new(
        new IOException($"'{path}' is a folder: name a file."), "DestinationIsFolder", ErrorCategory.ResourceExists, path);

    internal static ErrorRecord DestinationShared(string path) => new(
        new IOException($"Another object of this run went to '{path}' already: give each a file of its own."), "DestinationShared", ErrorCategory.InvalidOperation, path);

    internal static ErrorRecord OptionsContradictory(string message, string parameter) => new(
        new ArgumentException(message), "OptionsContradictory", ErrorCategory.InvalidArgument, parameter);

    internal static ErrorRecord OptionsContradictory(ArgumentException exception) => new(
        exception, "OptionsContradictory", ErrorCategory.InvalidArgument, null)
    { ErrorDetails = WithoutParameter(exception) };

    internal static ErrorRecord PointRowBroken(string path, PointFileFault fault) => Named(
        new InvalidDataException(fault.Message), path, "PointRowBroken", ErrorCategory.InvalidData);

    internal static ErrorRecord NoPoint() => new(
        new InvalidDataException("There are no points: nothing that came in could be read as one."), "NoPoint", ErrorCategory.InvalidData, null);

    internal static ErrorRecord KTooLarge(int k, PointSet points) => new(
        new ArgumentOutOfRangeException(null, $"K is {k}, but there are only {points.Count} points: K is 1 to the number of points."),
        "KTooLarge", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord KTooLarge(int k, PointSource points) => new(
        new ArgumentOutOfRangeException(null, $"K is {k}, but '{points.Name}' has fewer points: K is 1 to the number of points."),
        "KTooLarge", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord PointSourceRowBroken(PointSource points, string fault) => Named(
        new InvalidDataException(fault), points.Name, "PointRowBroken", ErrorCategory.InvalidData);

    internal static ErrorRecord PointSourceNotTaken(PointSource points) => new(
        new NotSupportedException($"'{points.Name}' is read batch by batch, and only Get-KMeansCluster -MiniBatch and Find-KMeansCentroid take points so. Read it without -Stream."),
        "PointStreamNotSupported", ErrorCategory.InvalidType, points);

    internal static ErrorRecord PointSourceNeedsMiniBatch(PointSource points) => new(
        new InvalidOperationException($"'{points.Name}' is read batch by batch: cluster it with -MiniBatch, or read it without -Stream."),
        "MiniBatchMissing", ErrorCategory.InvalidOperation, points);

    internal static ErrorRecord PassThruOfPointSource(PointSource points) => new(
        new InvalidOperationException($"'{points.Name}' is read batch by batch and never held: its points cannot be given back. Leave out -PassThru."),
        "PointStreamNotPassedThrough", ErrorCategory.InvalidOperation, points);

    internal static ErrorRecord MiniBatchMissing(string parameter) => new(
        new ArgumentException($"-{parameter} says how mini-batches are made: give -MiniBatch too."), "MiniBatchMissing", ErrorCategory.InvalidArgument, parameter);

    internal static ErrorRecord TraceOfMiniBatch() => new(
        new ArgumentException("There is no trace of mini-batches: leave out -Trace or -MiniBatch."), "MiniBatchNotTraced", ErrorCategory.InvalidArgument, null);

    internal static ErrorRecord StreamAndMemoryMap() => new(
        new ArgumentException("A file is either streamed or mapped into memory: give -Stream or -MemoryMap, not both."), "StreamAndMemoryMap", ErrorCategory.InvalidArgument, null);

    internal static ErrorRecord DimensionDiffers(PointSource points, PointSet centroids) => new(
        new ArgumentException($"The points of '{points.Name}' have {points.Dimension} dimensions, the centroids {Dimensions(centroids)}."),
        "DimensionDiffers", ErrorCategory.InvalidArgument, centroids);

    internal static ErrorRecord DimensionDiffers(PointSet points, PointSet centroids) => new(
        new ArgumentException($"The points have {Dimensions(points)}, the centroids {Dimensions(centroids)}. Each array is one centroid; one alone is written @(,(1, 2)). Name the same -Property for both."),
        "DimensionDiffers", ErrorCategory.InvalidArgument, centroids);

    internal static ErrorRecord AssignmentDiffers(ArgumentException exception, object assignment) => new(
        exception, "AssignmentDiffers", ErrorCategory.InvalidArgument, assignment)
    { ErrorDetails = WithoutParameter(exception) };

    internal static ErrorRecord ValueTooLarge(ArgumentException exception) => new(
        exception, "ValueTooLarge", ErrorCategory.InvalidData, null)
    { ErrorDetails = WithoutParameter(exception) };

    internal static ErrorRecord PropertyOfPointSource(PointSource points) => new(
        new ArgumentException("A stream is taken as it is, with all of its columns: choose them with Import-KMeansPoint -Property."),
        "PropertyOfPointSet", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord PropertyOfPointSet(PointSet points) => new(
        new ArgumentException("A point set is taken as it is, with all of its columns: choose them with -Property where it is made."),
        "PropertyOfPointSet", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord NotClustered(object input) => new(
        new InvalidOperationException($"'{input}' does not tell its cluster. Give what Get-KMeansCluster or Find-KMeansCentroid gives for each object, or name -K, -Centroid or -Assignment."),
        "NotClustered", ErrorCategory.InvalidData, input);

    internal static ErrorRecord ClusterMissing(KMeansModel model, long missing) => new(
        new InvalidDataException($"{missing} of the {model.Counts.Sum()} points of a run are in none of the clusters that came: measure all clusters of a run, or points against them with -Centroid."),
        "ClusterMissing", ErrorCategory.InvalidData, model);

    internal static ErrorRecord WeightOfPointSet(object points) => new(
        new ArgumentException("A point set or a stream has its own weights: name the property with -Weight where it is made."),
        "WeightOfPointSet", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord ColumnsDiffer(object points, IReadOnlyList<string> columns, KMeansModel model) => new(
        new ArgumentException($"The columns of the points are {string.Join(", ", columns)}, those of the model {string.Join(", ", model.ColumnName)}. Read the columns of the model, in its order, with -Property."),
        "ColumnsDiffer", ErrorCategory.InvalidArgument, points);

    internal static ErrorRecord NotAModel(object? input) => new(
        new ArgumentException($"'{input}' is no model and no cluster of one: give what Get-KMeansCluster or Import-KMeansModel gives."),
        "NotAModel", ErrorCategory.InvalidType, input);

    internal static ErrorRecord PropertyExists(PSObject input, string property) => new(
        new InvalidOperationException($"'{input}' has a property {property} already, which the result would hide. Take it away with Select-Object -ExcludeProperty {property}."),
        "PropertyExists", ErrorCategory.ResourceExists, input);

    internal static ErrorRecord NotAPicture(KMeansAssignment assignment, string reason) => new(
        new ArgumentException($"The assignment cannot be written as a picture: {reason}."), "AssignmentNotPicture", ErrorCategory.InvalidArgument, assignment);

    internal static ErrorRecord ImageSizeDiffers(string path, PixelImage image, string referencePath, PixelImage reference) => new(
        new ArgumentException($"'{path}' is {image.Width} x {image.Height} and '{referencePath}' {reference.Width} x {reference.Height}: only pictures of one size are compared."),
        "ImageSizeDiffers", ErrorCategory.InvalidArgument, path);

    private static ErrorRecord Named(Exception exception, string path, string id, ErrorCategory category) =>
        new(exception, id, category, path) { ErrorDetails = new ErrorDetails($"{path}: {exception.Message}") };

    // The name of a method's parameter says nothing to a person at the prompt.
    private static ErrorDetails WithoutParameter(ArgumentException exception) =>
        new(exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal));

    private static ErrorCategory CategoryOf(DestinationFault fault) => fault switch
    {
        DestinationFault.Exists or DestinationFault.IsFolder => ErrorCategory.ResourceExists,
        DestinationFault.OutsideRoot => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.InvalidOperation,
    };

    private static string Dimensions(PointSet points) => $"{points.Dimension} dimension{(points.Dimension == 1 ? "" : "s")}";
}
