using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Exif;

/// <summary>
/// Takes the rows of a file and puts them where they belong in the upright picture. Rows that become columns are
/// gathered to a strip first, so that the picture is written in whole cache lines.
/// </summary>
internal sealed class OrientedPicture
{
    private const int StripHeight = 16;

    private readonly PixelImage _image;
    private readonly int _orientation;
    private readonly int _width;
    private readonly int _height;
    private readonly uint[] _strip;

    /// <summary>Wraps a picture that is to be filled.</summary>
    /// <param name="image">The upright picture.</param>
    /// <param name="orientation">How the rows of the file lie in it, 1 to 8.</param>
    internal OrientedPicture(PixelImage image, int orientation)
    {
        bool exchanges = ExifOrientation.ExchangesAxes(orientation);
        _image = image;
        _orientation = orientation;
        _width = exchanges ? image.Height : image.Width;
        _height = exchanges ? image.Width : image.Height;
        _strip = exchanges ? new uint[_width * StripHeight] : [];
    }

    /// <summary>Turns a picture that is there already; one that is upright is given back as it is.</summary>
    internal static PixelImage Upright(PixelImage image, int orientation, CancellationToken cancellationToken)
    {
        if (orientation == ExifOrientation.Upright)
        {
            return image;
        }

        bool exchanges = ExifOrientation.ExchangesAxes(orientation);
        var upright = new PixelImage(exchanges ? image.Height : image.Width, exchanges ? image.Width : image.Height)
        {
            IccProfile = image.IccProfile,
            Warnings = image.Warnings,
            Metadata = image.Metadata,
        };
        var oriented = new OrientedPicture(upright, orientation);
        for (int y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MemoryMarshal.Cast<Rgba, uint>(image.Row(y)).CopyTo(oriented.BeginRow(y));
            oriented.EndRow(y);
        }

        return upright;
    }

    /// <summary>Where to write row <paramref name="y"/> of the file; <see cref="EndRow"/> follows. Rows come in ascending order.</summary>
    internal Span<uint> BeginRow(int y) => ExifOrientation.ExchangesAxes(_orientation)
        ? _strip.AsSpan(y % StripHeight * _width, _width)
        : MemoryMarshal.Cast<Rgba, uint>(_image.Row(IsTurnedOver ? _height - 1 - y : y));

    internal void EndRow(int y)
    {
        if (!ExifOrientation.ExchangesAxes(_orientation))
        {
            if (_orientation is 2 or 3)
            {
                BeginRow(y).Reverse();
            }
        }
        else if (y % StripHeight == StripHeight - 1 || y == _height - 1)
        {
            WriteStrip(y - (y % StripHeight), (y % StripHeight) + 1);
        }
    }

    private bool IsTurnedOver => _orientation is 3 or 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteStrip(int first, int count)
    {
        // 5 is the transpose; 6 and 7 have the file's last row at the left, 7 and 8 its last column at the top.
        bool lastRowLeft = _orientation is 6 or 7;
        bool lastColumnTop = _orientation is 7 or 8;
        int left = lastRowLeft ? _height - first - count : first;
        for (int x = 0; x < _width; x++)
        {
            var target = MemoryMarshal.Cast<Rgba, uint>(_image.Row(lastColumnTop ? _width - 1 - x : x)).Slice(left, count);
            for (int i = 0; i < target.Length; i++)
            {
                int row = lastRowLeft ? count - 1 - i : i;
                target[i] = _strip[(row * _width) + x];
            }
        }
    }
}
