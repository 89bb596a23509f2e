using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shizhang.App.Texts;
using Shizhang.Office.Sheets;
using Spectre.Console;

namespace Shizhang.App.Cli;

/// <summary>A column of a list that a command prints; without <paramref name="Heading"/> it is for machines only.</summary>
internal sealed record Column<T>(string Code, string? Heading, Func<T, object?> Value);

/// <summary>A value that people read otherwise than machines do.</summary>
internal sealed record Shown(decimal Exact, string Text);

/// <summary>A code for machines, its name for people.</summary>
internal sealed record Coded(string Code, string Name);

/// <summary><c>--format table|json|csv</c> of every list command. JSON is an array; CSV has a BOM, so that Excel reads the Chinese.</summary>
internal sealed class RowFormat
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _name;

    private RowFormat(string name) => _name = name;

    public static RowFormat Table { get; } = new("table");

    public static RowFormat Csv { get; } = new("csv");

    /// <summary>As help shows the default.</summary>
    public override string ToString() => _name;

    public static Option<RowFormat> Option()
    {
        var option = new Option<RowFormat>("--format")
        {
            Description = AppText.Of["option_format"],
            HelpName = "table|json|csv",
            DefaultValueFactory = _ => new RowFormat("table"),
            CustomParser = result =>
            {
                var name = result.Tokens[0].Value;
                if (name is not ("table" or "json" or "csv"))
                {
                    result.AddError(AppText.Of["bad_format", name]);
                }

                return new RowFormat(name);
            },
        };
        return option;
    }

    public void Write<T>(IReadOnlyList<Column<T>> columns, IReadOnlyCollection<T> rows, TextWriter to)
    {
        switch (_name)
        {
            case "json":
                WriteJson(columns, rows);
                break;
            case "csv":
                WriteCsv(columns, rows, to);
                break;
            default:
                WriteTable(columns, rows);
                break;
        }
    }

    private static void WriteJson<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, Json))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var column in columns)
                {
                    json.WritePropertyName(column.Code);
                    Write(json, column.Value(row));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        stdout.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case Shown shown:
                json.WriteNumberValue(Plain(shown.Exact));
                break;
            case decimal number:
                json.WriteNumberValue(Plain(number));
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case IEnumerable<object> many:
                json.WriteStartArray();
                foreach (var one in many)
                {
                    Write(json, one);
                }

                json.WriteEndArray();
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            default:
                json.WriteStringValue(Print(value));
                break;
        }
    }

    private static void WriteCsv<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, TextWriter to)
    {
        to.Write('\uFEFF');
        to.Write(string.Join(',', columns.Select(c => c.Code)) + "\r\n");
        foreach (var row in rows)
        {
            to.Write(string.Join(',', columns.Select(c => CsvText.Field(c.Value(row) is Shown shown ? Print(shown.Exact) : Print(c.Value(row))))) + "\r\n");
        }
    }

    private static void WriteTable<T>(IReadOnlyList<Column<T>> columns, IReadOnlyCollection<T> rows)
    {
        var shown = columns.Where(c => c.Heading is not null).ToList();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in shown)
        {
            var isNumber = rows.Select(column.Value).FirstOrDefault(v => v is not null) is Shown or decimal or long;
            table.AddColumn(new TableColumn(Markup.Escape(column.Heading!)) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = rows.Count > 0 });
        }

        foreach (var row in rows)
        {
            table.AddRow(shown.Select(c => new Spectre.Console.Text(Read(c.Value(row)))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 200;
        }

        console.Write(table);
    }

    private static string Read(object? value) => value switch
    {
        Shown shown => shown.Text,
        Coded coded => coded.Name,
        IEnumerable<object> many => string.Join('；', many.Select(Read)),
        _ => Print(value),
    };

    private static string Print(object? value) => value switch
    {
        null => "",
        Coded coded => coded.Code,
        IEnumerable<object> many => string.Join(';', many.Select(Print)),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        decimal number => Plain(number).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // 98.40 and 98.4 are the same figure.
    private static decimal Plain(decimal number) => number / 1.000000000000000000000000000000m;
}
