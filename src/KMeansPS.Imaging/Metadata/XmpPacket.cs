using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace KMeansPS.Imaging.Metadata;

/// <summary>XMP packets as RDF (ISO 16684-1:2019): what a JPEG holds in two pieces, made one.</summary>
internal static class XmpPacket
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XName HasExtension = XName.Get("HasExtendedXMP", "http://ns.adobe.com/xmp/note/");

    /// <summary>The GUID by which a packet names its extension; null where it names none, or is no packet.</summary>
    internal static string? ExtensionOf(byte[] packet)
    {
        if (Parse(packet) is not { } document)
        {
            return null;
        }

        return document.Descendants().Attributes(HasExtension).FirstOrDefault()?.Value ?? document.Descendants(HasExtension).FirstOrDefault()?.Value;
    }

    /// <summary>The packet with all that its extension says, and without the name of it; null where the extension is no packet.</summary>
    internal static byte[]? WithExtension(byte[] packet, byte[] extension)
    {
        if (Parse(packet) is not { } document || RootOf(document) is not { } root || Parse(extension) is not { } more || RootOf(more) is not { } added)
        {
            return null;
        }

        document.Descendants().Attributes(HasExtension).Remove();
        document.Descendants(HasExtension).Remove();
        root.Add(added.Elements());
        var joined = new MemoryStream();
        using (var writer = XmlWriter.Create(joined, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
        {
            document.Save(writer);
        }

        return joined.ToArray();
    }

    private static XElement? RootOf(XDocument document) => document.Descendants(Rdf + "RDF").FirstOrDefault();

    // No DTD is read, so that no entity can grow.
    private static XDocument? Parse(byte[] packet)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(packet.AsSpan().TrimEnd((byte)0).ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
