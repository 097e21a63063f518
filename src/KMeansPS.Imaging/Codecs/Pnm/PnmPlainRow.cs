using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>Reads rows of decimal numbers into the form of raw rows.</summary>
internal static class PnmPlainRow
{
    /// <summary>Reads one row.</summary>
    /// <param name="reader">At the row.</param>
    /// <param name="header">The kind of picture.</param>
    /// <param name="row">The samples in 1 or 2 bytes each; for PBM one byte, 0 or 1.</param>
    internal static void Read(PnmReader reader, PnmHeader header, Span<byte> row)
    {
        if (header.IsBitmap)
        {
            ReadBits(reader, row);
            return;
        }

        for (int i = 0; i < row.Length; i += header.SampleLength)
        {
            int sample = reader.ReadNumber("a sample");
            if (sample > header.MaxValue)
            {
                throw PnmFault.Broken(reader.Position, $"a sample of {sample} is more than the largest of {header.MaxValue}");
            }

            if (header.SampleLength == 1)
            {
                row[i] = (byte)sample;
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(row[i..], (ushort)sample);
            }
        }
    }

    // Digits of PBM may stand with or without space between them.
    private static void ReadBits(PnmReader reader, Span<byte> row)
    {
        foreach (ref byte sample in row)
        {
            int character;
            do
            {
                character = reader.ReadCharacter();
            }
            while (PnmReader.IsSpace(character));

            if (character is not ('0' or '1'))
            {
                throw PnmFault.Broken(reader.Position, character < 0 ? "the file ends within its pixels" : "a sample is neither 0 nor 1");
            }

            sample = (byte)(character - '0');
        }
    }
}
