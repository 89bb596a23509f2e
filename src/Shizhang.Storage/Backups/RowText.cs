using System.Buffers;
using System.Data.Common;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Backups;

/// <summary>Rows as JSON arrays, one a line: the same from every database, and readable without this program.</summary>
internal sealed class RowText(IReadOnlyList<Column> columns) : IDisposable
{
    private const int FlushAt = 64 * 1024;
    private const int MostLine = 128 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Adds the row the reader stands on; long enough a buffer goes to the stream.</summary>
    public void Write(Stream to, Dialect dialect, DbDataReader reader)
    {
        _json.Reset(_buffer);
        _json.WriteStartArray();
        for (var i = 0; i < columns.Count; i++)
        {
            Write(columns[i].Kind == ColumnKind.Bytes ? (reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i)) : dialect.FromDatabase(reader, i, Tables.StoredAs(columns[i].Kind), columns[i].Scale));
        }

        _json.WriteEndArray();
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount > FlushAt)
        {
            Flush(to);
        }
    }

    public void Flush(Stream to)
    {
        to.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    /// <summary>The rows of a stream as they come; what is no such row is an <see cref="InvalidDataException"/> or <see cref="JsonException"/>.</summary>
    public static async IAsyncEnumerable<object?[]> ReadAsync(Stream from, IReadOnlyList<Column> columns)
    {
        var pipe = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: FlushAt, leaveOpen: true));
        while (true)
        {
            var result = await pipe.ReadAsync();
            var rest = result.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return Parse(rest.Slice(0, end), columns);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MostLine || (result.IsCompleted && !rest.IsEmpty))
            {
                throw new InvalidDataException("A row without an end.");
            }

            pipe.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                await pipe.CompleteAsync();
                yield break;
            }
        }
    }

    public void Dispose() => _json.Dispose();

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case long number:
                _json.WriteNumberValue(number);
                break;
            case decimal number:
                _json.WriteNumberValue(number);
                break;
            case bool yes:
                _json.WriteBooleanValue(yes);
                break;
            case byte[] bytes:
                _json.WriteBase64StringValue(bytes);
                break;
            case DateOnly day:
                _json.WriteStringValue(day.ToString("yyyy-MM-dd"));
                break;
            default:
                _json.WriteStringValue((string)value);
                break;
        }
    }

    private static object?[] Parse(ReadOnlySequence<byte> line, IReadOnlyList<Column> columns)
    {
        var json = new Utf8JsonReader(line);
        var row = new object?[columns.Count];
        var isRow = json.Read() && json.TokenType == JsonTokenType.StartArray;
        for (var i = 0; isRow && i < row.Length; i++)
        {
            isRow = json.Read() && json.TokenType is not (JsonTokenType.EndArray or JsonTokenType.StartArray or JsonTokenType.StartObject);
            row[i] = !isRow || json.TokenType == JsonTokenType.Null ? null : Value(ref json, columns[i].Kind);
        }

        return isRow && json.Read() && json.TokenType == JsonTokenType.EndArray ? row : throw new InvalidDataException("Not a row.");
    }

    private static object Value(ref Utf8JsonReader json, ColumnKind kind)
    {
        try
        {
            return kind switch
            {
                ColumnKind.Integer => json.GetInt64(),
                ColumnKind.Decimal => json.GetDecimal(),
                ColumnKind.YesNo => json.GetBoolean(),
                ColumnKind.Bytes => json.GetBytesFromBase64(),
                ColumnKind.Date => DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd"),
                _ => json.GetString()!,
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("Not a value of its column.", e);
        }
    }
}
