using System.Text;
using Shizhang.Core;
using Shizhang.Core.Reports;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Issues;

/// <summary>Issued reports of a town: each is written once, with a journal line that holds its digest, and never changed.</summary>
public sealed class IssueArchive(Store store)
{
    /// <summary>Keeps an issued report; its id is <c>REPORT-N</c> with the journal number of the issue.</summary>
    public async Task<string> AddAsync(string town, Actor actor, IssuedReport issued)
    {
        var content = issued.ToJson();
        var change = new SystemChange(Acts.Issue, Sm3.Hash(Encoding.UTF8.GetBytes(content)), seq =>
        [
            new Statement("INSERT INTO _issue (town, id, seq, report, content) VALUES ($1, $2, $3, $4, $5)", [town, IdOf(issued.Report, seq), seq, issued.Report, content]),
        ]);
        var outcome = (await store.EnqueueAsync(town, actor, [change]))[0];
        return IdOf(issued.Report, ((Written)outcome).Version);
    }

    /// <summary>The report as issued; null when there is none of that id.</summary>
    public Task<IssuedReport?> FindAsync(string town, string id) => store.Database.ReadAsync(async session =>
        await session.FirstAsync(new Statement("SELECT content FROM _issue WHERE town = $1 AND id = $2", [town, id]), r => r.GetString(0)) is { } content
            ? IssuedReport.FromJson(content)
            : null);

    /// <summary>The id of the report issued under a document number; null when none is.</summary>
    public Task<string?> UnderAsync(string town, string number) => store.Database.ReadAsync(session => session.FirstAsync(
        new SqlText(session.Dialect).Raw("SELECT id FROM _issue WHERE town = ").Value(town).Raw(" AND ").Raw(session.Dialect.PositionFunction)
            .Raw("(content, ").Value(IssuedReport.NumberIn(number)).Raw(") > 0 ORDER BY seq DESC LIMIT 1").ToStatement(),
        r => r.GetString(0)));

    /// <summary>Ids of a town's issued reports, newest first.</summary>
    public Task<List<string>> ListAsync(string town) => store.Database.ReadAsync(session =>
        session.ListAsync(new Statement("SELECT id FROM _issue WHERE town = $1 ORDER BY seq DESC", [town]), r => r.GetString(0)));

    /// <summary>Issued reports before a journal number, newest first, of one report or of all; null is from the newest on.</summary>
    public Task<List<IssuedLine>> HeadsAsync(string town, string? report = null, long? before = null, int most = 50) => store.Database.ReadAsync(session => session.ListAsync(
        new Statement(
            $"SELECT id, seq, SUBSTR(content, 1, {IssuedHead.Longest}) FROM _issue WHERE town = $1 AND ($2 = '' OR report = $2) AND seq < $3 ORDER BY seq DESC LIMIT $4",
            [town, report ?? "", before ?? long.MaxValue, (long)most]),
        r => new IssuedLine(r.GetString(0), r.GetInt64(1), IssuedHead.Read(r.GetString(2)))));

    private static string IdOf(string report, long seq) => $"{report}-{seq}";
}

/// <summary>An issued report in a list; <see cref="Number"/> is the journal number of the issue.</summary>
public sealed record IssuedLine(string Id, long Number, IssuedHead Head);
