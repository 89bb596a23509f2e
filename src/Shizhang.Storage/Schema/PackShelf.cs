using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Schema;

/// <summary>Every pack that was ever loaded, by its digest, so that what was issued under it can be recounted for ever.</summary>
public static class PackShelf
{
    /// <summary>Digest of the pack the tables follow; null in a new database.</summary>
    public static Task<string?> LatestAsync(Database database) => database.ReadAsync(async session =>
        await ExistsAsync(session)
            ? await session.FirstAsync(new Statement("SELECT digest FROM _applied ORDER BY n DESC LIMIT 1", []), r => r.GetString(0))
            : null);

    /// <summary>The files of a kept pack by path; empty when it was never loaded here.</summary>
    public static Task<Dictionary<string, string>> FilesAsync(Database database, string digest) => database.ReadAsync(async session =>
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await session.ReadAsync(
            new Statement("SELECT path, content FROM _pack WHERE digest = $1", [digest]),
            r => files.Add(r.GetString(0), r.GetString(1)));
        return files;
    });

    internal static async Task KeepAsync(Session session, string digest, IReadOnlyDictionary<string, string> files)
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
            "INSERT INTO _applied (n, digest) SELECT COALESCE(MAX(n), 0) + 1, CAST($1 AS text) FROM _applied", [digest]));
        await session.ExecuteAsync("COMMIT");
    }

    private static async Task<bool> ExistsAsync(Session session) =>
        (await session.ListAsync(session.Dialect.ActualColumns, r => r.GetString(0))).Contains("_applied");
}
