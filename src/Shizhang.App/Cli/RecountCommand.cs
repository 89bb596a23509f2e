using System.CommandLine;
using Shizhang.App.Features.Reports;
using Shizhang.App.Texts;
using Shizhang.Core.Figures;
using Shizhang.Storage.Issues;

namespace Shizhang.App.Cli;

/// <summary><c>recount ISSUE</c>: does an issued report still come out, and which of its sentences no longer hold.</summary>
internal static class RecountCommand
{
    private const int MostRecords = 20;

    public static Command Create(TimeProvider clock)
    {
        var issue = new Argument<string>("ISSUE") { Description = AppText.Of["recount_issue"] };
        var workplace = new WorkplaceOptions();
        var command = new Command("recount", AppText.Of["recount"]) { issue };
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var archive = new IssueArchive(place.Store);
            if (await archive.FindAsync(place.Town, parsed.GetRequiredValue(issue)) is not { } issued)
            {
                return Exit.Refuse(AppText.Of["issue_unknown", parsed.GetRequiredValue(issue), string.Join('、', (await archive.ListAsync(place.Town)).Take(10))]);
            }

            var recount = await IssueWork.RecountAsync(place, issued);
            Console.WriteLine(AppText.Of["recount_head", issued.Title, issued.IssuedAt, issued.AsOf, issued.JournalHash]);
            Console.WriteLine(recount.Differing.Count == 0
                ? AppText.Of["recount_same", issued.Figures.Count]
                : AppText.Of["recount_differs", string.Join('、', recount.Differing)]);
            Print(recount);
            return recount.Differing.Count + recount.Changes.Count == 0 ? Exit.Done : Exit.Found;
        }));
        return command;
    }

    private static void Print(Recount recount)
    {
        Console.WriteLine(AppText.Of["recount_broken", recount.Broken.Count]);
        foreach (var sentence in recount.Broken)
        {
            Console.WriteLine($"  {sentence.Heading}");
            Console.WriteLine($"    {sentence.Text}");
            foreach (var (said, now) in sentence.Changes)
            {
                Console.WriteLine("    " + AppText.Of["recount_change", now.Indicator.Name, said, FigureWords.Number(now) + now.Indicator.Measure]);
            }
        }

        Console.WriteLine(AppText.Of["recount_since", recount.Changes.Count, recount.AsOf]);
        foreach (var change in recount.Changes)
        {
            Console.WriteLine($"  {change.Now.Indicator.Name}（{change.Now.Indicator.Code}）: {Number(change.Before.Value, change.Now)} → {FigureWords.Number(change.Now)}{change.Now.Indicator.Measure}");
            foreach (var (kind, record) in change.Records.Take(MostRecords).Select(r => (r.Kind, r.Record)))
            {
                Console.WriteLine($"    {AppText.Of[$"difference_{kind}"]} {record.Ledger}/{record.Id} {record.Date:yyyy-MM-dd} {record.Title}");
            }

            if (change.Records.Count > MostRecords)
            {
                Console.WriteLine("    " + AppText.Of["recount_more", change.Records.Count - MostRecords]);
            }
        }
    }

    private static string Number(decimal? value, Figure like) => FigureWords.Number(like with { Value = value });
}
