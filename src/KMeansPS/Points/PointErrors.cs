using System.Globalization;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>The errors of rows that do not make a point. Rows are counted from 1.</summary>
internal static class PointErrors
{
    internal static ErrorRecord Missing(long row, string property, PSObject input) => Make("PropertyMissing", ErrorCategory.ObjectNotFound, input,
        $"Row {row} has no value in property '{property}'.");

    internal static ErrorRecord NotNumeric(long row, string place, object? value, PSObject input) => Make("PropertyNotNumeric", ErrorCategory.InvalidType, input,
        $"Row {row}, {place}: '{value}' is not a number.");

    internal static ErrorRecord NotFinite(long row, string place, double value, PSObject input) => Make("ValueNotFinite", ErrorCategory.InvalidData, input,
        string.Create(CultureInfo.InvariantCulture, $"Row {row}, {place}: {value} is not a finite number."));

    internal static ErrorRecord WeightNotPositive(long row, string property, double weight, PSObject input) => Make("WeightNotPositive", ErrorCategory.InvalidData, input,
        string.Create(CultureInfo.InvariantCulture, $"Row {row}, property '{property}': the weight is {weight}, but must be a finite number above 0."));

    internal static ErrorRecord LengthDiffers(long row, int length, int expected, PSObject input) => Make("RowLengthDiffers", ErrorCategory.InvalidData, input,
        length == 0 ? $"Row {row} has no values." : $"Row {row} has {length} value{(length == 1 ? "" : "s")}, the rows before it have {expected}.");

    internal static ErrorRecord NoNumericProperty(long row, PSObject input) => Make("PropertyNotNumeric", ErrorCategory.InvalidType, input,
        $"Row {row} has no property that is a number: name the properties with -Property.");

    /// <summary>Writes the error of a row that is left out.</summary>
    internal static Action<ErrorRecord> ReportTo(Cmdlet command) => error =>
    {
        error.ErrorDetails = new ErrorDetails($"{error.Exception.Message} The row is left out.");
        command.WriteError(error);
    };

    private static ErrorRecord Make(string id, ErrorCategory category, PSObject input, string message) =>
        new(new InvalidDataException(message), id, category, input);
}
