using System.Net;
using System.Text.RegularExpressions;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>In English there is no Chinese but what people wrote, and what the pack gives no English for: sources, definitions, reports.</summary>
[Collection(DemoCollection.Name)]
public partial class LanguageTests(DemoFixture demo)
{
    // An example of a document number is Chinese in any language.
    private const string Example = "某政发〔2018〕5号";

    [Fact]
    public async Task English_pages_have_no_Chinese_of_ours_left()
    {
        var site = await demo.SiteAsync();
        var written = await WrittenAsync(site);
        var (anywhere, named) = (string.Join('\n', written), Named(site.Catalog));
        var (faults, looked) = (new SortedSet<string>(StringComparer.Ordinal), 0);
        foreach (var account in (string[])["village_cadre", "justice_office", "economy_station", "party_government_office", "supervision_office", "wenmi", "inspector", "system_admin", "security_admin", "audit_admin"])
        {
            using var visitor = await site.SignedInAsync(account);
            await visitor.GetAsync("/language/en");
            foreach (var page in (await PageTests.PagesAsync(site, visitor)).Concat(["/password", "/nowhere", "/alerts?by=ledger", "/ledgers/subsidy?all=true", "/ledgers/dispute?all=true&filter=zz%20eq%201"]).Concat(await StepsAsync(visitor)))
            {
                var answer = await visitor.GetAsync(page);
                if (!answer.Text.Contains("<html lang=\"en\">", StringComparison.Ordinal))
                {
                    continue;
                }

                looked++;
                foreach (var said in Said(answer.Text))
                {
                    faults.UnionWith(Regex.Matches(said, "[\u4e00-\u9fff]+").Select(m => m.Value)
                        .Where(run => !anywhere.Contains(run, StringComparison.Ordinal) || (named.Contains(run) && !written.Contains(said) && !written.Contains(run)))
                        .Where(run => !written.Any(w => w.Length > run.Length && said.Contains(w, StringComparison.Ordinal) && w.Contains(run, StringComparison.Ordinal)))
                        .Select(run => $"{run} in {said} ({account} {page})"));
                }
            }
        }

        Assert.True(looked > 200, $"{looked}");
        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults.Take(60))}");
    }

    /// <summary>The steps offered by the newest dispute, petition and finding the visitor reads, and what a refused one says.</summary>
    private static async Task<List<string>> StepsAsync(Visitor visitor)
    {
        var steps = new List<string>();
        foreach (var ledger in (string[])["dispute", "petition", "finding", "member_development"])
        {
            var list = await visitor.GetAsync($"/ledgers/{ledger}?all=true");
            foreach (var record in Regex.Matches(list.Text, $"href=\"(/ledgers/{ledger}/\\d+)\"").Select(m => m.Groups[1].Value).Distinct().Take(6))
            {
                steps.Add(record);
                steps.AddRange(Regex.Matches((await visitor.GetAsync(record)).Text, $"href=\"({record}/steps/[^\"]+)\"").Select(m => m.Groups[1].Value));
            }
        }

        return steps;
    }

    // What a page says and what it tells those who do not see it; the report itself is the town's.
    private static IEnumerable<string> Said(string html)
    {
        var main = Regex.Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..], "<article.*?</article>", "", RegexOptions.Singleline);
        return Regex.Split(main, "<[^>]*>").Concat(Regex.Matches(main, "(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"").Select(m => m.Groups[1].Value)).Select(s => WebUtility.HtmlDecode(s).Trim()).Where(s => s.Length > 0 && !FileName().IsMatch(s));
    }

    /// <summary>Names the pack gives English for: on an English page they stand in English.</summary>
    private static HashSet<string> Named(Catalog catalog)
    {
        var ledgers = catalog.Ledgers.Values;
        var fields = ledgers.SelectMany(l => l.Fields.Concat(l.Fields.SelectMany(f => f.Lines ?? Enumerable.Empty<Field>()))).ToList();
        (string Name, string? En)[] names =
        [
            .. ledgers.Select(l => (l.Name, (string?)l.En)), .. ledgers.Select(l => (l.Area, l.AreaEn)), .. fields.Select(f => (f.Name, f.En)), .. fields.SelectMany(f => f.Choices).Select(c => (c.Name ?? c.Value, c.En)),
            .. ledgers.SelectMany(l => l.Workflow?.States.Select(s => (s, l.Workflow.StatesEn.GetValueOrDefault(s))) ?? []), .. ledgers.SelectMany(l => l.Workflow?.Steps.Values.Select(s => (s.Name, s.En)) ?? []),
            .. ledgers.SelectMany(l => l.Rules).Select(r => (r.Message, r.MessageEn)), .. catalog.Indicators.Values.Select(i => (i.Name, i.En)), .. catalog.Indicators.Values.Select(i => (i.Measure, i.MeasureEn)),
            .. catalog.Roles.Values.Select(r => (r.Name, r.En)), .. catalog.Deadlines.Values.Select(d => (d.Name, d.En)), .. catalog.Sheets.Values.Select(s => (s.Name, (string?)s.En)),
        ];
        Assert.DoesNotContain(names, n => n.En is null && n.Name.Any(c => c is >= '\u4e00' and <= '\u9fff'));
        return [.. names.Select(n => n.Name)];
    }

    private static async Task<HashSet<string>> WrittenAsync(Site site)
    {
        var (place, catalog) = (site.Place, site.Catalog);
        HashSet<string> written =
        [
            Example, .. (await UnitReader.ReadAsync(place.Store, place.Town)).Units.Select(u => u.Name), .. (await new AccountArchive(place.Store).ListAsync(place.Town)).Select(a => a.Display),
            .. catalog.Ledgers.Values.SelectMany(l => (string[])[l.Basis, l.Title]), .. catalog.Indicators.Values.Select(i => i.Definition), .. catalog.Reports.Values.Select(r => r.Text), .. catalog.Lists.Values.Select(l => l.Basis),
            .. catalog.Deadlines.Values.SelectMany(d => d.Limits.Append(d.Extension?.By)).OfType<DeadlineLimit>().Select(l => l.Basis), .. catalog.Calendar.Values.Select(c => c.Basis),
        ];
        foreach (var ledger in catalog.Ledgers.Values)
        {
            await new RecordArchive(place.Store).StreamAsync(place.Town, ledger, DateOnly.MaxValue, null, some =>
            {
                foreach (var record in some)
                {
                    Add(record.Values);
                    ledger.Fields.Where(f => f.IsLines).SelectMany(record.Values.LinesOf).ToList().ForEach(Add);
                }

                return Task.CompletedTask;
            });
        }

        return written;

        void Add(RecordValues values) => written.UnionWith(values.Fields.Where(f => f.Type.Code is "text" or "note").SelectMany(f => (string?[])[values[f] as string, f.Personal && values[f] is { } hidden ? Masking.Mask(f, hidden) : null]).OfType<string>());
    }

    // Files carry the name somebody gave them.
    [GeneratedRegex(@"\.[a-z]{3,4}$")]
    private static partial Regex FileName();
}
