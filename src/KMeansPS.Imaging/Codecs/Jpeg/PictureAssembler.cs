using KMeansPS.Imaging.Codecs.Exif;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Turns decoded samples into rows of the picture as soon as what they need is there.</summary>
internal sealed class PictureAssembler
{
    private readonly FrameHeader _frame;
    private readonly ColorModel _model;
    private readonly OrientedPicture _picture;
    private readonly Upsampler[] _upsamplers;
    private readonly int _lag;
    private int _nextRow;

    internal PictureAssembler(FrameHeader frame, ColorModel model, SamplePlane[] planes, OrientedPicture picture)
    {
        _frame = frame;
        _model = model;
        _picture = picture;
        _upsamplers = [.. planes.Select(plane => new Upsampler(frame, plane))];
        _lag = _upsamplers.Max(upsampler => upsampler.Lag);
    }

    /// <summary>Writes all rows that can be written.</summary>
    /// <param name="mcuRows">How many rows of MCUs are decoded.</param>
    internal void Advance(int mcuRows)
    {
        int end = mcuRows >= _frame.McuRows ? _frame.Height : (mcuRows * 8 * _frame.MaxVerticalSampling) - _lag;
        for (; _nextRow < end; _nextRow++)
        {
            Convert(_nextRow, _picture.BeginRow(_nextRow));
            _picture.EndRow(_nextRow);
        }
    }

    private void Convert(int y, Span<uint> pixels)
    {
        var first = _upsamplers[0].Row(y);
        if (_model == ColorModel.Gray)
        {
            ColorConverter.GrayToRgba(first, pixels);
            return;
        }

        var second = _upsamplers[1].Row(y);
        var third = _upsamplers[2].Row(y);
        if (_model is ColorModel.YCbCr or ColorModel.Ycck)
        {
            ColorConverter.YCbCrToRgba(first, second, third, pixels);
        }
        else
        {
            ColorConverter.RgbToRgba(first, second, third, pixels);
        }

        if (_model is ColorModel.Cmyk or ColorModel.Ycck)
        {
            ColorConverter.MultiplyByBlack(_upsamplers[3].Row(y), pixels, isInverted: _model == ColorModel.Ycck);
        }
    }
}
