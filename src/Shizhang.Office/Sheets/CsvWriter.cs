using System.Globalization;
using System.Text;

namespace Shizhang.Office.Sheets;

/// <summary>Writes a csv row by row: UTF-8 with a BOM, so that Excel reads the Chinese.</summary>
public sealed class CsvWriter : IDisposable
{
    private readonly StreamWriter _to;

    public CsvWriter(Stream to, IEnumerable<string> headings)
    {
        _to = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        Row(headings);
    }

    public void Write(IEnumerable<IEnumerable<object?>> rows)
    {
        foreach (var row in rows)
        {
            Row(row.Select(Print));
        }
    }

    public void Dispose() => _to.Dispose();

    private void Row(IEnumerable<string> fields) => _to.Write(string.Join(',', fields.Select(CsvText.Field)) + "\r\n");

    private static string Print(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
