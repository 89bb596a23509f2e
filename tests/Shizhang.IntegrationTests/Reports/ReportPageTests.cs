using Microsoft.AspNetCore.Http;
using Shizhang.App.Features.Reports;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.Core.Reports;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Issues;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Reports;

/// <summary>What the pages of the reports say: records only to whom may read them, and what was signed is what was seen.</summary>
[Collection(DemoCollection.Name)]
public class ReportPageTests(DemoFixture demo)
{
    private const string Report = "inspection_report";

    [Fact]
    public async Task The_records_behind_a_figure_are_shown_only_to_who_reads_their_ledgers()
    {
        await using var place = await OpenAsync(demo.Folder);
        var (clerk, cadre) = (await VisitAsync(place, "wenmi"), await VisitAsync(place, "village_cadre"));
        var petitions = place.Catalog.Indicators["petitions"];
        var disputes = place.Catalog.Indicators["disputes"];

        var seen = (await CountedView.FirstAsync(clerk, await clerk.ScopeAsync(), petitions, 5))!;
        Assert.Equal(5, seen.Count);
        Assert.All(seen, l => Assert.Equal($"/ledgers/petition/{l.Record.Id}", l.Href));

        Assert.Null(await CountedView.FirstAsync(cadre, await cadre.ScopeAsync(), petitions, 5));
        // Asked for the whole town, a cadre still sees the records of the own village alone.
        var town = (await new FigureEngine(place.Store).ScopeAsync(place.Town, cadre.Period))!;
        var all = await new FigureEngine(place.Store).RecordsAsync(town, disputes);
        var own = await CountedView.OfAsync(cadre, all, null);
        Assert.NotEmpty(own);
        Assert.True(own.Count < all.Count);
        Assert.All(own, l => Assert.Contains(l.Record.Unit!, cadre.Access!.Tree.Scope(cadre.Unit, cadre.Day)));
    }

    [Fact]
    public async Task The_digest_of_what_was_seen_changes_with_any_figure_of_the_text()
    {
        var folder = demo.CopyFolder();
        await using var place = await OpenAsync(folder);
        var before = await ComputeAsync(place);
        Assert.Equal(IssueWork.DigestOf(before), IssueWork.DigestOf(await ComputeAsync(place)));

        var ledger = place.Catalog.Ledgers["construction"];
        var road = (await new RecordArchive(place.Store).ListAsync(place.Town, ledger, new DateOnly(2018, 12, 31), most: 1000)).First(r => (string)r.Values["kind"]! == "道路");
        var values = road.Values.Copy();
        values["quantity"] = (decimal)values["quantity"]! + 1.2m;
        Assert.IsType<Written>(await place.Store.WriteAsync(place.Town, new Actor("wenmi"), new AmendRecord(ledger, road.Id, road.Version, values, road.State)));

        Assert.NotEqual(IssueWork.DigestOf(before), IssueWork.DigestOf(await ComputeAsync(place)));
    }

    [Fact]
    public async Task An_issued_report_is_listed_found_as_the_last_of_its_unit_and_reads_as_it_did()
    {
        var folder = demo.CopyFolder();
        await using var place = await OpenAsync(folder);
        var visit = await VisitAsync(place, "wenmi");
        var report = await ComputeAsync(place);
        var (template, archive) = (place.Catalog.Reports[Report], new IssueArchive(place.Store));
        var first = await IssueWork.IssueAsync(place, new Actor("wenmi", "10.0.0.1"), template, report, await ScopeAsync(place), TimeProvider.System);
        var second = await IssueWork.IssueAsync(place, new Actor("leader"), template, report, await ScopeAsync(place), TimeProvider.System);

        var heads = await archive.HeadsAsync(place.Town);
        Assert.Equal([second, first], heads.Select(h => h.Id));
        Assert.Equal(("leader", report.Title, new DateOnly(2016, 1, 1)), (heads[0].Head.IssuedBy, heads[0].Head.Title, heads[0].Head.From));
        Assert.Equal([first], (await archive.HeadsAsync(place.Town, Report, before: heads[0].Number)).Select(h => h.Id));
        Assert.Empty(await archive.HeadsAsync(place.Town, "rectification_report"));

        var (line, issued) = (await LastFigure.IssueAsync(visit, Report, visit.Unit))!.Value;
        Assert.Equal(second, line.Id);
        Assert.Null(await LastFigure.IssueAsync(visit, Report, "village_1"));
        Assert.Equal(HtmlReport.Article(report, f => f.Key), HtmlReport.Article(IssuedDocument.Of(issued, place.Catalog), f => f.Key));
    }

    private static async Task<Workplace> OpenAsync(string folder) => (await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), TimeProvider.System)).Workplace!;

    private static async Task<FigureScope> ScopeAsync(Workplace place) =>
        (await new FigureEngine(place.Store).ScopeAsync(place.Town, new Core.Figures.Period(new DateOnly(2016, 1, 1), new DateOnly(2018, 12, 31))))!;

    private static async Task<ReportDocument> ComputeAsync(Workplace place) => (await ReportWork.ComputeAsync(place, place.Catalog.Reports[Report], await ScopeAsync(place))).Document!;

    private static async Task<Visit> VisitAsync(Workplace place, string account)
    {
        var visit = new Visit(place, new PeriodNow(place));
        visit.Begin(new DefaultHttpContext());
        await visit.EnterAsync((await new AccountArchive(place.Store).FindAsync(place.Town, account))!);
        return visit;
    }
}
