using System.CommandLine;
using System.Globalization;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Cli.Commands;

/// <summary>Options that more than one command has.</summary>
internal static class SharedOptions
{
    /// <summary>K where nobody says otherwise.</summary>
    internal const int DefaultColors = 16;

    /// <summary>An argument for the names of files; what looks like an option and is no file is taken for a misspelt option.</summary>
    internal static Argument<T> Files<T>(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<T>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.StartsWith('-') && !Path.Exists(text)))
            {
                result.AddError($"There is no option '{text}', and no file of that name.");
            }
        });
        return argument;
    }

    /// <summary>-K for the number of colours: 1 to 256, by default 16.</summary>
    internal static Option<int?> Colors() => Number<int>(
        ["-K", "-k", "--colors"], $"The most colours, 1 to 256; by default {DefaultColors}.", value => value is >= 1 and <= Imaging.Palette.MaxCount, "1 to 256");

    /// <summary>--effort.</summary>
    internal static Option<QuantizerEffort?> Effort() =>
        OneOf<QuantizerEffort>("--effort", "How much is done to find good colours; by default balanced.");

    /// <summary>--keep-rare-color.</summary>
    internal static Option<bool> KeepRareColor() =>
        new("--keep-rare-color") { Description = "Give colours that few pixels have, and that would be lost, an entry of their own." };

    /// <summary>--seed.</summary>
    internal static Option<long?> Seed(string without) => Number<long>(
        ["--seed"], $"The seed of all random choices. The same seed gives the same result. {without}", _ => true, "a whole number");

    /// <summary>--threads.</summary>
    internal static Option<int?> Threads() => Count(["--threads"], "How many threads may work, by default one for each processor. The result does not depend on it.");

    /// <summary>--force.</summary>
    internal static Option<bool> Force() => new("--force", "-f") { Description = "Replace files that are there already. A source is never replaced." };

    /// <summary>--json.</summary>
    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of a table." };

    /// <summary>An option for a whole number of at least 1.</summary>
    internal static Option<int?> Count(string[] names, string description) =>
        Number<int>(names, description, value => value >= 1, "a whole number, 1 or more");

    /// <summary>An option for a number.</summary>
    /// <param name="names">Its name and other names.</param>
    /// <param name="description">What it does.</param>
    /// <param name="isAllowed">Whether a number makes sense.</param>
    /// <param name="allowed">Which numbers make sense, in words.</param>
    internal static Option<T?> Number<T>(string[] names, string description, Func<T, bool> isAllowed, string allowed)
        where T : struct, IParsable<T> => new(names[0], names[1..])
        {
            Description = description,
            HelpName = "n",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && isAllowed(value))
                {
                    return value;
                }

                result.AddError($"{names[0]} is '{text}', but must be {allowed}.");
                return null;
            },
        };

    /// <summary>An option for one of the values of an enumeration, in small letters.</summary>
    internal static Option<TEnum?> OneOf<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        string[] words = [.. Enum.GetNames<TEnum>().Select(word => word.ToLowerInvariant())];
        return new(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                int at = Array.IndexOf(words, text.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
                if (at >= 0)
                {
                    return Enum.GetValues<TEnum>()[at];
                }

                result.AddError($"{name} is '{text}', but must be {string.Join(" or ", words)}.");
                return null;
            },
        };
    }

    /// <summary>The degree of parallelism and the token for the work.</summary>
    internal static ParallelOptions Parallel(int? threads, Interruption interruption) =>
        new() { MaxDegreeOfParallelism = threads ?? -1, CancellationToken = interruption.Token };
}
