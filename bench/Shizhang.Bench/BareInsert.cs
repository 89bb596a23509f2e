using System.Data.Common;
using Npgsql;

namespace Shizhang.Bench;

/// <summary>The rows of a write (record, two lines, journal line) as prepared INSERTs and nothing else.</summary>
internal sealed class BareInsert : IDisposable
{
    private static readonly byte[] Hash = new byte[32];
    private readonly Target _target;
    private readonly DbConnection _connection;
    private readonly long _start;
    private readonly (string Sql, Func<long, object[]> Values)[] _statements;
    private readonly DbCommand[] _prepared;
    private long _next;

    public BareInsert(Target target, DbConnection connection, long start)
    {
        (_target, _connection, _start, _next) = (target, connection, start, start);
        object Day(string day) => target.IsSqlite ? day : DateOnly.ParseExact(day, "yyyy-MM-dd");
        object Money(decimal yuan) => target.IsSqlite ? (long)(yuan * 100) : yuan;
        _statements =
        [
            ("INSERT INTO work (town, id, _seq, done_on, village, kind, result, people, cost, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                n => ["t", n, n, Day("2018-05-03"), $"v{n % 12}", "修路", "完成", n % 40, Money(1234.56m), "办理情况说明"]),
            ("INSERT INTO work__payments (town, id, _seq, _line, paid_on, amount) VALUES ($1, $2, $3, $4, $5, $6)", n => ["t", n, n, 0L, Day("2018-06-01"), Money(617.28m)]),
            ("INSERT INTO work__payments (town, id, _seq, _line, paid_on, amount) VALUES ($1, $2, $3, $4, $5, $6)", n => ["t", n, n, 1L, Day("2018-07-01"), Money(617.28m)]),
            ("INSERT INTO _journal (town, seq, at, actor, act, address, ledger, record, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                n => ["t", n, n, "bench", "create", DBNull.Value, "work", n, Hash, Hash]),
        ];
        _prepared = [.. _statements.Select(s => Prepare(s.Sql, s.Values(start)))];
    }

    public async Task CommitAsync(IEnumerable<long> numbers)
    {
        if (_connection is NpgsqlConnection postgres)
        {
            await using var batch = new NpgsqlBatch(postgres);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
            foreach (var _ in numbers)
            {
                foreach (var (sql, values) in _statements)
                {
                    var command = new NpgsqlBatchCommand(sql);
                    foreach (var value in values(_next))
                    {
                        command.Parameters.Add(new NpgsqlParameter { Value = value });
                    }

                    batch.BatchCommands.Add(command);
                }

                _next++;
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await batch.ExecuteNonQueryAsync();
            return;
        }

        await Target.ExecuteAsync(_connection, "BEGIN IMMEDIATE");
        foreach (var _ in numbers)
        {
            for (var s = 0; s < _statements.Length; s++)
            {
                var values = _statements[s].Values(_next);
                for (var i = 0; i < values.Length; i++)
                {
                    _prepared[s].Parameters[i].Value = values[i];
                }

                _prepared[s].ExecuteNonQuery();
            }

            _next++;
        }

        await Target.ExecuteAsync(_connection, "COMMIT");
    }

    public void Dispose()
    {
        foreach (var command in _prepared)
        {
            command.Dispose();
        }

        foreach (var table in (string[])["work", "work__payments"])
        {
            Clear($"DELETE FROM {table} WHERE id >= {_start}");
        }

        Clear($"DELETE FROM _journal WHERE seq >= {_start}");
    }

    private void Clear(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private DbCommand Prepare(string sql, object[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (_target.IsSqlite)
            {
                parameter.ParameterName = $"${i + 1}";
            }

            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        if (_target.IsSqlite)
        {
            command.Prepare();
        }

        return command;
    }
}
