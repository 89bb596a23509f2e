using System.Data.Common;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Journal;
using Shizhang.Storage.Records;

namespace Shizhang.Storage.Figures;

/// <summary>Which of the records behind a figure: those <see cref="Visible"/> lets through (null lets all), after <see cref="Skip"/>, at most <see cref="Most"/>.</summary>
public sealed record CountedPage(Func<Ledger, Filter?> Visible, int Skip, int Most);

/// <summary>Answers indicators: one statement per ledger and shape, however many are asked, all in one moment.</summary>
public sealed class FigureEngine(Store store)
{
    /// <summary>
    /// The frame of a question: the unit and what stood below it on the last day, the moment, and its journal number.
    /// <paramref name="unit"/> null is the whole town; <paramref name="asOf"/> null is now. Null when there is no such unit.
    /// </summary>
    public Task<FigureScope?> ScopeAsync(string town, Period period, string? unit = null, long? asOf = null) =>
        store.Database.ReadAsync(session => ScopeAsync(session, town, period, unit, asOf));

    /// <summary>Figures of a set of indicators, in the order asked.</summary>
    public Task<IReadOnlyList<Figure>> ComputeAsync(FigureScope scope, IReadOnlyList<Indicator> indicators) =>
        store.Database.ReadAsync(async session => await ComputeAsync(session, scope, indicators));

    /// <summary>Figures of one indicator over several scopes, such as the months of a year; each is computed for itself.</summary>
    public Task<List<IReadOnlyList<Figure>>> ComputeAsync(IReadOnlyList<FigureScope> scopes, IReadOnlyList<Indicator> indicators) =>
        store.Database.ReadAsync(async session =>
        {
            var figures = new List<IReadOnlyList<Figure>>(scopes.Count);
            foreach (var scope in scopes)
            {
                figures.Add(await ComputeAsync(session, scope, indicators));
            }

            return figures;
        });

    /// <summary>
    /// The records behind an indicator, of every ledger it asks, by date; a record stands once. <paramref name="page"/> keeps to
    /// those a visitor may see, and to some of them at a time.
    /// </summary>
    public Task<IReadOnlyList<CountedRecord>> RecordsAsync(FigureScope scope, Indicator indicator, CountedPage? page = null) =>
        store.Database.ReadAsync<IReadOnlyList<CountedRecord>>(async session =>
        {
            // Records that several parts count stand once, so only the list of a single question can be cut by the database.
            var isSingle = indicator.Calculation is Question;
            var found = new Dictionary<RecordKey, CountedRecord>();
            foreach (var leaf in indicator.Leaves.Distinct())
            {
                var query = new FigureQuery(store, scope, Shape.Of(leaf, (Question)leaf.Calculation));
                query.Add(leaf);
                var title = new RecordTitle(leaf.Ledger);
                var valued = query.Valued(leaf);
                await session.ReadAsync(query.Records(leaf, title.Fields, page?.Visible(leaf.Ledger), isSingle ? page : null), r =>
                {
                    var record = Counted(r, leaf, valued, title, scope);
                    found.TryAdd(new RecordKey(record.Ledger, record.Id), record);
                });
            }

            var ordered = found.Values.OrderBy(r => r.Date).ThenBy(r => r.Ledger, StringComparer.Ordinal).ThenBy(r => r.Id);
            return isSingle || page is null ? [.. ordered] : [.. ordered.Skip(page.Skip).Take(page.Most)];
        });

    internal async Task<FigureScope?> ScopeAsync(Session session, string town, Period period, string? unit, long? asOf)
    {
        var head = await JournalReader.HeadAsync(session, town);
        var number = Math.Min(asOf ?? head, head);
        var today = number < head
            ? LocalTime.DayOf(await JournalReader.TimeAsync(session, town, number))
            : LocalTime.Today(store.Clock);
        var tree = await UnitReader.ReadAsync(session, store, town, number < head ? number : null);
        if (unit is not null && tree.Find(unit) is null)
        {
            return null;
        }

        var root = tree.Root?.Code ?? town;
        var units = unit is null || unit == root ? null : tree.Scope(unit, period.To);
        return new FigureScope(town, unit ?? root, units, period, number, number == head, today, tree);
    }

    private async Task<IReadOnlyList<Figure>> ComputeAsync(Session session, FigureScope scope, IReadOnlyList<Indicator> indicators)
    {
        // Between the scope and now somebody may have written; the figures are of the scope's moment all the same.
        if (scope.AtHead && await JournalReader.HeadAsync(session, scope.Town) != scope.AsOf)
        {
            scope = scope with { AtHead = false };
        }

        var queries = new Dictionary<Shape, FigureQuery>();
        var owner = new Dictionary<Indicator, FigureQuery>();
        foreach (var leaf in indicators.SelectMany(i => i.Leaves).Distinct())
        {
            var shape = Shape.Of(leaf, (Question)leaf.Calculation);
            if (!queries.TryGetValue(shape, out var query))
            {
                queries.Add(shape, query = new FigureQuery(store, scope, shape));
            }

            query.Add(leaf);
            owner.Add(leaf, query);
        }

        // The records of a composed figure are the distinct ones of its parts: asked once per ledger, in a statement that runs anyway.
        var unions = new Dictionary<(Indicator, Ledger), (FigureQuery Query, int Index)>();
        foreach (var composed in indicators.Where(i => i.Calculation is not Question))
        {
            foreach (var ofLedger in composed.Leaves.Distinct().GroupBy(l => l.Ledger))
            {
                var parts = ofLedger.ToList();
                unions.Add((composed, ofLedger.Key), (owner[parts[0]], owner[parts[0]].AddUnion(parts)));
            }
        }

        var answers = new Dictionary<Indicator, (decimal? Value, long Records)>();
        var unionAnswers = new Dictionary<(FigureQuery, int), long>();
        foreach (var query in queries.Values)
        {
            await session.ReadAsync(query.Figures(owner), r => Read(r, query, answers, unionAnswers));
        }

        return [.. indicators.Select(i => new Figure(
            i,
            Value(i, answers),
            i.Calculation is Question
                ? answers[i].Records
                : unions.Where(u => u.Key.Item1 == i).Sum(u => unionAnswers[u.Value]),
            scope.Period,
            scope.Unit,
            scope.AsOf))];
    }

    private void Read(DbDataReader reader, FigureQuery query, Dictionary<Indicator, (decimal?, long)> answers, Dictionary<(FigureQuery, int), long> unions)
    {
        var ordinal = 0;
        foreach (var indicator in query.Indicators)
        {
            var value = query.Valued(indicator) is { } kept
                ? store.Database.Dialect.SumFromDatabase(reader, ordinal, kept.Scale)
                : reader.GetInt64(ordinal);
            var records = reader.IsDBNull(ordinal + 1) ? (long)value!.Value : reader.GetInt64(ordinal + 1);
            // The sum of nothing is nothing added up: 0, not unknown.
            answers.Add(indicator, (value ?? 0, records));
            ordinal += 2;
        }

        for (var i = 0; i < query.Unions.Count; i++)
        {
            unions.Add((query, i), reader.GetInt64(ordinal++));
        }
    }

    private CountedRecord Counted(DbDataReader reader, Indicator leaf, (StorageKind Kind, int Scale)? valued, RecordTitle title, FigureScope scope)
    {
        var dialect = store.Database.Dialect;
        var amount = valued is { } kept ? dialect.SumFromDatabase(reader, 4, kept.Scale) : reader.GetInt64(4);
        var values = new RecordValues(leaf.Ledger.Fields);
        var ordinal = 5;
        foreach (var field in title.Fields)
        {
            var (kind, scale) = store.Layout.Of(leaf.Ledger, null, field);
            values[field] = dialect.FromDatabase(reader, ordinal++, kind, scale);
        }

        return new CountedRecord(
            leaf.Ledger.Code,
            reader.GetInt64(0),
            reader.GetInt64(1),
            (DateOnly?)dialect.FromDatabase(reader, 2, StorageKind.Date, 0),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            amount,
            title.Of(values, scope.Tree));
    }

    private static decimal? Value(Indicator indicator, Dictionary<Indicator, (decimal? Value, long)> answers) => indicator.Calculation switch
    {
        Question => answers[indicator].Value,
        Ratio ratio => Value(ratio.Denominator, answers) is { } below and not 0 && Value(ratio.Numerator, answers) is { } above
            ? above / below * (indicator.IsPercent ? 100 : 1)
            : null,
        Total total => total.Parts.Sum(p => Value(p, answers)),
        Difference difference => Value(difference.Minuend, answers) - Value(difference.Subtrahend, answers),
        _ => throw new InvalidOperationException($"No value for {indicator.Calculation}."),
    };
}
