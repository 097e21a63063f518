namespace KMeansPS.Tests;

/// <summary>What became of one <c>It</c>: passed where neither a failure nor a reason to skip it is given.</summary>
internal sealed record PesterResult(string Name, string? Failure = null, string? SkipReason = null);
