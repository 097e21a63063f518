using System.Globalization;
using System.Text;

namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>The head of a PAM file: lines of a name and a value (Netpbm, pam(5)).</summary>
internal static class PamHeader
{
    private const int LongestLine = 1024;

    /// <summary>Reads the lines up to ENDHDR.</summary>
    /// <param name="reader">Behind the signature P7.</param>
    internal static PnmHeader Read(PnmReader reader)
    {
        int next = reader.ReadByte();
        if (next == ' ')
        {
            throw PnmFault.Unsupported(0, "thumbnails of XV (P7 332) are not read");
        }

        if (next is not ('\n' or '\r'))
        {
            throw PnmFault.Broken(reader.Position, next < 0 ? "the file ends within its header" : "no line end follows the signature");
        }

        int? width = null, height = null, depth = null, max = null;
        string tupleType = "";
        while (true)
        {
            long offset = reader.Position;
            string line = ReadLine(reader);
            int space = line.IndexOfAny([' ', '\t']);
            string name = space < 0 ? line : line[..space];
            string value = space < 0 ? "" : line[space..].Trim();
            switch (name)
            {
                case "" or ['#', ..]:
                    break;
                case "WIDTH":
                    width = Number(value, name, offset);
                    break;
                case "HEIGHT":
                    height = Number(value, name, offset);
                    break;
                case "DEPTH":
                    depth = Number(value, name, offset);
                    break;
                case "MAXVAL":
                    max = Number(value, name, offset);
                    break;
                case "TUPLTYPE":
                    tupleType = tupleType.Length == 0 ? value : $"{tupleType} {value}";
                    break;
                case "ENDHDR":
                    int channels = Channels(tupleType, Given(depth, "DEPTH", offset), offset);
                    var header = new PnmHeader(Given(width, "WIDTH", offset), Given(height, "HEIGHT", offset), channels, Given(max, "MAXVAL", offset), false, false);
                    return PnmHeader.Checked(header, reader);
                default:
                    throw PnmFault.Broken(offset, "a line of the header has an unknown name");
            }
        }
    }

    private static string ReadLine(PnmReader reader)
    {
        var line = new StringBuilder();
        for (int character = reader.ReadByte(); character != '\n'; character = reader.ReadByte())
        {
            if (character < 0)
            {
                throw PnmFault.Broken(reader.Position, "the file ends within its header");
            }

            if (line.Length == LongestLine)
            {
                throw PnmFault.Broken(reader.Position, $"a line of the header is longer than {LongestLine} characters");
            }

            line.Append((char)character);
        }

        return line.ToString().Trim();
    }

    private static int Number(string value, string name, long offset) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw PnmFault.Broken(offset, $"{name} is not a decimal number");

    private static int Given(int? value, string name, long offset) =>
        value ?? throw PnmFault.Broken(offset, $"the header has no {name}");

    // Without a tuple type, as old writers leave it out, the depth tells the kind.
    private static int Channels(string tupleType, int depth, long offset)
    {
        int channels = tupleType switch
        {
            "" when depth is >= 1 and <= 4 => depth,
            "BLACKANDWHITE" or "GRAYSCALE" => 1,
            "BLACKANDWHITE_ALPHA" or "GRAYSCALE_ALPHA" => 2,
            "RGB" => 3,
            "RGB_ALPHA" => 4,
            _ => throw PnmFault.Unsupported(offset, $"a tuple type other than black and white, grey or RGB, of depth {depth}, is not read"),
        };
        return channels == depth ? channels : throw PnmFault.Broken(offset, $"the tuple type {tupleType} does not have the depth {depth}");
    }
}
