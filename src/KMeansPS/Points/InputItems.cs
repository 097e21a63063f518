using System.Collections;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>
/// Takes apart what came as one argument. Through the pipe an array is one point, since the pipe has taken the list of
/// them apart already; an argument is the whole list. A list of arrays and a two-dimensional array are many points
/// wherever they come from.
/// </summary>
internal static class InputItems
{
    internal static IEnumerable<PSObject> Of(PSObject input, bool piped)
    {
        object value = input.BaseObject;
        if (value is Array { Rank: 2 } matrix)
        {
            return RowsOf(matrix);
        }

        if (value is KMeansModel model)
        {
            return [PSObject.AsPSObject(model.ScaledCentroids)];
        }

        if (LanguagePrimitives.GetEnumerable(value) is not { } list)
        {
            return [input];
        }

        return piped && !StartsWithList(list) ? [input] : list.Cast<object?>().Where(item => item is not null).SelectMany(item => Of(PSObject.AsPSObject(item), piped: true));
    }

    private static bool StartsWithList(IEnumerable list)
    {
        foreach (object? item in list)
        {
            object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
            return value is Array { Rank: 2 } || LanguagePrimitives.GetEnumerable(value) is not null;
        }

        return false;
    }

    private static IEnumerable<PSObject> RowsOf(Array matrix)
    {
        for (int i = matrix.GetLowerBound(0); i <= matrix.GetUpperBound(0); i++)
        {
            var row = new object?[matrix.GetLength(1)];
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = matrix.GetValue(i, matrix.GetLowerBound(1) + j);
            }

            yield return PSObject.AsPSObject(row);
        }
    }
}
