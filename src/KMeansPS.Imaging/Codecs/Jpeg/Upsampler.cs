using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Brings the rows of one component to the size of the picture, the way the Independent JPEG Group's library does:
/// where a side is halved by a triangle filter ("fancy upsampling": 3/4 of the nearer sample, 1/4 of the farther),
/// and any other ratio by repeating samples.
/// </summary>
internal sealed class Upsampler
{
    private readonly SamplePlane _plane;
    private readonly FrameHeader _frame;
    private readonly bool _doublesColumns;
    private readonly bool _doublesRows;
    private readonly byte[] _row;
    private readonly ushort[] _sums;

    internal Upsampler(FrameHeader frame, SamplePlane plane)
    {
        _frame = frame;
        _plane = plane;
        var component = plane.Component;
        bool halfWidth = component.HorizontalSampling * 2 == frame.MaxHorizontalSampling;
        bool fullWidth = component.HorizontalSampling == frame.MaxHorizontalSampling;
        bool halfHeight = component.VerticalSampling * 2 == frame.MaxVerticalSampling;
        bool fullHeight = component.VerticalSampling == frame.MaxVerticalSampling;

        // On a component of one or two columns the filter is not used.
        _doublesColumns = halfWidth && (halfHeight || fullHeight) && component.Width > 2;
        _doublesRows = halfHeight && (fullWidth || _doublesColumns);
        bool isFullSize = fullWidth && fullHeight;
        _row = isFullSize ? [] : new byte[frame.Width + 1];
        _sums = _doublesColumns ? new ushort[component.Width + 2] : [];
    }

    /// <summary>How many rows of the picture must wait, at the lower border of what is decoded, for the row below.</summary>
    internal int Lag => _doublesRows ? 1 : 0;

    /// <summary>The samples of this component for one row of the picture; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Row(int y)
    {
        var component = _plane.Component;
        int row = y * component.VerticalSampling / _frame.MaxVerticalSampling;
        var near = _plane.Row(row);
        bool isLower = (y & 1) != 0;
        var far = _plane.Row(isLower ? row + 1 : row - 1);
        if (_doublesColumns)
        {
            if (_doublesRows)
            {
                TriangleFilter.SumRows(near, far, _sums.AsSpan(1));
                TriangleFilter.DoubleSums(_sums, _row);
            }
            else
            {
                TriangleFilter.DoubleColumns(near, _row, _sums);
            }
        }
        else if (_doublesRows)
        {
            TriangleFilter.BlendRows(near, far, isLower ? 2 : 1, _row);
        }
        else if (_row.Length == 0)
        {
            return near;
        }
        else
        {
            Repeat(near);
        }

        return _row.AsSpan(0, _frame.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Repeat(ReadOnlySpan<byte> samples)
    {
        int sampling = _plane.Component.HorizontalSampling;
        int max = _frame.MaxHorizontalSampling;
        if (sampling == max)
        {
            samples.CopyTo(_row);
            return;
        }

        // Walks the fraction x * sampling / max without a division.
        int place = 0;
        int rest = 0;
        for (int x = 0; x < _frame.Width; x++)
        {
            _row[x] = samples[place];
            rest += sampling;
            if (rest >= max)
            {
                rest -= max;
                place++;
            }
        }
    }
}
