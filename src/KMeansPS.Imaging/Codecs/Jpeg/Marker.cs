namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The second bytes of the markers (ITU-T T.81, table B.1); the first is always 0xFF.</summary>
internal static class Marker
{
    internal const byte Prefix = 0xFF;
    internal const byte TEM = 0x01;
    internal const byte SOF0 = 0xC0;
    internal const byte SOF1 = 0xC1;
    internal const byte SOF2 = 0xC2;
    internal const byte DHT = 0xC4;
    internal const byte JPG = 0xC8;
    internal const byte DAC = 0xCC;
    internal const byte SOF15 = 0xCF;
    internal const byte RST0 = 0xD0;
    internal const byte RST7 = 0xD7;
    internal const byte SOI = 0xD8;
    internal const byte EOI = 0xD9;
    internal const byte SOS = 0xDA;
    internal const byte DQT = 0xDB;
    internal const byte DNL = 0xDC;
    internal const byte DRI = 0xDD;
    internal const byte DHP = 0xDE;
    internal const byte APP0 = 0xE0;
    internal const byte APP1 = 0xE1;
    internal const byte APP2 = 0xE2;
    internal const byte APP14 = 0xEE;
    internal const byte COM = 0xFE;

    internal static bool IsRestart(byte marker) => marker is >= RST0 and <= RST7;

    internal static bool IsFrameHeader(byte marker) => marker is >= SOF0 and <= SOF15 and not (DHT or JPG or DAC);

    internal static string NameOf(byte marker) => marker switch
    {
        DHT => nameof(DHT),
        DAC => nameof(DAC),
        SOI => nameof(SOI),
        EOI => nameof(EOI),
        SOS => nameof(SOS),
        DQT => nameof(DQT),
        DNL => nameof(DNL),
        DRI => nameof(DRI),
        DHP => nameof(DHP),
        COM => nameof(COM),
        >= RST0 and <= RST7 => $"RST{marker - RST0}",
        >= 0xE0 and <= 0xEF => $"APP{marker - APP0}",
        _ when IsFrameHeader(marker) => $"SOF{marker - SOF0}",
        _ => $"0x{marker:X2}",
    };
}
