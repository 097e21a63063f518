using System.Globalization;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>Reads a number out of what a script hands over.</summary>
internal static class Number
{
    /// <summary>Whether a value is a number, or a string that is one in the invariant culture (without separators of thousands).</summary>
    internal static bool TryRead(object? value, out double number)
    {
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (value)
        {
            case double full:
                number = full;
                return true;
            case string text:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            case Half half:
                number = (double)half;
                return true;
            case System.Numerics.BigInteger big:
                number = (double)big;
                return true;
            case IConvertible convertible and not Enum when convertible.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal:
                number = convertible.ToDouble(CultureInfo.InvariantCulture);
                return true;
            default:
                number = 0;
                return false;
        }
    }

    internal static bool IsMissing(object? value) =>
        value is null or DBNull or "" || value is PSObject { BaseObject: "" or DBNull };
}
