using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records;

/// <summary>
/// A version as bytes that two equal versions share and two different ones never do: fields by code, empty ones left out,
/// decimals without trailing zeros, every text behind its length. What is not in it may change without breaking a digest:
/// names, order of fields, types that widen.
/// </summary>
public static class CanonicalForm
{
    /// <summary>Writes ledger, id, state and values.</summary>
    public static void Write(IBufferWriter<byte> to, Ledger ledger, long id, string? state, RecordValues values)
    {
        Text(to, ledger.Code);
        Number(to, id);
        Byte(to, ';');
        Text(to, state ?? "");
        Values(to, values);
    }

    private static void Values(IBufferWriter<byte> to, RecordValues values)
    {
        foreach (var field in values.Fields.ByCode)
        {
            switch (values[field])
            {
                case null:
                    break;
                case IReadOnlyList<RecordValues> { Count: > 0 } lines:
                    Begin(to, field, '[');
                    Number(to, lines.Count);
                    Byte(to, ';');
                    foreach (var line in lines)
                    {
                        Values(to, line);
                        Byte(to, ';');
                    }

                    break;
                case IReadOnlyList<RecordValues>:
                    break;
                case IReadOnlyList<string> chosen:
                    foreach (var value in chosen.Order(StringComparer.Ordinal))
                    {
                        Begin(to, field, '+');
                        Text(to, value);
                    }

                    break;
                case var value:
                    Begin(to, field, '=');
                    Single(to, value);
                    break;
            }
        }
    }

    private static void Single(IBufferWriter<byte> to, object value)
    {
        Span<byte> digits = stackalloc byte[40];
        switch (value)
        {
            case string text:
                Text(to, text);
                break;
            case long number:
                Number(to, number);
                break;
            case decimal number:
                // Dividing by one with 28 digits drops trailing zeros, so that 1.50 and 1.5 read the same.
                Utf8Formatter.TryFormat(number / 1.0000000000000000000000000000m, digits, out var written);
                Bytes(to, digits[..written]);
                break;
            case DateOnly day:
                Number(to, (day.Year * 10000) + (day.Month * 100) + day.Day);
                break;
            case bool yes:
                Byte(to, yes ? '1' : '0');
                break;
            default:
                throw new ArgumentException($"No canonical form of {value.GetType()}.", nameof(value));
        }

        Byte(to, ';');
    }

    private static void Begin(IBufferWriter<byte> to, Field field, char mark)
    {
        Text(to, field.Code);
        Byte(to, mark);
    }

    private static void Text(IBufferWriter<byte> to, string text)
    {
        Number(to, text.Length);
        Byte(to, ':');
        Encoding.UTF8.GetBytes(text, to);
    }

    private static void Number(IBufferWriter<byte> to, long number)
    {
        var span = to.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        to.Advance(written);
    }

    private static void Byte(IBufferWriter<byte> to, char character)
    {
        to.GetSpan(1)[0] = (byte)character;
        to.Advance(1);
    }

    private static void Bytes(IBufferWriter<byte> to, ReadOnlySpan<byte> bytes) => to.Write(bytes);
}
