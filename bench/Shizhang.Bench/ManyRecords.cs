using Microsoft.Data.Sqlite;

namespace Shizhang.Bench;

/// <summary>A ledger of the demo grown to very many records, with a journal line each: by SQL, because entering them would take the bench an hour.</summary>
internal static class ManyRecords
{
    private const string Fill = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $most)
        INSERT INTO dispute (town, id, _seq, _state, village, received_on, kind, parties, people, source)
        SELECT t.town, t.head + i, t.head + i, '登记', 'village_' || (1 + i % 10), date('2000-01-01', (i * 7919 % 6900) || ' days'),
               CASE i % 4 WHEN 0 THEN '邻里' WHEN 1 THEN '婚姻家庭' WHEN 2 THEN '山林土地' ELSE '其他' END, '某某' || i, 1 + i % 9, '主动调解'
        FROM n, _town t
        """;

    private const string Journal = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $most)
        INSERT INTO _journal (town, seq, at, actor, act, ledger, record, digest, hash)
        SELECT t.town, t.head + i, t.head_at + i, 'bench', 'create', 'dispute', t.head + i, t.head_hash, t.head_hash FROM n, _town t
        """;

    public static async Task FillAsync(string folder, int most)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "shizhang.db")};Pooling=False");
        await connection.OpenAsync();
        foreach (var sql in (string[])["PRAGMA synchronous=OFF", "BEGIN", Fill, Journal, "UPDATE _town SET head = head + $most, head_at = head_at + $most", "COMMIT", "ANALYZE"])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 600;
            if (sql.Contains("$most", StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue("$most", (long)most);
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
