using System.Collections.Concurrent;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Texts;

namespace Shizhang.App.Api;

/// <summary>Descriptions of the API, which differ only by what the caller may read and enter and by language: made once for each such caller.</summary>
internal sealed class ApiDescriptions
{
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<(string Which, string Ledgers, Language Language), string> _kept = new();

    public string Of(string which, Visit visit, Func<IReadOnlyList<Ledger>, string> describe)
    {
        var access = visit.Access!;
        List<Ledger> ledgers = [.. visit.Place.Catalog.Ledgers.Values.Where(access.Reads)];
        var key = (which, string.Join(',', ledgers.Select(l => access.Records(l) ? $"{l.Code}+" : l.Code)), Text.Language);
        if (_kept.Count > MostKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd(key, _ => describe(ledgers));
    }
}
