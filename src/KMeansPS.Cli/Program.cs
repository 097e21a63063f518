using KMeansPS.Cli;

return CommandLine.Run(args);
