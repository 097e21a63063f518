namespace KMeansPS.Cli.Json;

/// <summary>One cluster.</summary>
internal sealed record ClusterOfReport(int Cluster, long Count, double Inertia, double[] Centroid);
