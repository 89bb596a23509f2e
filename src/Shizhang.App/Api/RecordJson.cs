using System.Text.Encodings.Web;
using System.Text.Json;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Api;

/// <summary>
/// Records as programs read them, one shape everywhere: numbers exact, days as ISO dates, references as ids, lines as arrays,
/// personal facts masked whatever the role. Names of the system begin with <c>_</c>.
/// </summary>
internal static class RecordJson
{
    public const string Id = "_id";
    public const string Version = "_version";
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names of a record: those of the system, then its fields.</summary>
    public static IEnumerable<string> NamesOf(Ledger ledger) => [Id, Version, .. ledger.Workflow is null ? (string[])[] : [StateOperand.Name], .. ledger.Fields.Select(f => f.Code)];

    /// <summary>Writes a record; <paramref name="select"/> names what is wanted, null is all.</summary>
    public static void Write(Utf8JsonWriter json, StoredRecord record, IReadOnlySet<string>? select = null)
    {
        json.WriteStartObject();
        if (select?.Contains(Id) is not false)
        {
            json.WriteNumber(Id, record.Id);
        }

        if (select?.Contains(Version) is not false)
        {
            json.WriteNumber(Version, record.Version);
        }

        if (record.Ledger.Workflow is not null && select?.Contains(StateOperand.Name) is not false)
        {
            json.WriteString(StateOperand.Name, record.State);
        }

        WriteFields(json, record.Values, select);
        json.WriteEndObject();
    }

    public static byte[] Bytes(StoredRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Write(json, record);
        }

        return bytes.ToArray();
    }

    public static void WriteValue(Utf8JsonWriter json, Field? field, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case IReadOnlyList<string> chosen:
                json.WriteStartArray();
                foreach (var one in chosen)
                {
                    json.WriteStringValue(field!.Personal ? Masking.Mask(field, one) : one);
                }

                json.WriteEndArray();
                break;
            case var _ when field?.Personal is true:
                json.WriteStringValue(Masking.Mask(field, value));
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd"));
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    private static void WriteFields(Utf8JsonWriter json, RecordValues values, IReadOnlySet<string>? select)
    {
        foreach (var field in values.Fields.Where(f => select?.Contains(f.Code) is not false))
        {
            json.WritePropertyName(field.Code);
            if (field.IsLines)
            {
                json.WriteStartArray();
                foreach (var line in values.LinesOf(field))
                {
                    json.WriteStartObject();
                    WriteFields(json, line, null);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
            else
            {
                WriteValue(json, field, field.IsChild ? values.ChosenOf(field) : values[field]);
            }
        }
    }
}
