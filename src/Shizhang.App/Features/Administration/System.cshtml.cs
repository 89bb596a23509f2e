using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.App.Access;
using Shizhang.Core;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Schema;

namespace Shizhang.App.Features.Administration;

/// <summary>How the machine stands, and which packs it has followed.</summary>
[Needs(Right.System)]
internal sealed partial class SystemPage : AdministrationPage
{
    public (string Name, long Bytes) Database { get; private set; }

    public long EvidenceFiles { get; private set; }

    public long EvidenceBytes { get; private set; }

    public long Head { get; private set; }

    public int Sessions { get; private set; }

    public string Since { get; private set; } = "";

    public IReadOnlyList<(string Digest, DateTimeOffset At, string Version)> Packs { get; private set; } = [];

    public string BackupWords => $"FILE.szb --data {Place.Address.Folder}{(Place.Address.Connection is null ? "" : " --db …")}";

    public async Task OnGetAsync()
    {
        var database = Place.Store.Database;
        Database = await database.DescribeAsync();
        Head = await new JournalReader(database).HeadAsync(Place.Town);
        Sessions = (await new SessionArchive(Place.Store).ListAsync(Place.Town)).Count;
        Packs = [.. (await PackShelf.HistoryAsync(database)).Select(p => (p.Digest, p.At, Version().Match(p.Head).Groups[1].Value))];
        using (var process = Process.GetCurrentProcess())
        {
            Since = LocalClock.Minute(new DateTimeOffset(process.StartTime));
        }

        var folder = new DirectoryInfo(Place.Evidence.Folder);
        foreach (var file in folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            EvidenceFiles++;
            EvidenceBytes += file.Length;
        }
    }

    /// <summary>Bytes as people say them: 1.4 MB.</summary>
    public static string Size(long bytes)
    {
        string[] names = ["B", "kB", "MB", "GB", "TB"];
        var (size, at) = ((decimal)bytes, 0);
        while (size >= 1024 && at < names.Length - 1)
        {
            size /= 1024;
            at++;
        }

        return $"{size.ToString(at == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {names[at]}";
    }

    [GeneratedRegex("^version:\\s*['\"]?([^'\"\\s]+)", RegexOptions.Multiline, Patterns.MostMilliseconds)]
    private static partial Regex Version();
}
