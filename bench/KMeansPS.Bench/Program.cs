using BenchmarkDotNet.Running;
using KMeansPS.Bench;

if (args is ["fit", .. var rest])
{
    return FitProgram.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(FitProgram).Assembly).Run(args);
return 0;
