using System.Text;
using System.Text.RegularExpressions;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Reports;
using Shizhang.Storage;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Issues;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Reports;

/// <summary>Issues reports and recounts them.</summary>
internal static partial class IssueWork
{
    /// <summary>The report with the document number it is issued under, or why that is none; without one the template's stays.</summary>
    public static async Task<(ReportDocument? Document, string? Refusal)> NumberedAsync(Workplace workplace, ReportDocument report, string? number) =>
        string.IsNullOrWhiteSpace(number) ? (report, null)
        : !DocumentNumber().IsMatch(number.Trim()) ? (null, AppText.Of["issue_number_bad", number.Trim()])
        : await new IssueArchive(workplace.Store).UnderAsync(workplace.Town, number.Trim()) is { } other ? (null, AppText.Of["issue_number_taken", number.Trim(), other])
        : (report with { Formalities = report.Formalities with { Number = number.Trim() } }, null);

    /// <summary>Freezes a computed report; its ISSUE id.</summary>
    public static async Task<string> IssueAsync(Workplace workplace, Actor actor, ReportTemplate template, ReportDocument report, FigureScope scope, TimeProvider clock)
    {
        var figures = new List<IssuedFigure>();
        foreach (var figure in report.Figures.Select(f => f.Figure).DistinctBy(f => f.Indicator.Code))
        {
            figures.Add(await FrozenAsync(workplace, scope, figure));
        }

        var issued = new IssuedReport(
            template.Code, report.Title, workplace.Town, scope.Unit, scope.Period.From, scope.Period.To, scope.AsOf, await HashAsync(workplace, scope.AsOf),
            clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:sszzz"), actor.Name, workplace.Catalog.Digest, Sentences.Of(report), figures,
            report.Formalities with { Date = LocalTime.Today(clock) });
        return await new IssueArchive(workplace.Store).AddAsync(workplace.Town, actor, issued);
    }

    /// <summary>The hash of a journal line, which a report issued at it prints.</summary>
    public static async Task<string> HashAsync(Workplace workplace, long number) => Convert.ToHexStringLower(
        await new JournalReader(workplace.Store.Database).LinesAsync(workplace.Town, number - 1, 1) is [var line] ? line.Hash : JournalLine.Origin);

    /// <summary>A digest of every word of a report, so that what is signed is what was seen.</summary>
    public static string DigestOf(ReportDocument report) => Sm3.Hex(Encoding.UTF8.GetBytes(string.Concat(
        Sentences.Of(report).Select(s => string.Concat(s.Parts.Select(p => p.Text))).Concat(report.Formalities.Texts()).Select(t => t + "\n"))));

    /// <summary>
    /// Counts an issued report again: as of its own moment, with its own pack, it must come out the same; as of now, some of
    /// its sentences may no longer hold.
    /// </summary>
    public static async Task<Recount> RecountAsync(Workplace workplace, IssuedReport issued)
    {
        var engine = new FigureEngine(workplace.Store);
        var period = new Period(issued.From, issued.To);
        var catalog = await workplace.CatalogOfAsync(issued.Pack);
        var then = await engine.ScopeAsync(workplace.Town, period, issued.Unit, issued.AsOf);
        var now = await engine.ScopeAsync(workplace.Town, period, issued.Unit);
        if (then is null || now is null)
        {
            throw new StorageException("town_unknown", [issued.Unit]);
        }

        var indicators = issued.Figures.Select(f => catalog.Indicators[f.Indicator]).ToList();
        var differing = new List<string>();
        foreach (var (frozen, figure) in issued.Figures.Zip(await engine.ComputeAsync(then, indicators)))
        {
            if (frozen != await FrozenAsync(workplace, then, figure))
            {
                differing.Add(frozen.Indicator);
            }
        }

        var current = (await engine.ComputeAsync(now, indicators)).ToDictionary(f => f.Indicator.Code, StringComparer.Ordinal);
        var changes = new List<ChangedFigure>();
        foreach (var frozen in issued.Figures)
        {
            var figure = current[frozen.Indicator];
            var before = await engine.RecordsAsync(then, figure.Indicator);
            var after = await engine.RecordsAsync(now, figure.Indicator);
            if (CountedRecords.Digest(before) != CountedRecords.Digest(after) || frozen.Value != figure.Value)
            {
                changes.Add(new ChangedFigure(frozen, figure, Differences(before, after)));
            }
        }

        return new Recount(differing, issued.Broken(current), changes, now.AsOf);
    }

    // GB/T 9704: who issues, the year in full in hexagonal brackets, a number without zeros before it.
    [GeneratedRegex(@"^[^\s\p{C}\u7B2C]{1,30}\u3014[12]\d{3}\u3015[1-9]\d{0,5}\u53F7$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex DocumentNumber();

    private static async Task<IssuedFigure> FrozenAsync(Workplace workplace, FigureScope scope, Figure figure)
    {
        var records = await new FigureEngine(workplace.Store).RecordsAsync(scope, figure.Indicator);
        return new IssuedFigure(figure.Indicator.Code, figure.Indicator.Version, figure.Value, figure.Records, CountedRecords.Digest(records));
    }

    private static List<RecordDifference> Differences(IReadOnlyList<CountedRecord> before, IReadOnlyList<CountedRecord> after)
    {
        var (old, now) = (before.ToDictionary(r => (r.Ledger, r.Id)), after.ToDictionary(r => (r.Ledger, r.Id)));
        return
        [
            .. before.Where(r => !now.ContainsKey((r.Ledger, r.Id))).Select(r => new RecordDifference(DifferenceKind.Gone, r)),
            .. after.Where(r => !old.ContainsKey((r.Ledger, r.Id))).Select(r => new RecordDifference(DifferenceKind.New, r)),
            .. after.Where(r => old.TryGetValue((r.Ledger, r.Id), out var o) && o.Version != r.Version).Select(r => new RecordDifference(DifferenceKind.Amended, r)),
        ];
    }
}

/// <summary>
/// What a recount found: indicators that no longer come out as of their own moment (there should be none), sentences that no
/// longer hold now, and every figure whose records changed since.
/// </summary>
internal sealed record Recount(IReadOnlyList<string> Differing, IReadOnlyList<BrokenSentence> Broken, IReadOnlyList<ChangedFigure> Changes, long AsOf);

internal sealed record ChangedFigure(IssuedFigure Before, Figure Now, IReadOnlyList<RecordDifference> Records);

internal sealed record RecordDifference(DifferenceKind Kind, CountedRecord Record);

internal enum DifferenceKind
{
    New,
    Amended,
    Gone,
}
