namespace KMeansPS.PointFiles;

/// <summary>Why one row of a file was left out.</summary>
/// <param name="Line">The line of a text file at which the row starts, or the row of an NPY file; from 1.</param>
/// <param name="Column">The name of the column, or its number from 1 where it has no name; null where the fault is in no one column.</param>
/// <param name="Message">One sentence that names the line, the column and the fault. It does not name the file, which the caller knows.</param>
public sealed record PointFileFault(long Line, string? Column, string Message);
