using System.Data.Common;
using System.Diagnostics;
using Shizhang.Core.Figures;
using Shizhang.Storage.Figures;

namespace Shizhang.Bench;

/// <summary>Twelve indicators over a million records of one ledger, against the fastest of several plans written by hand.</summary>
internal static class FigureBench
{
    private const int Records = 1_000_000;
    private const int Rounds = 7;
    private static readonly Period Years = new(new DateOnly(2016, 1, 1), new DateOnly(2018, 12, 31));

    public static async Task RunAsync(Target target)
    {
        await using var connection = await target.ConnectAsync();
        await FillAsync(target, connection);
        var engine = new FigureEngine(target.Store);
        var indicators = BenchPack.Indicators.Select(c => target.Store.Catalog.Indicators[c]).ToList();
        var scope = (await engine.ScopeAsync(BenchPack.Town, Years))!;
        var expected = await engine.ComputeAsync(scope, indicators);

        var plans = Plans(target);
        var ours = new List<double>();
        var theirs = plans.ToDictionary(p => p.Key, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await TimeAsync(() => engine.ComputeAsync(scope, indicators)));
            foreach (var (name, plan) in plans)
            {
                decimal[] answers = [];
                theirs[name].Add(await TimeAsync(async () => answers = await plan(connection)));
                Check(name, expected, answers);
            }
        }

        var (fastest, times) = theirs.MinBy(t => Median(t.Value));
        Console.WriteLine($"(a) {target.Name}: 12 indicators over {Records:n0} records: {Median(ours):0} ms, by hand {Median(times):0} ms ({fastest}): {Median(ours) / Median(times):0.00}x (at most 1.2x)");
        foreach (var (name, list) in theirs)
        {
            Console.WriteLine($"      {name}: {Median(list):0} ms");
        }
    }

    /// <summary>Every figure has its number of records, so by hand they are asked too; the two composed ones follow from the others.</summary>
    private static Dictionary<string, Func<DbConnection, Task<decimal[]>>> Plans(Target target)
    {
        var (from, to) = ("'2016-01-01'", "'2018-12-31'");
        var where = $"town = 't' AND done_on >= {from} AND done_on <= {to}";
        const string cases = """
            COUNT(*), COUNT(CASE WHEN kind = '修路' THEN 1 END), COUNT(CASE WHEN kind = '会议' THEN 1 END), COUNT(CASE WHEN result = '完成' THEN 1 END),
            COUNT(CASE WHEN kind = '修路' AND result = '完成' THEN 1 END), SUM(people), SUM(CASE WHEN kind = '修路' THEN people END), SUM(cost),
            SUM(CASE WHEN result = '完成' THEN cost END), COUNT(DISTINCT village),
            COUNT(people), COUNT(CASE WHEN kind = '修路' THEN people END), COUNT(cost), COUNT(CASE WHEN result = '完成' THEN cost END), COUNT(village)
            """;
        const string filters = """
            COUNT(*), COUNT(*) FILTER (WHERE kind = '修路'), COUNT(*) FILTER (WHERE kind = '会议'), COUNT(*) FILTER (WHERE result = '完成'),
            COUNT(*) FILTER (WHERE kind = '修路' AND result = '完成'), SUM(people), SUM(people) FILTER (WHERE kind = '修路'), SUM(cost),
            SUM(cost) FILTER (WHERE result = '完成'), COUNT(DISTINCT village),
            COUNT(people), COUNT(people) FILTER (WHERE kind = '修路'), COUNT(cost), COUNT(cost) FILTER (WHERE result = '完成'), COUNT(village)
            """;
        var scale = target.IsSqlite ? 100m : 1m;
        return new()
        {
            ["one pass, CASE"] = c => OneRowAsync(c, $"SELECT {cases} FROM work WHERE {where}", scale),
            ["one pass, FILTER"] = c => OneRowAsync(c, $"SELECT {filters} FROM work WHERE {where}", scale),
            ["grouped, added in code"] = c => GroupedAsync(c, $"SELECT village, kind, result, COUNT(*), SUM(people), SUM(cost), COUNT(people), COUNT(cost), COUNT(village) FROM work WHERE {where} GROUP BY village, kind, result", scale),
        };
    }

    private static async Task<decimal[]> OneRowAsync(DbConnection connection, string sql, decimal scale)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, 15).Select(i => reader.GetDecimal(i) / (i is 7 or 8 ? scale : 1))];
    }

    private static async Task<decimal[]> GroupedAsync(DbConnection connection, string sql, decimal scale)
    {
        var sums = new decimal[15];
        var villages = new HashSet<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            villages.Add(reader.GetString(0));
            var (road, done) = (reader.GetString(1) == "修路", reader.GetString(2) == "完成");
            var (n, people, cost) = (reader.GetDecimal(3), reader.GetDecimal(4), reader.GetDecimal(5) / scale);
            var (hasPeople, hasCost, hasVillage) = (reader.GetDecimal(6), reader.GetDecimal(7), reader.GetDecimal(8));
            decimal[] add = [n, road ? n : 0, reader.GetString(1) == "会议" ? n : 0, done ? n : 0, road && done ? n : 0, people, road ? people : 0, cost, done ? cost : 0, 0, hasPeople, road ? hasPeople : 0, hasCost, done ? hasCost : 0, hasVillage];
            for (var i = 0; i < add.Length; i++)
            {
                sums[i] += add[i];
            }
        }

        sums[9] = villages.Count;
        return sums;
    }

    private static async Task FillAsync(Target target, DbConnection connection)
    {
        var numbers = target.IsSqlite
            ? $"WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < {Records - 1})"
            : $"WITH numbers AS (SELECT generate_series(0, {Records - 1}) AS i)";
        var day = target.IsSqlite ? "date('2016-01-01', '+' || (i * 7 % 1096) || ' days')" : "CAST('2016-01-01' AS date) + (i * 7 % 1096)";
        var cost = target.IsSqlite ? "(i * 31 % 1000003)" : "(i * 31::bigint % 1000003) / 100.0";
        await Target.ExecuteAsync(connection, $"""
            INSERT INTO work (town, id, _seq, done_on, village, kind, result, people, cost, note)
            {numbers}
            SELECT 't', i + 1000, i + 1000, {day}, 'v' || (i % 12),
              CASE i % 5 WHEN 0 THEN '修路' WHEN 1 THEN '会议' WHEN 2 THEN '植树' WHEN 3 THEN '培训' ELSE '其他' END,
              CASE i % 7 WHEN 0 THEN '在办' WHEN 1 THEN '停办' ELSE '完成' END, i % 40, {cost}, '办理情况说明' FROM numbers
            """);
        await Target.ExecuteAsync(connection, target.IsSqlite ? "ANALYZE" : "VACUUM ANALYZE work");
    }

    private static void Check(string plan, IReadOnlyList<Figure> expected, decimal[] answers)
    {
        for (var i = 0; i < answers.Length; i++)
        {
            // Values first, then the number of records of those that are no counts of records.
            var (figure, answer) = i < 10 ? (expected[i], expected[i].Value) : (expected[i - 5], expected[i - 5].Records);
            if (answer != answers[i])
            {
                throw new InvalidOperationException($"{plan} and the engine disagree on {figure.Indicator}: {answers[i]}, {answer}");
            }
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
