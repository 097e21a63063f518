using BenchmarkDotNet.Running;
using KMeansPS.Bench;

if (args is ["fit", .. var rest])
{
    return FitProgram.Run(rest);
}

if (args is ["seed", .. var others])
{
    return SeedProgram.Run(others);
}

BenchmarkSwitcher.FromAssembly(typeof(FitProgram).Assembly).Run(args);
return 0;
