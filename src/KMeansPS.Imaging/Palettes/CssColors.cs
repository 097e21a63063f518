using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Palettes;

/// <summary>The 148 colours that have names in CSS (W3C, 2022, "CSS Color Module Level 4", section 6.1).</summary>
public static class CssColors
{
    // Beyond these digits, two machines might not agree which of two names is nearer.
    private const int Digits = 9;

    private static readonly NamedColor[] Table =
    [
        new("aliceblue", 0xF0F8FF),
        new("antiquewhite", 0xFAEBD7),
        new("aqua", 0x00FFFF),
        new("aquamarine", 0x7FFFD4),
        new("azure", 0xF0FFFF),
        new("beige", 0xF5F5DC),
        new("bisque", 0xFFE4C4),
        new("black", 0x000000),
        new("blanchedalmond", 0xFFEBCD),
        new("blue", 0x0000FF),
        new("blueviolet", 0x8A2BE2),
        new("brown", 0xA52A2A),
        new("burlywood", 0xDEB887),
        new("cadetblue", 0x5F9EA0),
        new("chartreuse", 0x7FFF00),
        new("chocolate", 0xD2691E),
        new("coral", 0xFF7F50),
        new("cornflowerblue", 0x6495ED),
        new("cornsilk", 0xFFF8DC),
        new("crimson", 0xDC143C),
        new("cyan", 0x00FFFF),
        new("darkblue", 0x00008B),
        new("darkcyan", 0x008B8B),
        new("darkgoldenrod", 0xB8860B),
        new("darkgray", 0xA9A9A9),
        new("darkgreen", 0x006400),
        new("darkgrey", 0xA9A9A9),
        new("darkkhaki", 0xBDB76B),
        new("darkmagenta", 0x8B008B),
        new("darkolivegreen", 0x556B2F),
        new("darkorange", 0xFF8C00),
        new("darkorchid", 0x9932CC),
        new("darkred", 0x8B0000),
        new("darksalmon", 0xE9967A),
        new("darkseagreen", 0x8FBC8F),
        new("darkslateblue", 0x483D8B),
        new("darkslategray", 0x2F4F4F),
        new("darkslategrey", 0x2F4F4F),
        new("darkturquoise", 0x00CED1),
        new("darkviolet", 0x9400D3),
        new("deeppink", 0xFF1493),
        new("deepskyblue", 0x00BFFF),
        new("dimgray", 0x696969),
        new("dimgrey", 0x696969),
        new("dodgerblue", 0x1E90FF),
        new("firebrick", 0xB22222),
        new("floralwhite", 0xFFFAF0),
        new("forestgreen", 0x228B22),
        new("fuchsia", 0xFF00FF),
        new("gainsboro", 0xDCDCDC),
        new("ghostwhite", 0xF8F8FF),
        new("gold", 0xFFD700),
        new("goldenrod", 0xDAA520),
        new("gray", 0x808080),
        new("green", 0x008000),
        new("greenyellow", 0xADFF2F),
        new("grey", 0x808080),
        new("honeydew", 0xF0FFF0),
        new("hotpink", 0xFF69B4),
        new("indianred", 0xCD5C5C),
        new("indigo", 0x4B0082),
        new("ivory", 0xFFFFF0),
        new("khaki", 0xF0E68C),
        new("lavender", 0xE6E6FA),
        new("lavenderblush", 0xFFF0F5),
        new("lawngreen", 0x7CFC00),
        new("lemonchiffon", 0xFFFACD),
        new("lightblue", 0xADD8E6),
        new("lightcoral", 0xF08080),
        new("lightcyan", 0xE0FFFF),
        new("lightgoldenrodyellow", 0xFAFAD2),
        new("lightgray", 0xD3D3D3),
        new("lightgreen", 0x90EE90),
        new("lightgrey", 0xD3D3D3),
        new("lightpink", 0xFFB6C1),
        new("lightsalmon", 0xFFA07A),
        new("lightseagreen", 0x20B2AA),
        new("lightskyblue", 0x87CEFA),
        new("lightslategray", 0x778899),
        new("lightslategrey", 0x778899),
        new("lightsteelblue", 0xB0C4DE),
        new("lightyellow", 0xFFFFE0),
        new("lime", 0x00FF00),
        new("limegreen", 0x32CD32),
        new("linen", 0xFAF0E6),
        new("magenta", 0xFF00FF),
        new("maroon", 0x800000),
        new("mediumaquamarine", 0x66CDAA),
        new("mediumblue", 0x0000CD),
        new("mediumorchid", 0xBA55D3),
        new("mediumpurple", 0x9370DB),
        new("mediumseagreen", 0x3CB371),
        new("mediumslateblue", 0x7B68EE),
        new("mediumspringgreen", 0x00FA9A),
        new("mediumturquoise", 0x48D1CC),
        new("mediumvioletred", 0xC71585),
        new("midnightblue", 0x191970),
        new("mintcream", 0xF5FFFA),
        new("mistyrose", 0xFFE4E1),
        new("moccasin", 0xFFE4B5),
        new("navajowhite", 0xFFDEAD),
        new("navy", 0x000080),
        new("oldlace", 0xFDF5E6),
        new("olive", 0x808000),
        new("olivedrab", 0x6B8E23),
        new("orange", 0xFFA500),
        new("orangered", 0xFF4500),
        new("orchid", 0xDA70D6),
        new("palegoldenrod", 0xEEE8AA),
        new("palegreen", 0x98FB98),
        new("paleturquoise", 0xAFEEEE),
        new("palevioletred", 0xDB7093),
        new("papayawhip", 0xFFEFD5),
        new("peachpuff", 0xFFDAB9),
        new("peru", 0xCD853F),
        new("pink", 0xFFC0CB),
        new("plum", 0xDDA0DD),
        new("powderblue", 0xB0E0E6),
        new("purple", 0x800080),
        new("rebeccapurple", 0x663399),
        new("red", 0xFF0000),
        new("rosybrown", 0xBC8F8F),
        new("royalblue", 0x4169E1),
        new("saddlebrown", 0x8B4513),
        new("salmon", 0xFA8072),
        new("sandybrown", 0xF4A460),
        new("seagreen", 0x2E8B57),
        new("seashell", 0xFFF5EE),
        new("sienna", 0xA0522D),
        new("silver", 0xC0C0C0),
        new("skyblue", 0x87CEEB),
        new("slateblue", 0x6A5ACD),
        new("slategray", 0x708090),
        new("slategrey", 0x708090),
        new("snow", 0xFFFAFA),
        new("springgreen", 0x00FF7F),
        new("steelblue", 0x4682B4),
        new("tan", 0xD2B48C),
        new("teal", 0x008080),
        new("thistle", 0xD8BFD8),
        new("tomato", 0xFF6347),
        new("turquoise", 0x40E0D0),
        new("violet", 0xEE82EE),
        new("wheat", 0xF5DEB3),
        new("white", 0xFFFFFF),
        new("whitesmoke", 0xF5F5F5),
        new("yellow", 0xFFFF00),
        new("yellowgreen", 0x9ACD32),
    ];

    /// <summary>All names with their colours, in the order of the alphabet.</summary>
    public static IReadOnlyDictionary<string, Rgba> All { get; } = Table.ToDictionary(static named => named.Name, static named => named.Color);

    /// <summary>The name whose colour looks most like another, by CIEDE2000; of two names for one colour the first in the alphabet.</summary>
    /// <param name="color">Any colour; alpha counts only where it is 0, which is <c>transparent</c>.</param>
    public static string NearestName(Rgba color)
    {
        if (color.A == 0)
        {
            return "transparent";
        }

        var lab = Lab.Of(color);
        return Table.MinBy(named => Math.Round(Ciede2000.Difference(lab, named.Lab), Digits))!.Name;
    }

    private sealed record NamedColor(string Name, Rgba Color, Lab Lab)
    {
        internal NamedColor(string name, int rgb)
            : this(name, new Rgba((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb))
        {
        }

        private NamedColor(string name, Rgba color)
            : this(name, color, Lab.Of(color))
        {
        }
    }
}
