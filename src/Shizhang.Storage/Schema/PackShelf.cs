using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;

namespace Shizhang.Storage.Schema;

/// <summary>Every pack that was ever loaded, by its digest, so that what was issued under it can be recounted for ever.</summary>
public static class PackShelf
{
    /// <summary>Digest of the pack the tables follow; null in a new database.</summary>
    public static Task<string?> LatestAsync(Database database) => database.ReadAsync(LatestAsync);

    /// <summary>Digest of the pack that was in force at a time: the last applied by then, else the first there was.</summary>
    public static Task<string?> InForceAsync(Database database, DateTimeOffset time) => database.ReadAsync(async session =>
    {
        var applied = await session.ListAsync(
            new Statement("SELECT digest, COALESCE(at, 0) FROM _applied ORDER BY n", []), r => (Digest: r.GetString(0), At: r.GetInt64(1)));
        return applied.Where(a => a.At <= JournalReader.Microseconds(time)).Select(a => a.Digest).LastOrDefault() ?? applied.Select(a => a.Digest).FirstOrDefault();
    });

    /// <summary>Every change of pack, the last first: since when, its digest, and its pack.yaml.</summary>
    public static Task<List<(string Digest, DateTimeOffset At, string Head)>> HistoryAsync(Database database) => database.ReadAsync(session => session.ListAsync(
        new Statement("SELECT a.digest, COALESCE(a.at, 0), COALESCE(p.content, '') FROM _applied a LEFT JOIN _pack p ON p.digest = a.digest AND p.path = 'pack.yaml' ORDER BY a.n DESC", []),
        r => (r.GetString(0), DateTimeOffset.UnixEpoch.AddMicroseconds(r.GetInt64(1)), r.GetString(2))));

    /// <summary>The files of a kept pack by path; empty when it was never loaded here.</summary>
    public static Task<Dictionary<string, string>> FilesAsync(Database database, string digest) => database.ReadAsync(session => FilesAsync(session, digest));

    internal static async Task<string?> LatestAsync(Session session) => await ExistsAsync(session)
        ? await session.FirstAsync(new Statement("SELECT digest FROM _applied ORDER BY n DESC LIMIT 1", []), r => r.GetString(0))
        : null;

    internal static async Task<Dictionary<string, string>> FilesAsync(Session session, string digest)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await session.ReadAsync(
            new Statement("SELECT path, content FROM _pack WHERE digest = $1", [digest]),
            r => files.Add(r.GetString(0), r.GetString(1)));
        return files;
    }

    internal static async Task KeepAsync(Session session, string digest, IReadOnlyDictionary<string, string> files, DateTimeOffset now)
    {
        await session.ExecuteAsync(session.Dialect.BeginWrite);
        var known = await session.FirstAsync(new Statement("SELECT 1 FROM _pack WHERE digest = $1 LIMIT 1", [digest]), _ => true);
        if (!known)
        {
            foreach (var (path, content) in files)
            {
                await session.ExecuteAsync(new Statement("INSERT INTO _pack (digest, path, content) VALUES ($1, $2, $3)", [digest, path, content]));
            }
        }

        await session.ExecuteAsync(new Statement(
            "INSERT INTO _applied (n, digest, at) SELECT COALESCE(MAX(n), 0) + 1, CAST($1 AS text), CAST($2 AS bigint) FROM _applied", [digest, JournalReader.Microseconds(now)]));
        await session.ExecuteAsync("COMMIT");
    }

    private static async Task<bool> ExistsAsync(Session session) =>
        (await session.ListAsync(session.Dialect.ActualColumns, r => r.GetString(0))).Contains("_applied");
}
