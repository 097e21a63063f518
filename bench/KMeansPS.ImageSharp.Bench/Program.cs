using BenchmarkDotNet.Running;
using KMeansPS.ImageSharp.Bench;

BenchmarkSwitcher.FromAssembly(typeof(DecodeStages).Assembly).Run(args);
