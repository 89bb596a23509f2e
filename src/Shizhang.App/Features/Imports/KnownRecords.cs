using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Records.Importing;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Imports;

/// <summary>What of a file the ledger has already: <see cref="Differing"/> of the <see cref="Present"/> say something else by now.</summary>
internal sealed record SortedRecords(IReadOnlyList<ImportedRecord> New, int Present, int Differing);

/// <summary>
/// Tells what is new from what is there: by a unique value, else by all values of any version of a living record, as often as
/// the file has them (docs/decisions/0007).
/// </summary>
internal sealed class KnownRecords(Workplace place, Ledger ledger, HeadingMap map, DateOnly today)
{
    private const int MostAskedAtOnce = 500;

    private readonly RecordArchive _archive = new(place.Store);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Field[] _unique = [.. ledger.Fields.Where(f => f.Unique)];

    public async Task<SortedRecords> SortAsync(IReadOnlyList<ImportedRecord> records)
    {
        var (present, differing) = await ByUniqueAsync([.. records.Where(HasUnique)]);
        var others = records.Where(r => !HasUnique(r)).ToList();
        var digests = others.ConvertAll(r => Digest(r.Values!));
        var (there, next) = (await ByDigestAsync(others, digests.ToHashSet()), 0);
        var fresh = records.Where(r => HasUnique(r) ? !present.Contains(r.Row) : !TakeOne(there, digests[next++])).ToList();
        return new SortedRecords(fresh, records.Count - fresh.Count, differing);
    }

    /// <summary>Rows of one file that give the same value to a unique field: the later one with the earlier one's row.</summary>
    public IEnumerable<(ImportedRecord Record, Field Field, int Earlier)> Repeated(IReadOnlyList<ImportedRecord> records)
    {
        foreach (var field in _unique)
        {
            var met = new Dictionary<object, int>();
            foreach (var record in records)
            {
                if (record.Values?[field] is { } value && !met.TryAdd(value, record.Row))
                {
                    yield return (record, field, met[value]);
                }
            }
        }
    }

    private bool HasUnique(ImportedRecord record) => _unique.Any(f => record.Values![f] is not null);

    private async Task<(HashSet<int> Rows, int Differing)> ByUniqueAsync(List<ImportedRecord> records)
    {
        var (rows, differing) = (new HashSet<int>(), 0);
        foreach (var field in _unique)
        {
            foreach (var some in records.Where(r => r.Values![field] is not null && !rows.Contains(r.Row)).Chunk(MostAskedAtOnce))
            {
                var byValue = some.ToDictionary(r => r.Values![field]!);
                var where = new In(new FieldOperand(field), [.. byValue.Keys.Select(v => new Literal(v))], Negated: false);
                foreach (var stored in await _archive.ListAsync(place.Town, ledger, today, where, most: some.Length))
                {
                    var record = byValue[stored.Values[field]!];
                    differing += rows.Add(record.Row) && Digest(stored.Values) != Digest(Completed(record.Values!, stored.Values)) ? 1 : 0;
                }
            }
        }

        return (rows, differing);
    }

    private async Task<Dictionary<UInt128, int>> ByDigestAsync(List<ImportedRecord> records, HashSet<UInt128> wanted)
    {
        var (counts, past) = (new Dictionary<UInt128, int>(), new Dictionary<long, HashSet<UInt128>>());
        if (wanted.Count == 0)
        {
            return counts;
        }

        await _archive.VersionsAsync(place.Town, ledger, today, Span(records), version =>
        {
            var digest = Digest(version.Values);
            if (version.Gone is not null)
            {
                if (wanted.Contains(digest))
                {
                    (past.TryGetValue(version.Id, out var set) ? set : past[version.Id] = []).Add(digest);
                }

                return;
            }

            // Past versions come first; those of a voided record never meet their living one.
            past.Remove(version.Id, out var earlier);
            foreach (var one in (earlier ?? []).Append(digest).Where(wanted.Contains).Distinct())
            {
                counts[one] = counts.GetValueOrDefault(one) + 1;
            }
        });
        return counts;
    }

    /// <summary>Only records of the days of the file can be the same; null when one has no day.</summary>
    private And? Span(List<ImportedRecord> records)
    {
        var days = records.Select(r => r.Values![ledger.Date] as DateOnly?).ToList();
        return days.Contains(null) ? null : new And(
            new Comparison(ComparisonOperator.GreaterOrEqual, new FieldOperand(ledger.Date), new Literal(days.Min()!.Value), NullMatches: false),
            new Comparison(ComparisonOperator.LessOrEqual, new FieldOperand(ledger.Date), new Literal(days.Max()!.Value), NullMatches: false));
    }

    // A file says nothing of the columns it does not have.
    private RecordValues Completed(RecordValues given, RecordValues stored)
    {
        var whole = given.Copy();
        foreach (var field in ledger.Fields.Where(f => !map.Columns.Any(c => c.Field == f)))
        {
            whole[field] = map.Columns.Any(c => c.Lines == field) && given.LinesOf(field).Count == stored.LinesOf(field).Count ? Completed(field, given, stored)
                : map.Columns.Any(c => c.Lines == field) ? given[field]
                : stored[field];
        }

        return whole;
    }

    private List<RecordValues> Completed(Field lines, RecordValues given, RecordValues stored) =>
    [
        .. given.LinesOf(lines).Zip(stored.LinesOf(lines), (line, there) =>
        {
            var whole = line.Copy();
            foreach (var field in lines.Lines!.Where(f => !map.Columns.Any(c => c.Field == f)))
            {
                whole[field] = there[field];
            }

            return whole;
        }),
    ];

    private static bool TakeOne(Dictionary<UInt128, int> there, UInt128 digest)
    {
        var left = there.GetValueOrDefault(digest);
        if (left > 0)
        {
            there[digest] = left - 1;
        }

        return left > 0;
    }

    private UInt128 Digest(RecordValues values)
    {
        _buffer.ResetWrittenCount();
        CanonicalForm.Write(_buffer, ledger, 0, null, values);
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(_buffer.WrittenSpan));
    }
}
