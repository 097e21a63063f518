using System.Runtime.CompilerServices;
using KMeansPS.Imaging.Codecs.Exif;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Decodes the scans of one frame to an upright picture.</summary>
internal sealed class PictureDecoder
{
    private readonly MarkerReader _markers;
    private readonly FrameHeader _frame;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _warnings = [];
    private bool _leftOver;

    internal PictureDecoder(MarkerReader markers, CancellationToken cancellationToken)
    {
        _markers = markers;
        _frame = markers.Frame;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Decodes everything from the first scan on.</summary>
    internal PixelImage Decode(ReadOnlySpan<byte> file, ScanHeader firstScan, DecoderOptions options)
    {
        RefuseTooManyPixels(options);
        RefuseTooFewBytes(file.Length - firstScan.DataOffset, firstScan.Offset);
        bool exchanges = ExifOrientation.ExchangesAxes(_markers.Orientation);
        var image = new PixelImage(exchanges ? _frame.Height : _frame.Width, exchanges ? _frame.Width : _frame.Height)
        {
            IccProfile = _markers.AssembleIccProfile(_warnings),
            Warnings = _warnings,
            Metadata = options.KeepMetadata ? _markers.CollectMetadata(_warnings) : null,
        };
        var picture = new OrientedPicture(image, _markers.Orientation);
        if (_frame.IsProgressive)
        {
            DecodeProgressive(file, firstScan, picture);
        }
        else
        {
            DecodeSequential(file, firstScan, picture);
        }

        if (_leftOver)
        {
            _warnings.Add("The file holds more entropy-coded data than its picture needs; it may be damaged.");
        }

        return image;
    }

    private void RefuseTooManyPixels(DecoderOptions options)
    {
        long limit = Math.Min(options.MaxPixels, Array.MaxLength);
        if (_frame.PixelCount > limit)
        {
            throw JpegFault.Unsupported(_frame.Offset, $"{_frame.Width} x {_frame.Height} pixels are more than the limit of {limit}");
        }

        // Padding to whole MCUs may go beyond what an array holds where the pixels do not.
        if (_frame.Components.Any(component => (long)component.PaddedBlockColumns * component.PaddedBlockRows * ZigZag.BlockSize > Array.MaxLength))
        {
            throw JpegFault.Unsupported(_frame.Offset, $"{_frame.Width} x {_frame.Height} pixels are more than fit into an array");
        }
    }

    // No block takes less than one bit of a DC scan; in the sequential processes its AC coefficients, too, take one at
    // least. A file that is shorter lies about its size, and must not be believed before memory is taken for it.
    private void RefuseTooFewBytes(int bytes, int offset)
    {
        long bits = _frame.BlockCount * (_frame.IsProgressive ? 1 : 2);
        if (bits > bytes * 8L)
        {
            throw JpegFault.Broken(offset, $"{bytes} bytes are left, too few for {_frame.Width} x {_frame.Height} pixels");
        }
    }

    private void DecodeSequential(ReadOnlySpan<byte> file, ScanHeader firstScan, OrientedPicture picture)
    {
        bool isOneScan = firstScan.Components.Length == _frame.Components.Length;
        SamplePlane[] planes = [.. _frame.Components.Select(component => new SamplePlane(component, keepsAllRows: !isOneScan))];
        var assembler = new PictureAssembler(_frame, _markers.FindColorModel(), planes, picture);
        var awaited = _frame.Components.ToHashSet();
        for (var scan = firstScan; ; scan = NextScan())
        {
            if (scan.Components.Any(component => !awaited.Remove(component.Component)))
            {
                throw JpegFault.Broken(scan.Offset, "a sequential scan codes a component for the second time");
            }

            scan.RequireTables(dc: true, ac: true);
            int end = ScanWalk.Run(file, _frame, scan, new SequentialBlocks(planes, isOneScan ? assembler : null), ref _leftOver, _cancellationToken);
            if (awaited.Count == 0)
            {
                break;
            }

            _markers.ContinueAt(end);
        }

        if (!isOneScan)
        {
            for (int row = 1; row <= _frame.McuRows; row++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                assembler.Advance(row);
            }
        }
    }

    private ScanHeader NextScan() => _markers.NextScan()
        ?? throw JpegFault.Broken(_markers.Position, "the file ends before all components of the picture have come");

    private void DecodeProgressive(ReadOnlySpan<byte> file, ScanHeader firstScan, OrientedPicture picture)
    {
        var coefficients = new List<CoefficientPlane>();
        try
        {
            foreach (var component in _frame.Components)
            {
                coefficients.Add(new CoefficientPlane(component));
            }

            DecodeProgressive(file, firstScan, [.. coefficients], picture);
        }
        finally
        {
            coefficients.ForEach(plane => plane.Dispose());
        }
    }

    private void DecodeProgressive(ReadOnlySpan<byte> file, ScanHeader firstScan, CoefficientPlane[] coefficients, OrientedPicture picture)
    {
        var progression = new Progression(_frame);
        for (var scan = firstScan; scan is not null; scan = _markers.NextScan())
        {
            progression.Admit(scan);
            _markers.ContinueAt(DecodeProgressiveScan(file, scan, coefficients));
        }

        if (!(_markers.SawEndOfImage ? progression.HasEveryComponent : progression.IsComplete))
        {
            throw JpegFault.Broken(_markers.Position, "the file ends before all scans of the picture have come");
        }

        Transform(coefficients, picture);
    }

    private int DecodeProgressiveScan(ReadOnlySpan<byte> file, ScanHeader scan, CoefficientPlane[] coefficients)
    {
        var plane = coefficients[scan.Components[0].Component.Index];
        bool isFirst = scan.ApproximationHigh == 0;
        bool isDc = scan.SpectralStart == 0;
        scan.RequireTables(dc: isDc && isFirst, ac: !isDc);
        return (isDc, isFirst) switch
        {
            (true, true) => ScanWalk.Run(file, _frame, scan, new ProgressiveDcFirst(coefficients, scan.ApproximationLow), ref _leftOver, _cancellationToken),
            (true, false) => ScanWalk.Run(file, _frame, scan, new ProgressiveDcRefinement(coefficients, scan.ApproximationLow), ref _leftOver, _cancellationToken),
            (false, true) => ScanWalk.Run(file, _frame, scan, new ProgressiveAcFirst(plane, scan), ref _leftOver, _cancellationToken),
            (false, false) => ScanWalk.Run(file, _frame, scan, new ProgressiveAcRefinement(plane, scan), ref _leftOver, _cancellationToken),
        };
    }

    private void Transform(CoefficientPlane[] coefficients, OrientedPicture picture)
    {
        SamplePlane[] planes = [.. _frame.Components.Select(component => new SamplePlane(component, keepsAllRows: false))];
        var assembler = new PictureAssembler(_frame, _markers.FindColorModel(), planes, picture);
        for (int mcuRow = 0; mcuRow < _frame.McuRows; mcuRow++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < planes.Length; i++)
            {
                TransformRow(coefficients[i], planes[i], mcuRow);
            }

            assembler.Advance(mcuRow + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformRow(CoefficientPlane coefficients, SamplePlane plane, int mcuRow)
    {
        var component = plane.Component;
        short[] quantization = component.Quantization!;
        int first = mcuRow * component.VerticalSampling;
        int end = Math.Min(first + component.VerticalSampling, component.BlockRows);
        Span<short> natural = stackalloc short[ZigZag.BlockSize];
        for (int row = first; row < end; row++)
        {
            for (int column = 0; column < component.BlockColumns; column++)
            {
                var block = coefficients.Block(column, row);
                var samples = plane.Block(column, row);
                ulong nonZero = CoefficientPlane.NonZeroMask(block);
                if (nonZero > 1)
                {
                    natural.Clear();
                    CoefficientPlane.Unravel(block, nonZero, natural);
                    InverseDct.Transform(natural, quantization, samples, plane.Stride);
                }
                else
                {
                    InverseDct.TransformDcOnly(block[0], quantization[0], samples, plane.Stride);
                }
            }
        }
    }
}
