using Shizhang.App.Access;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Auditing;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Office;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Features.Reports;

/// <summary>What has become of a figure of a report since it was written.</summary>
internal enum ReturnedState
{
    Unchanged,

    /// <summary>The ledgers give another value now.</summary>
    Updated,

    /// <summary>The file says something else than was written into it, and than the ledgers say now.</summary>
    ByHand,

    /// <summary>It stands nowhere in the file.</summary>
    Missing,

    /// <summary>Whoever asks does not read all it counts.</summary>
    Closed,

    /// <summary>This pack has no such indicator, or this town no such unit.</summary>
    Unknown,
}

/// <summary>A figure of a returned report; <see cref="Now"/> and what it would <see cref="Say"/> are null where they are not known to whoever asks.</summary>
internal sealed record ReturnedLine(ReturnedFigure Figure, ReturnedState State, Figure? Now, string? Say)
{
    /// <summary>What the file says, each wording once.</summary>
    public IEnumerable<string> InFile => Figure.Places.Select(p => p.Text).Distinct();

    /// <summary>Its definition is another one now, so a difference may come from there.</summary>
    public bool IsRedefined => Now is not null && Now.Indicator.Version != Figure.Issued.Version;
}

/// <summary>A number of the prose that is no figure of ours, with what the records say of it; null when nothing can be asked.</summary>
internal sealed record ProseClaim(Claim Claim, RecordsVerdict? Verdict);

/// <summary>A returned report beside the ledgers.</summary>
internal sealed record ReturnedReport(ReturnedDocx Docx, IReadOnlyList<ReturnedLine> Lines, IReadOnlyList<ProseClaim> Prose, IReadOnlyList<Discrepancy> Discrepancies)
{
    /// <summary>What most of its figures are about.</summary>
    public (DateOnly From, DateOnly To, string Unit) Frame => Lines.GroupBy(l => (l.Figure.Issued.From, l.Figure.Issued.To, l.Figure.Issued.Unit)).MaxBy(g => g.Count())!.Key;

    /// <summary>Somebody should look: changed by hand, gone, not known, or a number of the prose that does not hold.</summary>
    public bool NeedsLook => Lines.Any(l => l.State is not (ReturnedState.Unchanged or ReturnedState.Updated)) || Discrepancies.Count > 0;

    public int Count(ReturnedState state) => Lines.Count(l => l.State == state);

    public int Judged(string verdict) => Prose.Count(p => p.Verdict?.Verdict == verdict);

    /// <summary>The docx with its figures as they are now; those changed by hand only where <paramref name="overwrites"/> says so.</summary>
    public byte[] Refreshed(Func<ReturnedLine, bool> overwrites) => Docx.Refreshed([.. Lines
        .Where(l => l.State == ReturnedState.Updated || (l.State == ReturnedState.ByHand && overwrites(l)))
        .Select(l => new RefreshedFigure(l.Figure.Issued.Key, l.Now!.Indicator.Version, l.Now.AsOf, l.Now.Value, l.Now.Records, l.Say!, l.Figure.Places))]);
}

/// <summary>Compares a report that comes back from a writer with the ledgers.</summary>
internal static class ReturnedWork
{
    // A report has one frame; a file that names many wants many counts.
    private const int MostFrames = 20;

    public static async Task<(ReturnedReport? Report, string? Refusal)> CompareAsync(Workplace place, AccessRules access, ReturnedDocx docx, AuditResult audit)
    {
        var frames = docx.Figures.GroupBy(f => (f.Issued.From, f.Issued.To, f.Issued.Unit)).OrderByDescending(g => g.Count()).ToList();
        if (frames.Count > MostFrames)
        {
            return (null, AppText.Of["returned_too_many", MostFrames]);
        }

        var engine = new FigureEngine(place.Store);
        var lines = new Dictionary<string, IReadOnlyList<ReturnedLine>>(StringComparer.Ordinal);
        FigureScope? first = null;
        foreach (var frame in frames)
        {
            var scope = await engine.ScopeAsync(place.Town, new Period(frame.Key.From, frame.Key.To), frame.Key.Unit);
            first ??= scope;
            var known = scope is null ? [] : frame.Select(f => place.Catalog.Indicators.GetValueOrDefault(f.Issued.Indicator)).OfType<Indicator>().Distinct().ToList();
            var now = scope is null ? [] : (await engine.ComputeAsync(scope, [.. known.Where(i => access.Reads(i, frame.Key.Unit))])).ToDictionary(f => f.Indicator.Code, StringComparer.Ordinal);
            foreach (var figure in frame)
            {
                lines[figure.Issued.Key] = now.TryGetValue(figure.Issued.Indicator, out var current)
                    ? Judge(place.Catalog.Wording, figure, current)
                    : [new ReturnedLine(figure, known.Exists(i => i.Code == figure.Issued.Indicator) ? ReturnedState.Closed : ReturnedState.Unknown, null, null)];
            }
        }

        var all = docx.Figures.SelectMany(f => lines[f.Issued.Key]).ToList();
        if (all.TrueForAll(l => l.State == ReturnedState.Unknown))
        {
            return (null, AppText.Of["returned_unknown"]);
        }

        if (all.TrueForAll(l => l.Now is null))
        {
            return (null, AppText.Of["returned_closed", access.Account.Display]);
        }

        var (prose, discrepancies) = await ProseAsync(place, access, docx, audit, first);
        return (new ReturnedReport(docx, all, prose, discrepancies), null);
    }

    /// <summary>A figure that stands at several places may be changed by hand at some of them: those are told apart from the others.</summary>
    private static IReadOnlyList<ReturnedLine> Judge(Wording wording, ReturnedFigure figure, Figure now)
    {
        var issued = figure.Issued;
        var said = FigureWords.Say(now, wording, [.. issued.Words]);
        var say = said.Refusal is null ? said.Text : FigureWords.Say(now, wording).Text;
        if (figure.Places.Count == 0)
        {
            return [new ReturnedLine(figure, ReturnedState.Missing, now, say)];
        }

        var byHand = figure.Places.Where(p => !Same(p.Text, issued.Said) && !Same(p.Text, say)).ToList();
        var ours = figure.Places.Except(byHand).ToList();
        var state = now.Value != issued.Value || ours.Exists(p => !Same(p.Text, issued.Said)) ? ReturnedState.Updated : ReturnedState.Unchanged;
        return [.. new[] { (ours, state), (byHand, ReturnedState.ByHand) }.Where(l => l.Item1.Count > 0).Select(l => new ReturnedLine(figure with { Places = l.Item1 }, l.Item2, now, say))];
    }

    // An editor may leave blanks where it cut a run.
    private static bool Same(string one, string other) => string.Concat(one.Where(c => !char.IsWhiteSpace(c))) == other;

    private static async Task<(IReadOnlyList<ProseClaim>, IReadOnlyList<Discrepancy>)> ProseAsync(Workplace place, AccessRules access, ReturnedDocx docx, AuditResult audit, FigureScope? scope)
    {
        var ours = docx.Figures.SelectMany(f => f.Places).OrderBy(p => p.Start).ToList();
        var own = Enumerable.Range(0, audit.Claims.Count).Where(i => !Overlaps(ours, audit.Claims[i])).ToHashSet();
        var prose = audit with { Claims = [.. own.Order().Select(i => audit.Claims[i])], Discrepancies = [.. audit.Discrepancies.Where(d => d.Claims.Any(own.Contains))] };
        if (scope is null)
        {
            return ([.. prose.Claims.Select(c => new ProseClaim(c, null))], prose.Discrepancies);
        }

        var verdicts = await RecordsAudit.RunAsync(place, access, scope, prose);
        return ([.. prose.Claims.Zip(verdicts, (c, v) => new ProseClaim(c, v))], RecordsAudit.With(prose, verdicts).Discrepancies);
    }

    private static bool Overlaps(List<FigurePlace> places, Claim claim)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[middle].End <= claim.Start ? (middle + 1, high) : (low, middle);
        }

        return low < places.Count && places[low].Start < claim.End;
    }
}
