using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>What is issued stays; what no longer holds is named.</summary>
[Collection(DemoCollection.Name)]
public class IssueTests(DemoFixture demo)
{
    [Fact]
    public async Task Amending_one_record_changes_exactly_the_figures_that_count_it_and_recount_names_the_sentences()
    {
        var folder = demo.CopyFolder();
        var before = await DemoFixture.FiguresAsync(folder);
        var issue = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", Path.Combine(folder, "issued.docx"), "--issue", "--data", folder]);
        Assert.True(issue.Code == 0, issue.Errors);
        var id = issue.Output.Trim();
        var clean = await Shell.ShizhangAsync("recount", id, "--data", folder, "--lang", "en");
        Assert.True(clean.Code == 0, clean.Output + clean.Errors);

        // A road of 1.5 km was written down as another length.
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var ledger = store.Catalog.Ledgers["construction"];
            var roads = await new RecordArchive(store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31), most: 1000);
            var road = roads.First(r => (string)r.Values["kind"]! == "道路");
            var values = road.Values.Copy();
            values["quantity"] = (decimal)values["quantity"]! + 1.2m;
            Assert.IsType<Written>(await store.WriteAsync(DemoFixture.Town, new Actor("wenmi"), new AmendRecord(ledger, road.Id, road.Version, values, road.State)));
        }

        var after = await DemoFixture.FiguresAsync(folder);
        Assert.Equal(["roads_paved"], after.Where(f => f.Value != before[f.Key]).Select(f => f.Key));
        Assert.Equal(81.0m, after["roads_paved"].Value);

        var recount = await Shell.ShizhangAsync("recount", id, "--data", folder, "--lang", "en");
        Assert.Equal(1, recount.Code);
        Assert.Contains("all 134 figures agree", recount.Output);
        Assert.Contains("no longer hold: 1", recount.Output);
        Assert.Contains("79.8公里", recount.Output);
        Assert.Contains("81公里", recount.Output);
        Assert.Contains("Figures whose records changed since: 1", recount.Output);
        Assert.Equal(0, (await Shell.ShizhangAsync("verify", "--data", folder)).Code);
    }

    [Theory]
    [InlineData("某政发〔2018〕5号", 0)]
    [InlineData("某政发〔18〕5号", 2)]
    [InlineData("某政发[2018]5号", 2)]
    [InlineData("某政发〔2018〕05号", 2)]
    [InlineData("某政发〔2018〕第5号", 2)]
    public async Task A_report_is_issued_under_a_document_number_of_the_standards_shape(string number, int code)
    {
        var folder = demo.CopyFolder();
        var file = Path.Combine(folder, "issued.md");
        var issue = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", file, "--issue", "--number", number, "--data", folder]);
        Assert.Equal(code, issue.Code);
        Assert.Equal(code == 0, File.Exists(file) && (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Contains(number, StringComparison.Ordinal));
        Assert.True(code == 0 || issue.Errors.Contains(number, StringComparison.Ordinal), issue.Errors);
        if (code == 0)
        {
            var again = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", Path.Combine(folder, "again.md"), "--issue", "--number", number, "--data", folder]);
            Assert.Equal(2, again.Code);
            Assert.Contains("已用于签发的inspection_report-", again.Errors);
        }
    }

    [Fact]
    public async Task An_issued_report_that_was_changed_is_found_out()
    {
        var folder = demo.CopyFolder();
        var issue = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", Path.Combine(folder, "r.md"), "--issue", "--data", folder]);
        await using (var sqlite = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "shizhang.db")};Pooling=False"))
        {
            await sqlite.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = sqlite.CreateCommand();
            command.CommandText = "UPDATE _issue SET content = replace(content, '79.8', '97.8')";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var verify = await Shell.ShizhangAsync("verify", "--data", folder, "--lang", "en");
        Assert.Equal(1, verify.Code);
        Assert.Contains(issue.Output.Trim(), verify.Output);
        var recount = await Shell.ShizhangAsync("recount", issue.Output.Trim(), "--data", folder, "--lang", "en");
        Assert.Equal(1, recount.Code);
        Assert.Contains("these figures differ: roads_paved", recount.Output);
    }

    [Fact]
    public async Task Figures_and_reports_run_beside_a_process_that_writes()
    {
        var folder = demo.CopyFolder();
        var (database, store) = await DemoFixture.OpenAsync(folder);
        await using (database)
        await using (store)
        {
            var ledger = store.Catalog.Ledgers["research_visit"];
            using var stop = new CancellationTokenSource();
            var person = (await new RecordArchive(store).ListAsync(DemoFixture.Town, store.Catalog.Ledgers["person"], new DateOnly(2018, 12, 31), most: 1))[0].Id;
            var inputs = new Dictionary<string, object?> { ["unit"] = "village_1", ["person"] = person, ["visited_on"] = "2018-11-11", ["topic"] = "产业" };
            var writing = Task.Run(async () =>
            {
                var written = 0;
                for (; !stop.IsCancellationRequested; written++)
                {
                    Assert.IsType<Written>(await store.WriteAsync(DemoFixture.Town, new Actor("wenmi"), new CreateRecord(ledger, RecordReader.Read(ledger, inputs).Values!)));
                }

                return written;
            });
            var last = 0m;
            for (var i = 0; i < 3; i++)
            {
                var figure = (await DemoFixture.FiguresAsync(folder))["research_visits"];
                Assert.Equal(figure.Value, figure.Records);
                Assert.True(figure.Value >= last);
                last = figure.Value!.Value;
            }

            var report = await Shell.ShizhangAsync(["report", "inspection_report", .. DemoFixture.ThreeYears, "-o", Path.Combine(folder, "beside.html"), "--data", folder]);
            Assert.True(report.Code == 0, report.Errors);
            await stop.CancelAsync();
            Assert.Equal(96 + await writing, (await DemoFixture.FiguresAsync(folder))["research_visits"].Value);
        }
    }
}
