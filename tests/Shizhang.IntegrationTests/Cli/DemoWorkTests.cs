using System.Globalization;
using System.Text.Json;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Cli;

/// <summary>The demo's work at the end of its three years: cases in every state, and alerts that are few and each true.</summary>
[Collection(DemoCollection.Name)]
public class DemoWorkTests(DemoFixture demo)
{
    [Theory]
    [InlineData("petition", "异议待复")]
    [InlineData("dispute", "登记")]
    [InlineData("service_case", "")]
    [InlineData("role_model", "")]
    [InlineData("project", "终止")]
    [InlineData("request_report", "")]
    [InlineData("household", "帮扶中 已消除")]
    [InlineData("responsibility_letter", "不再签订")]
    [InlineData("appointment", "免职")]
    [InlineData("absence_talk", "")]
    public async Task Cases_stand_in_every_state_but_those_named(string ledger, string without)
    {
        var (database, store) = await DemoFixture.OpenAsync(demo.Folder);
        await using (database)
        {
            var found = store.Catalog.Ledgers[ledger];
            var records = await new RecordArchive(store).ListAsync(DemoFixture.Town, found, new DateOnly(2018, 12, 31), most: 10000);
            var missing = found.Workflow!.States.Except(records.Select(r => r.State!)).Except(without.Split(' ')).Order(StringComparer.Ordinal);
            Assert.Empty(missing.Except(["复核中", "复查已答复"]));
        }
    }

    [Fact]
    public async Task Alerts_of_the_last_day_are_few_and_name_what_is_overdue()
    {
        var alerts = await AlertsAsync();
        Assert.InRange(alerts.Count(a => a.Ledger != "finding"), 15, 40);
        string[] overdue = ["member_development", "service_case", "petition", "dispute", "project", "request_report", "responsibility_letter", "appointment", "absence_talk"];
        Assert.All(overdue, ledger => Assert.Contains(alerts, a => a.Ledger == ledger && a.Due < new DateOnly(2018, 12, 31)));
        Assert.Contains(alerts, a => a.Rule == "subsidy.ceiling");
        Assert.Contains(alerts, a => a.Rule == "safety_inspection.ceiling");

        // Assessed once when cultivation began: half a year later the duty is there again.
        Assert.Contains(alerts, a => a.Clears.Contains("培养考察", StringComparison.Ordinal));
        Assert.DoesNotContain(alerts, a => a.Rule.Contains("cadence", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_accusation_is_not_there_for_whoever_may_not_see_it()
    {
        var (database, store) = await DemoFixture.OpenAsync(demo.Folder);
        long id;
        await using (database)
        {
            var ledger = store.Catalog.Ledgers["petition"];
            id = (await new RecordArchive(store).ListAsync(DemoFixture.Town, ledger, new DateOnly(2018, 12, 31), most: 10000)).First(r => r.Values["kind"] is "检举控告").Id;
        }

        var folder = demo.CopyFolder();
        var seen = await Shell.ShizhangAsync("step", $"petition/{id}", "转送纪检", "--as", "supervision_office", "--data", folder);
        var unseen = await Shell.ShizhangAsync("step", $"petition/{id}", "转送纪检", "--as", "party_secretary", "--data", folder);
        var nothing = await Shell.ShizhangAsync("step", "petition/99999999", "转送纪检", "--as", "party_secretary", "--data", folder);
        Assert.Equal((2, 2), (seen.Code, unseen.Code));
        Assert.Contains("已移送纪检", seen.Errors, StringComparison.Ordinal);
        Assert.Equal(nothing.Errors.Replace("99999999", $"{id}", StringComparison.Ordinal), unseen.Errors);
    }

    private async Task<List<(string Ledger, string Rule, string Clears, DateOnly? Due)>> AlertsAsync()
    {
        var ran = await Shell.ShizhangAsync("alerts", "--as-of", "2018-12-31", "--format", "json", "--data", demo.Folder);
        using var json = JsonDocument.Parse(ran.Output);
        return [.. json.RootElement.EnumerateArray().Select(a => (
            a.GetProperty("ledger").GetString()!, a.GetProperty("rule").GetString()!, a.GetProperty("clears").GetString()!,
            a.GetProperty("due").GetString() is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null))];
    }
}
