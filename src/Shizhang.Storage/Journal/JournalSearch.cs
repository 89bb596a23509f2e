using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Journal;

/// <summary>What is looked for in a journal; what is left out is not asked. <see cref="Before"/> is the number the page before ended at.</summary>
public sealed record JournalQuery
{
    public string? Actor { get; init; }

    /// <summary>An act; <c>step</c> is every step of a workflow.</summary>
    public string? Act { get; init; }

    public string? Ledger { get; init; }

    public long? Record { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public long? Before { get; init; }

    public int Most { get; init; } = 50;
}

/// <summary>Searches a journal, the newest line first, by keyset.</summary>
public sealed class JournalSearch(Database database)
{
    /// <summary>At most one line more than asked, which says that there are more.</summary>
    public Task<List<(JournalLine Line, string? Reason)>> FindAsync(string town, JournalQuery query) => database.ReadAsync(session =>
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT j.town, j.seq, j.at, j.actor, j.act, j.address, j.ledger, j.record, j.digest, j.hash, s.reason FROM _journal j LEFT JOIN _reason s ON s.town = j.town AND s.seq = j.seq WHERE j.town = ").Value(town);
        Ask(sql, " AND j.actor = ", query.Actor);
        Ask(sql, " AND j.ledger = ", query.Ledger);
        Ask(sql, " AND j.record = ", query.Record);
        Ask(sql, " AND j.seq < ", query.Before);
        Ask(sql, " AND j.at >= ", query.From is { } from ? JournalReader.Microseconds(LocalTime.At(from, TimeOnly.MinValue)) : null);
        Ask(sql, " AND j.at <= ", query.To is { } to ? JournalReader.Microseconds(LocalTime.EndOf(to)) : null);
        if (query.Act == Acts.AnyStep)
        {
            // All that begins with the prefix, in a way that every database sorts alike.
            sql.Raw(" AND j.act >= ").Value(Acts.Step("")).Raw(" AND j.act < ").Value(Acts.AnyStep + ";");
        }
        else
        {
            Ask(sql, " AND j.act = ", query.Act);
        }

        sql.Raw(" ORDER BY j.seq DESC LIMIT ").Value(query.Most + 1L);
        return session.ListAsync(sql.ToStatement(), r => (JournalReader.Read(r), r.IsDBNull(10) ? null : r.GetString(10)));
    });

    private static void Ask(SqlText sql, string condition, object? value)
    {
        if (value is not null)
        {
            sql.Raw(condition).Value(value);
        }
    }
}
