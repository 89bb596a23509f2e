using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Imports;

/// <summary>What an import did, would do, or why it did nothing. <see cref="Errors"/> are the first of <see cref="ErrorCount"/>.</summary>
internal sealed record ImportOutcome(string? Refusal)
{
    public string Sheet { get; init; } = "";
    public string? OtherSheets { get; init; }
    public IReadOnlyList<string> Unmatched { get; init; } = [];
    public int Added { get; init; }
    public int Present { get; init; }
    public int Differing { get; init; }
    public IReadOnlyDictionary<SkippedRow, List<int>> Skipped { get; init; } = new Dictionary<SkippedRow, List<int>>();
    public IReadOnlyList<int> Hidden { get; init; } = [];
    public IReadOnlyList<CellRefusal> Errors { get; init; } = [];
    public int ErrorCount { get; init; }
}

/// <summary>How far an import is: rows read of about so many, or records written of so many.</summary>
internal enum ImportStage
{
    Reading,
    Writing,
}

/// <summary>Imports a file into a ledger: read and checked whole, then written in one transaction or not at all.</summary>
internal sealed class ImportWork(Workplace place, TimeProvider clock, Action<ImportStage, int, int> progress)
{
    /// <summary>So many errors are kept; the rest are counted.</summary>
    private const int MostErrors = 10_000;
    private const int RowsPerReport = 1000;

    private readonly List<CellRefusal> _errors = [];
    private int _errorCount;

    public async Task<ImportOutcome> RunAsync(AccessRules access, Actor actor, Ledger ledger, ImportSource source, IReadOnlyDictionary<string, string> byHand, bool isDryRun)
    {
        if (access.RefusalToRecord(ledger) is { } denied)
        {
            return new ImportOutcome(denied);
        }

        var (file, refusal) = ImportFile.Open(source, place.Catalog, ledger, byHand);
        if (file is null)
        {
            return new ImportOutcome(refusal);
        }

        using (file)
        {
            if (file.Unfit is { } unfit)
            {
                return new ImportOutcome(unfit);
            }

            var today = LocalTime.Today(clock);
            var cells = new CellReader(await TownNames.LoadAsync(place, file.Map, access, today), ImportFile.Measures(place.Catalog), today, file.Is1904);
            var rows = new RowReader(ledger, file.Map, cells);
            if (Read(rows, file, out var records) is { } tooMuch)
            {
                return new ImportOutcome(tooMuch);
            }

            CheckUnits(records, ledger, file.Map, access);
            var known = new KnownRecords(place, ledger, file.Map, today);
            foreach (var (record, field, earlier) in known.Repeated(records))
            {
                Add(Refusal(file.Map, record, field.Code, AppText.Of["import_same_as", earlier]));
            }

            var sorted = _errorCount > 0 ? new SortedRecords([], 0, 0) : await known.SortAsync(records);
            var written = _errorCount == 0 && !isDryRun ? await WriteAsync(actor, ledger, sorted.New, file.Map) : 0;
            return new ImportOutcome((string?)null)
            {
                Sheet = file.Sheet,
                OtherSheets = file.OtherSheets,
                Unmatched = file.Map.Unmatched,
                Added = isDryRun ? sorted.New.Count : written,
                Present = sorted.Present,
                Differing = sorted.Differing,
                Skipped = rows.Skipped,
                Hidden = rows.Hidden,
                Errors = [.. _errors.OrderBy(e => e.Row).ThenBy(e => e.Column)],
                ErrorCount = _errorCount,
            };
        }
    }

    private string? Read(RowReader rows, ImportFile file, out List<ImportedRecord> records)
    {
        records = [];
        try
        {
            foreach (var record in rows.Read(file.Rows()))
            {
                foreach (var refusal in record.Refusals)
                {
                    Add(refusal);
                }

                records.Add(record.Values is null ? record with { Refusals = [] } : record);
                if (records.Count % RowsPerReport == 0)
                {
                    progress(ImportStage.Reading, record.Row, Math.Max(record.Row, file.RowCount));
                }
            }
        }
        catch (InvalidDataException)
        {
            return AppText.Of["import_broken_at", file.Map.Row + records.Count];
        }

        progress(ImportStage.Reading, 1, 1);
        return records.Count == 0 ? AppText.Of["import_empty", file.Map.Row] : null;
    }

    // A new unit is recorded by who answers for the one above it.
    private void CheckUnits(List<ImportedRecord> records, Ledger ledger, HeadingMap map, AccessRules access)
    {
        var within = access.UnitsToRecord(ledger);
        var field = ledger.Code == Ledger.UnitCode ? ledger.Fields["parent"] : ledger.Unit;
        foreach (var record in records.Where(r => r.Values is not null && within?.Contains(r.Values[field] as string ?? "") is false))
        {
            Add(Refusal(map, record, field.Code, AppText.Of["import_unit_beyond", access.Account.Display]));
        }
    }

    private async Task<int> WriteAsync(Actor actor, Ledger ledger, IReadOnlyList<ImportedRecord> records, HeadingMap map)
    {
        if (records.Count == 0)
        {
            return 0;
        }

        var writes = records.Select(r => (RecordWrite)new CreateRecord(ledger, r.Values!, ledger.Workflow?.Start)).ToList();
        var outcomes = await place.Store.WriteAsync(place.Town, actor, writes, done => progress(ImportStage.Writing, done, writes.Count));
        progress(ImportStage.Writing, 1, 1);
        for (var i = 0; i < outcomes.Count; i++)
        {
            foreach (var refusal in (outcomes[i] as Refused)?.Refusals ?? [])
            {
                var name = map.ColumnOf(refusal.Path)?.Heading ?? refusal.Path;
                Add(Refusal(map, records[i], refusal.Path, AppText.Of[$"refusal_{refusal.Kind}", name, refusal.Value]));
            }
        }

        return _errorCount > 0 ? 0 : outcomes.Count;
    }

    private static CellRefusal Refusal(HeadingMap map, ImportedRecord record, string path, string sentence)
    {
        var column = map.ColumnOf(path);
        return new CellRefusal(record.Row, column?.Index, column?.Heading ?? path, column is { Lines: null } ? record.Shown(column) : null, sentence);
    }

    private void Add(CellRefusal refusal)
    {
        _errorCount++;
        if (_errors.Count < MostErrors)
        {
            _errors.Add(refusal);
        }
    }
}
