using System.Buffers.Binary;
using System.Text;

namespace Shizhang.Tests.Sheets;

/// <summary>The smallest compound file with one stream, and the smallest BIFF8 workbook to put in it: the xls of Excel 97.</summary>
internal static class TinyXls
{
    private const int Sector = 512;
    private const uint Free = 0xFFFFFFFF, End = 0xFFFFFFFE, Table = 0xFFFFFFFD;

    /// <summary>A compound file whose only stream has a name; at least 4096 bytes, so that it needs no small sectors.</summary>
    public static byte[] Container(string name, byte[] stream)
    {
        var sectors = Math.Max(8, (stream.Length + Sector - 1) / Sector);
        var file = new byte[Sector * (3 + sectors)];
        byte[] signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(file, 0);
        Short(file, 24, 0x3E);
        Short(file, 26, 3);
        Short(file, 28, 0xFFFE);
        Short(file, 30, 9);
        Short(file, 32, 6);
        Int(file, 44, 1);
        Int(file, 48, 1);
        Int(file, 56, 4096);
        Int(file, 60, End);
        Int(file, 68, End);
        for (var i = 0; i < 109; i++)
        {
            Int(file, 76 + (4 * i), i == 0 ? 0 : Free);
        }

        // Sector 0 is the table of sectors, 1 the directory, the stream follows.
        for (var i = 0; i < Sector / 4; i++)
        {
            Int(file, Sector + (4 * i), i == 0 ? Table : i == 1 ? End : i < 1 + sectors ? (uint)(i + 1) : i == 1 + sectors ? End : Free);
        }

        Entry(file, 2 * Sector, "Root Entry", 5, child: 1, End, 0);
        Entry(file, (2 * Sector) + 128, name, 2, child: Free, 2, sectors * Sector);
        stream.CopyTo(file, 3 * Sector);
        return file;
    }

    /// <summary>A workbook of one sheet with texts and numbers.</summary>
    public static byte[] Workbook(string sheet, params object[][] rows)
    {
        var cells = new List<byte>();
        cells.AddRange(Record(0x0809, [0, 6, 0x10, 0, .. new byte[12]]));
        cells.AddRange(Record(0x0200, [.. Int(0), .. Int(rows.Length), .. Short(0), .. Short(rows.Max(r => r.Length)), 0, 0]));
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < rows[r].Length; c++)
            {
                byte[] at = [.. Short(r), .. Short(c), 0, 0];
                cells.AddRange(rows[r][c] is string text
                    ? Record(0x0204, [.. at, .. Short(text.Length), 1, .. Encoding.Unicode.GetBytes(text)])
                    : Record(0x0203, [.. at, .. BitConverter.GetBytes(Convert.ToDouble(rows[r][c]))]));
            }
        }

        cells.AddRange(Record(0x000A, []));
        byte[] begin = Record(0x0809, [0, 6, 5, 0, .. new byte[12]]);
        byte[] name = [(byte)sheet.Length, 1, .. Encoding.Unicode.GetBytes(sheet)];
        var offset = begin.Length + 4 + 6 + name.Length + 4;
        return Container("Workbook", [.. begin, .. Record(0x0085, [.. Int(offset), 0, 0, .. name]), .. Record(0x000A, []), .. cells]);
    }

    private static byte[] Record(int id, byte[] data) => [.. Short(id), .. Short(data.Length), .. data];

    private static void Entry(byte[] file, int at, string name, byte kind, uint child, uint start, int size)
    {
        Encoding.Unicode.GetBytes(name).CopyTo(file, at);
        Short(file, at + 64, (name.Length + 1) * 2);
        (file[at + 66], file[at + 67]) = (kind, 1);
        Int(file, at + 68, Free);
        Int(file, at + 72, Free);
        Int(file, at + 76, child);
        Int(file, at + 116, start);
        Int(file, at + 120, (uint)size);
    }

    private static byte[] Short(int value) => BitConverter.GetBytes((ushort)value);

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    private static void Short(byte[] file, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);

    private static void Int(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}
