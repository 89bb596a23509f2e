using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;

namespace Shizhang.Tests.Workflows;

/// <summary>The township pack of the repository, with its own calendar, and short ways to ask it.</summary>
internal static class Township
{
    public static Core.Catalogs.Catalog Catalog { get; } = Load();

    public static WorkCalendar Calendar { get; } = new(Catalog.Calendar);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Values of a record as they are stored: days by their text, whole numbers, and lines as lists of values.</summary>
    public static RecordValues Values(string ledger, params ReadOnlySpan<(string Field, object? Value)> given) => Fill(Catalog.Ledgers[ledger].Fields, given);

    /// <summary>A line of a lines field.</summary>
    public static RecordValues Line(string ledger, string lines, params ReadOnlySpan<(string Field, object? Value)> given) => Fill(Catalog.Ledgers[ledger].Fields[lines].Lines!, given);

    /// <summary>The last day of a deadline whose event was on a day; null when no limit was in force.</summary>
    public static string? Due(string ledger, string deadline, string begun, params ReadOnlySpan<(string Field, object? Value)> also)
    {
        var limit = Catalog.Deadlines[deadline];
        var values = Values(ledger, also);
        values[limit.From] = Day(begun);
        return Clock.DueOf(limit, values, null, Calendar)?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>What is missing when the right role takes a step on a day, with papers and a reason.</summary>
    public static IReadOnlyList<MissingCondition> Missing(string ledger, string step, RecordValues values, string today, string? role = null, string? reason = "因为", params IReadOnlyList<Taken> past)
    {
        var found = Catalog.Ledgers[ledger].Workflow!.Steps[step];
        var taker = new Taker("taker", 7, [role ?? found.By[0]]);
        var request = new StepRequest(Catalog.Ledgers[ledger], found, found.From[0], values, past, taker, Day(today)) { Evidence = found.Evidence, Reason = reason };
        return WorkflowEngine.Missing(request, Catalog, Calendar);
    }

    /// <summary>The kinds of what is missing, fields by their code.</summary>
    public static string Kinds(IReadOnlyList<MissingCondition> missing) => string.Join(' ', missing.Select(m => m.Path is null ? $"{m.Kind}" : $"{m.Kind}:{m.Path}"));

    public static bool Holds(Filter filter, RecordValues values, string? state = null) => new FilterTest(values, state, Day("2023-07-01")).Holds(filter);

    private static RecordValues Fill(FieldSet fields, ReadOnlySpan<(string Field, object? Value)> given)
    {
        var values = new RecordValues(fields);
        foreach (var (field, value) in given)
        {
            values[field] = value switch
            {
                int whole => (long)whole,
                string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => day,
                _ => value,
            };
        }

        return values;
    }

    private static Core.Catalogs.Catalog Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        var (files, refusal) = PackFiles.Read(Path.Combine(folder.FullName, "packs", "township"));
        Assert.True(files is not null, refusal);
        var (catalog, errors) = PackReader.Read(files);
        Assert.True(catalog is not null, string.Join('\n', errors));
        return catalog;
    }
}
