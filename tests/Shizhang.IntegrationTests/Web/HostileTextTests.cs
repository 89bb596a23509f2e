using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.IntegrationTests.Cli;
using Shizhang.IntegrationTests.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Web;

/// <summary>Whatever is typed into any field of any ledger shows as the text it is, on every page that shows it.</summary>
[Collection(DemoCollection.Name)]
public class HostileTextTests(DemoFixture demo)
{
    private const string Script = "<script>alert('";
    private static readonly DateOnly Day = new(2018, 11, 12);
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly Func<Field, string>[] Kinds =
    [
        f => $"{Script}{f.Code}')</script><img src=x onerror=\"alert(1)\">",
        f => $"=cmd|'/c calc'!A1\"&{f.Code}",
        f => $"\u202Etxt.exe\u202C {f.Code} \u200F@SUM(1) {{{{7*7}}}} \U0001F600\U0001F468\u200D\U0001F33E & &lt;b&gt;",
    ];

    [Fact]
    public async Task In_every_field_of_every_ledger_it_shows_as_text()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        var (store, tree) = (site.Place.Store, await UnitReader.ReadAsync(site.Place.Store, DemoFixture.Town));
        var accounts = await new AccountArchive(store).ListAsync(DemoFixture.Town);
        var visitors = new Dictionary<string, Visitor>(StringComparer.Ordinal);
        var (shown, typed) = (0, 0);
        foreach (var ledger in site.Catalog.Ledgers.Values)
        {
            var account = accounts.First(a => a.Grants.Any(g => site.Catalog.Roles[g.Role] is { } r && r.Records.Contains(ledger.Code) && r.Reads.Contains(ledger.Code) && ledger.Conceal?.Only.Contains(r.Code) is not false));
            var visitor = visitors.TryGetValue(account.Name, out var known) ? known : visitors[account.Name] = await site.SignedInAsync(account.Name);
            var scope = tree.Scope(account.Grants[0].Unit, Day);
            foreach (var (kind, n) in Kinds.Select((k, n) => (k, n)))
            {
                var records = await ReferredAsync(store, ledger);
                var any = new AnyRecord(new Random(n), f => tree.Units.First(u => scope.Contains(u.Code) && (f.UnitKinds.Count == 0 ? u.Kind == "village" || scope.Count < 5 : f.UnitKinds.Contains(u.Kind))).Code, to => records[to]);
                var inputs = any.Inputs(ledger, Day, 0.3);
                Fill(inputs, ledger.Fields, kind, n);
                if (ledger.Code == Ledger.UnitCode)
                {
                    inputs["parent"] = DemoFixture.Town;
                }

                var (values, refusals) = RecordReader.Read(ledger, inputs);
                Assert.True(values is not null, $"{ledger.Code}: {string.Join('；', refusals)}");
                var outcome = await store.WriteAsync(DemoFixture.Town, new Actor(account.Name), new CreateRecord(ledger, values, ledger.Workflow?.Start));
                Assert.True(outcome is Written, $"{ledger.Code}: {string.Join('；', (outcome as Refused)?.Refusals ?? [])}");
                var written = (Written)outcome;

                var address = $"/ledgers/{ledger.Code}/{written.Id}";
                var (page, form, list) = (await visitor.GetAsync(address), await visitor.GetAsync(address + "/edit"), await visitor.GetAsync($"/ledgers/{ledger.Code}?all=true"));
                foreach (var answer in (Answer[])[page, form, list])
                {
                    Assert.True(answer.Status == HttpStatusCode.OK, $"{address}: {answer.Status}");
                    Assert.DoesNotContain(Script, answer.Text, StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain("<img src=x", answer.Text, StringComparison.OrdinalIgnoreCase);
                    shown++;
                }

                foreach (var field in ledger.Fields.Where(f => IsText(f) && !f.Personal))
                {
                    typed++;
                    var text = Encoder.Encode((string)values[field]!);
                    Assert.True(page.Text.Contains(text, StringComparison.Ordinal), $"{address}: {field.Code} is not on the page as it was typed");
                    Assert.True(form.Text.Contains(text, StringComparison.Ordinal), $"{address}/edit: {field.Code} is not in the form as it was typed");
                }
            }
        }

        Assert.True(shown > site.Catalog.Ledgers.Count * 8 && typed > 200, $"{shown} pages, {typed} fields");
        foreach (var visitor in visitors.Values)
        {
            visitor.Dispose();
        }
    }

    [Fact]
    public async Task In_an_address_a_filter_a_view_and_a_search_it_shows_as_text()
    {
        await using var site = await Site.OpenAsync(demo.CopyFolder());
        using var visitor = await site.SignedInAsync("justice_office");
        var text = Kinds[0](site.Catalog.Ledgers["dispute"].Date);
        var escaped = Uri.EscapeDataString(text);
        await visitor.PostAsync("/ledgers/dispute?handler=Save&filter=" + escaped, [("name", "<script>alert(1)</script>")], page: "/ledgers/dispute");
        foreach (var path in (string[])[$"/ledgers/dispute?filter={escaped}", $"/ledgers/dispute?sort={escaped}&after={escaped}", $"/ledgers/dispute/new?parties={escaped}&kind={escaped}", $"/sign-in?back={escaped}", $"/ledgers/dispute/find?q={escaped}", $"/{escaped}", "/ledgers/dispute"])
        {
            var answer = await visitor.GetAsync(path);
            Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.True((int)answer.Status < 500, $"{path}: {answer.Status}");
        }

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", (await visitor.GetAsync("/ledgers/dispute")).Text);
    }

    private static bool IsText(Field field) => field.Type.Code is "text" or "note";

    private static void Fill(Dictionary<string, object?> inputs, FieldSet fields, Func<Field, string> text, int n)
    {
        foreach (var field in fields)
        {
            if (IsText(field))
            {
                var all = field.Type.Code == "note" ? text(field) + new string('长', 10_000 - text(field).Length) : text(field) + n;
                inputs[field.Code] = field.Max is { } max && all.Length > max ? all[..(int)max] : all;
            }
            else if (field is { IsLines: true, Lines: { } lines } && inputs.GetValueOrDefault(field.Code) is Dictionary<string, object?>[] rows)
            {
                foreach (var row in rows)
                {
                    Fill(row, lines, text, n);
                }
            }
        }
    }

    /// <summary>Records to refer to, by ledger: such as no unique reference of the ledger names already.</summary>
    private static async Task<Dictionary<string, long?>> ReferredAsync(Shizhang.Storage.Store store, Ledger ledger)
    {
        var archive = new RecordArchive(store);
        var unique = ledger.Fields.Where(f => f.Unique && f.To is not null).ToList();
        var taken = unique.Count == 0 ? [] : (await archive.ListAsync(DemoFixture.Town, ledger, Day, most: 10_000)).SelectMany(r => unique.Select(f => r.Values[f])).OfType<long>().ToHashSet();
        var records = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var to in ledger.Fields.Concat(ledger.Fields.SelectMany(f => f.Lines ?? Enumerable.Empty<Field>())).Select(f => f.To).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            records[to] = (await archive.ListAsync(DemoFixture.Town, store.Catalog.Ledgers[to], Day, most: unique.Count == 0 ? 1 : 10_000)).FirstOrDefault(r => !taken.Contains(r.Id))?.Id;
        }

        return records;
    }
}
