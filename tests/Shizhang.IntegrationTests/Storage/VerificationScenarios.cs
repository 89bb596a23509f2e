using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Whoever changes the database behind the store's back is found out.</summary>
public class VerificationScenarios
{
    public static TheoryData<Kind, string, DamageKind> Tamperings
    {
        get
        {
            var data = new TheoryData<Kind, string, DamageKind>();
            foreach (var kind in (Kind[])[Kind.Sqlite, Kind.Postgres])
            {
                data.Add(kind, "UPDATE work SET herd = 8 WHERE herd = 7", DamageKind.VersionAltered);
                data.Add(kind, "UPDATE work__past SET herd = 8", DamageKind.VersionAltered);
                data.Add(kind, "UPDATE work__payments SET amount = amount + 1", DamageKind.VersionAltered);
                data.Add(kind, "DELETE FROM work__payments", DamageKind.VersionAltered);
                data.Add(kind, "UPDATE work SET _state = '办结'", DamageKind.VersionAltered);
                data.Add(kind, "DELETE FROM work", DamageKind.VersionMissing);
                data.Add(kind, "DELETE FROM work__past", DamageKind.VersionMissing);
                data.Add(kind, "UPDATE work__past SET _gone = _gone + 1", DamageKind.EndAltered);
                data.Add(kind, "INSERT INTO work (town, id, _seq, _state) VALUES ('t1', 900, 900, '登记')", DamageKind.VersionUnknown);
                data.Add(kind, "UPDATE _journal SET actor = 'nobody' WHERE seq = 4", DamageKind.ChainBroken);
                data.Add(kind, "UPDATE _journal SET at = at + 1 WHERE seq = 5", DamageKind.ChainBroken);
                data.Add(kind, "DELETE FROM _journal WHERE seq = 4", DamageKind.LinesMissing);
                data.Add(kind, "DELETE FROM _journal WHERE seq = (SELECT MAX(seq) FROM _journal)", DamageKind.LinesMissing);
                data.Add(kind, "UPDATE _reason SET reason = '别的理由'", DamageKind.ReasonAltered);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Tamperings))]
    public async Task Tampering_is_found(Kind kind, string sql, DamageKind damage)
    {
        await using var db = await TestDatabase.CreateAsync(kind);
        var id = await db.AddAsync("work", Values(1));
        Assert.IsType<Written>(await db.AmendAsync("work", id, id, Values(7)));
        var other = await db.AddAsync("work", Values(2));
        Assert.IsType<Written>(await db.Store.WriteAsync(TestDatabase.Town, TestDatabase.Clerk, new VoidRecord(db.Ledger("work"), other, other, "录错了")));
        Assert.Empty((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages);

        await db.SqlAsync(sql);

        Assert.Contains((await new Verification(db.Store).RunAsync(TestDatabase.Town)).Damages, d => d.Kind == damage);
    }

    private static Dictionary<string, object?> Values(int herd) => new()
    {
        ["done_on"] = "2018-05-03", ["village"] = "v1", ["herd"] = herd,
        ["payments"] = new[] { new Dictionary<string, object?> { ["paid_on"] = "2018-06-01", ["amount"] = "3.50" } },
    };
}
