using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Storage;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Exports;

/// <summary>What is asked of an export: all columns of a ledger, some by name, or those of a list of the pack.</summary>
internal sealed record AskedExport(Ledger Ledger, bool IsCsv)
{
    /// <summary>In the filter language; null for all.</summary>
    public string? Where { get; init; }

    public string? Columns { get; init; }

    public Sheet? Sheet { get; init; }

    /// <summary>Personal facts in clear, and why; null for masked.</summary>
    public AskedClear? Clear { get; init; }

    /// <summary>What a page asks besides: the unit and the period it shows.</summary>
    public Filter? Also { get; init; }
}

/// <summary>Who wants personal facts in clear, and why; <see cref="Within"/> says what <see cref="AskedExport.Also"/> asks.</summary>
internal sealed record AskedClear(Actor Actor, string? Reason, string? Within = null);

/// <summary>
/// Writes the records of a ledger as a spreadsheet, a page at a time: as filtered, at the units the account reaches, personal facts
/// masked unless clear ones were asked for with a reason by who may see them; that is journalled before anything is written.
/// </summary>
internal sealed class ExportWork(Workplace place, TimeProvider clock)
{
    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".xlsx" || IsCsv(path);

    public static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>The number of records written, or why none were; then no file is left behind.</summary>
    public async Task<(long? Records, string? Refusal)> RunAsync(AccessRules access, AskedExport asked, string path, Action<long> progress)
    {
        var (export, refusal) = await PrepareAsync(access, asked);
        if (export is null)
        {
            return (null, refusal);
        }

        var part = path + ".part";
        try
        {
            long written;
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                written = await export.WriteAsync(file, progress);
            }

            File.Move(part, path, overwrite: true);
            return (written, null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>An export that can be written at once, or why it cannot.</summary>
    public async Task<(PreparedExport? Export, string? Refusal)> PrepareAsync(AccessRules access, AskedExport asked)
    {
        var ledger = asked.Ledger;
        if (access.RefusalToRead(ledger) is { } denied)
        {
            return (null, denied);
        }

        var (filter, refusal) = asked.Where is null ? default : new FilterReader(ledger.Fields, ledger.Workflow?.States).Read(asked.Where);
        refusal ??= access.RefusalToFilter(ledger, filter) ?? (asked.Clear is { } wanted ? access.RefusalToShowSome(ledger, wanted.Reason) : null);
        var (columns, unknown) = asked.Sheet is { } sheet ? (LedgerColumn.Of(sheet), null)
            : asked.Columns is { } named ? LedgerColumn.Named(ledger, named)
            : (LedgerColumn.Of(ledger), null);
        if (refusal is not null || unknown is not null)
        {
            return (null, refusal ?? AppText.Of["export_no_column", ledger.Name, unknown]);
        }

        var (today, within) = (LocalTime.Today(clock), Within(filter, asked, access));
        if (asked.Clear is { } clear)
        {
            var rows = await new RecordPager(place.Store).CountAsync(place.Town, new PageRequest(ledger, today) { Where = within }, int.MaxValue);

            // The journal holds no values: a filter by a personal fact is named, not quoted.
            var by = asked.Where is null ? null : FilterFields.Everywhere(filter).Any(f => f.Personal) ? AppText.Of["export_clear_by_fact"] : asked.Where;
            var which = string.Join(" · ", new[] { clear.Within, by }.OfType<string>().DefaultIfEmpty(AppText.Of["export_clear_all"]));
            await new Disclosure(place.Store).WriteAsync(place.Town, clear.Actor, ledger, null, AppText.Of["export_clear_said", rows, which, clear.Reason!.Trim()]);
        }

        return (new PreparedExport(place, asked, columns, await CellPrinter.LoadAsync(place, columns, access.Tree, today), within, today, access.UnitsToShow(ledger)), null);
    }

    /// <summary>What was asked, at the units the account reads, without what is kept from it.</summary>
    private static Filter? Within(Filter? filter, AskedExport asked, AccessRules access)
    {
        var within = access.Units(asked.Ledger) is { } units ? new In(new FieldOperand(asked.Ledger.Unit), [.. units.Select(u => new Literal(u))], Negated: false) : null;
        return new[] { filter, asked.Also, within, access.Visible(asked.Ledger) }.OfType<Filter>().Aggregate((Filter?)null, (all, one) => all is null ? one : new And(all, one));
    }
}

/// <summary>An export that was checked and only has to be written.</summary>
internal sealed class PreparedExport(Workplace place, AskedExport asked, IReadOnlyList<LedgerColumn> columns, CellPrinter printer, Filter? where, DateOnly today, IReadOnlySet<string>? clearUnits)
{
    public string FileName => $"{RecordSheet.NameOf(asked)}.{(asked.IsCsv ? "csv" : "xlsx")}";

    /// <summary>Writes everything and says how many records it was.</summary>
    public async Task<long> WriteAsync(Stream to, Action<long>? progress = null)
    {
        var written = 0L;
        using var sheet = RecordSheet.Create(to, asked, columns, printer);
        await new RecordArchive(place.Store).StreamAsync(place.Town, asked.Ledger, today, where, some =>
        {
            foreach (var record in some)
            {
                sheet.Write(record, asked.Clear is not null && clearUnits?.Contains((string?)record.Values[asked.Ledger.Unit] ?? "") is not false);
            }

            written += some.Count;
            progress?.Invoke(written);
            return Task.CompletedTask;
        });
        return written;
    }
}
