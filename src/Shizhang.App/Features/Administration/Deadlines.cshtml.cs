using Shizhang.App.Access;
using Shizhang.App.Features.Records;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Administration;

/// <summary>The pack's limits of time, each with its source and how sure that is.</summary>
[Needs(Right.Business, Right.System)]
internal sealed class DeadlinesPage : AdministrationPage
{
    public IEnumerable<Deadline> Deadlines => Place.Catalog.Deadlines.Values;

    public static string NameOf(Deadline deadline) => deadline.Shown;

    public static string Words(DeadlineLimit limit) => AppText.Of[$"limit_{limit.Unit}", limit.Value];

    public static string Valid(DeadlineLimit limit) => (limit.ValidFrom, limit.ValidUntil) switch
    {
        (null, null) => AppText.Of["valid_always"],
        ({ } from, null) => AppText.Of["valid_from", from.ToString("yyyy-MM-dd")],
        (var from, { } until) => AppText.Of["valid_until", from?.ToString("yyyy-MM-dd"), until.AddDays(-1).ToString("yyyy-MM-dd")],
    };

    /// <summary>The field the clock starts from, by the name it has in the ledgers that use it.</summary>
    public string FromOf(Deadline deadline) => deadline.From == Deadline.StepEvent
        ? AppText.Of["deadline_from_step"]
        : Users(deadline).Select(l => l.Fields.Find(deadline.From)).OfType<Field>().Select(RecordView.NameOf).FirstOrDefault() ?? deadline.From;

    public string UsedBy(Deadline deadline) => Core.Texts.Text.List(Users(deadline).Select(RecordView.NameOf));

    private IEnumerable<Ledger> Users(Deadline deadline) => Place.Catalog.Ledgers.Values.Where(l => l.Workflow is { } workflow
        && (workflow.Within == deadline || workflow.Steps.Values.Any(s => s.Within == deadline || s.NotBefore == deadline || s.NotAfter == deadline)));
}
