using System.Text;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Journal;

/// <summary>Personal fields shown in clear: an act of its own, with a reason, journalled before anything is shown.</summary>
public sealed class Disclosure(Store store)
{
    /// <summary><paramref name="record"/> null is many records of the ledger; the reason then says which.</summary>
    public Task WriteAsync(string town, Actor actor, Ledger ledger, long? record, string reason) => store.EnqueueAsync(town, actor, [new SystemChange(
        Acts.Shown, Sm3.Hash(Encoding.UTF8.GetBytes($"{ledger.Code}/{record}\n{reason}")), seq =>
        [
            new Statement("INSERT INTO _reason (town, seq, reason) VALUES ($1, $2, $3)", [town, seq, reason]),
        ])
    {
        About = record is { } one ? new RecordKey(ledger.Code, one) : null,
        Ledger = ledger.Code,
    }]);
}
