using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Schema;

/// <summary>A table as it should be.</summary>
internal sealed record Table(Identifier Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key);

/// <summary>A column as it should be; <see cref="Origin"/> is the field it keeps, null for the system's own.</summary>
internal sealed record Column(Identifier Name, ColumnKind Kind, int Scale = 0, bool NotNull = false, Field? Origin = null);

/// <summary>An index as it should be.</summary>
internal sealed record TableIndex(Identifier Name, Identifier Table, IReadOnlyList<Identifier> Columns, bool Unique, string Ledger, string? Field);

/// <summary>How a column is kept, whatever the database.</summary>
public enum ColumnKind
{
    Text,
    Integer,
    Decimal,
    Date,
    YesNo,
    Bytes,
}

/// <summary>The tables of a catalog: per ledger the living records, their past, and a child table for each lines and choices field.</summary>
internal static class Tables
{
    public static readonly Identifier Town = Identifier.Of("town");
    public static readonly Identifier Id = Identifier.Of("id");
    public static readonly Identifier Seq = Identifier.Of("_seq");
    public static readonly Identifier Gone = Identifier.Of("_gone");
    public static readonly Identifier State = Identifier.Of("_state");
    public static readonly Identifier Line = Identifier.Of("_line");
    public static readonly Identifier Value = Identifier.Of("value");

    public static ColumnKind KindOf(StorageKind kind) => kind switch
    {
        StorageKind.Integer => ColumnKind.Integer,
        StorageKind.Decimal => ColumnKind.Decimal,
        StorageKind.Date => ColumnKind.Date,
        StorageKind.YesNo => ColumnKind.YesNo,
        _ => ColumnKind.Text,
    };

    /// <summary>The reverse; bytes, which no field has, as text.</summary>
    public static StorageKind StoredAs(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => StorageKind.Integer,
        ColumnKind.Decimal => StorageKind.Decimal,
        ColumnKind.Date => StorageKind.Date,
        ColumnKind.YesNo => StorageKind.YesNo,
        _ => StorageKind.Text,
    };

    public static IEnumerable<Table> Of(Catalog catalog) => SystemTables.All.Concat(catalog.Ledgers.Values.SelectMany(Of));

    public static IEnumerable<Table> Of(Ledger ledger) => Of(
        ledger.Code, ledger.Fields.Columns.Select(Keep), ledger.Fields.Children.Select(f => (f.Code, f.Lines is { } lines ? lines.Columns.Select(Keep) : [new Column(Value, ColumnKind.Text, Origin: f)])));

    /// <summary>The tables of a ledger by the columns of its fields; a child is a lines or choices field.</summary>
    public static IEnumerable<Table> Of(string ledger, IEnumerable<Column> fields, IEnumerable<(string Field, IEnumerable<Column> Values)> children)
    {
        List<Column> system = [new(Town, ColumnKind.Text, NotNull: true), new(Id, ColumnKind.Integer, NotNull: true), new(Seq, ColumnKind.Integer, NotNull: true)];
        List<Column> living = [.. system, new(State, ColumnKind.Text), .. fields];
        yield return new Table(Identifier.Of(ledger), living, ["town", "id"]);
        yield return new Table(Identifier.Past(ledger), [.. living, new(Gone, ColumnKind.Integer, NotNull: true)], ["town", "id", "_seq"]);
        foreach (var (field, values) in children)
        {
            yield return new Table(
                Identifier.Child(ledger, field), [.. system, new(Line, ColumnKind.Integer, NotNull: true), .. values], ["town", "id", "_seq", "_line"]);
        }
    }

    private static Column Keep(Field field) => new(Identifier.Of(field.Code), KindOf(field.Type.Stored), field.Scale, Origin: field);
}

/// <summary>The indexes of a catalog.</summary>
internal static class Indexes
{
    public const string UniquePrefix = "_ux_";
    private const string WorkPrefix = "_ix_";

    public static IEnumerable<TableIndex> Of(Catalog catalog) => SystemTables.Indexes.Concat(catalog.Ledgers.Values.SelectMany(Of));

    private static IEnumerable<TableIndex> Of(Ledger ledger)
    {
        var table = Identifier.Of(ledger.Code);
        var columns = WorkColumns(ledger);
        yield return new TableIndex(
            Identifier.Of($"{WorkPrefix}{ledger.Code}__{Fingerprint(columns)}"), table, [Tables.Town, .. columns, Tables.Id], Unique: false, ledger.Code, Field: null);
        foreach (var field in ledger.Fields.Columns.Where(f => f.Unique))
        {
            yield return new TableIndex(
                Identifier.Of($"{UniquePrefix}{ledger.Code}__{field.Code}"), table, [Tables.Town, Identifier.Of(field.Code)], Unique: true, ledger.Code, field.Code);
        }
    }

    /// <summary>An index for figures and lists, whose columns change with the pack; its name tells its columns.</summary>
    public static bool IsForWork(string index) => index.StartsWith(WorkPrefix, StringComparison.Ordinal) && index.Contains("__", StringComparison.Ordinal);

    private static string Fingerprint(IEnumerable<Identifier> columns) => Core.Sm3.Hex(System.Text.Encoding.UTF8.GetBytes(string.Join(',', columns)))[..8];

    /// <summary>
    /// Date and unit first, then the short fields the indicators ask, then those by which lists are filtered: state, choices and
    /// yes or no. So figures are answered, and what few records of a year fulfil is found, from the index alone.
    /// </summary>
    private static List<Identifier> WorkColumns(Ledger ledger)
    {
        var asked = ledger.Indicators.Select(i => i.Calculation).OfType<Core.Catalogs.Question>()
            .SelectMany(q => new[] { q.Date, q.Lines is null ? q.Field : null, q.From, q.Until }.OfType<Field>().Concat(FilterFields.Of(q.Where)));
        IEnumerable<Identifier> all =
        [
            .. new[] { ledger.Date, ledger.Unit }.Concat(asked.Where(IsShort)).Select(f => Identifier.Of(f.Code)),
            .. ledger.Workflow is null ? Enumerable.Empty<Identifier>() : [Tables.State],
            .. ledger.Fields.Columns.Where(f => f.Type.Code is "choice" or "yes_no").Select(f => Identifier.Of(f.Code)),
        ];
        return [.. all.Distinct().Take(MostColumns)];
    }

    // Databases allow 32 columns an index; beyond a dozen the table itself is as quick.
    private const int MostColumns = 12;

    private static bool IsShort(Field field) => !field.IsChild && field.Type.Code is not ("note" or "text");
}
