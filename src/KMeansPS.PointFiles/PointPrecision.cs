using System.Diagnostics.CodeAnalysis;

namespace KMeansPS.PointFiles;

/// <summary>How many bits a value of a point has in memory.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Single and double precision are the words of the field.")]
public enum PointPrecision
{
    /// <summary>32 bits: <see cref="float"/>.</summary>
    Single,

    /// <summary>64 bits: <see cref="double"/>.</summary>
    Double,
}
