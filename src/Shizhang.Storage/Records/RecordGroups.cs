using Shizhang.Core.Filters;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Records;

/// <summary>Groups of living records: one row per group, its values and then its aggregates, in the order they were asked.</summary>
public sealed class RecordGroups(Store store)
{
    /// <summary>More groups than this are not given; the list then has one more.</summary>
    public const int MostGroups = 10_000;

    /// <summary>Rows sorted by their groups. <paramref name="request"/> says which records; its order and page are not used.</summary>
    public Task<List<object?[]>> ReadAsync(string town, PageRequest request, Apply apply) => store.Database.ReadAsync(async session =>
    {
        var sql = new SqlText(session.Dialect).Raw("SELECT ");
        var by = apply.By.Select(o => (Action)(() => Column(sql, o)));
        sql.List(by.Concat(apply.Aggregations.Select(a => (Action)(() => Aggregate(sql, a)))), write => write());
        sql.Raw(" FROM ").Name(Identifier.Of(request.Ledger.Code)).Raw(" r WHERE r.town = ").Value(town);
        new RecordPager(store).Where(sql, request);
        if (apply.By.Count > 0)
        {
            foreach (var clause in (string[])[" GROUP BY ", " ORDER BY "])
            {
                sql.Raw(clause).List(apply.By, o => Column(sql, o));
            }

            sql.Raw(" LIMIT ").Value(MostGroups + 1L);
        }

        return await session.ListAsync(sql.ToStatement(), r => Row(r, session.Dialect, request, apply));
    });

    private object?[] Row(System.Data.Common.DbDataReader reader, Dialect dialect, PageRequest request, Apply apply)
    {
        var row = new object?[apply.By.Count + apply.Aggregations.Count];
        for (var i = 0; i < apply.By.Count; i++)
        {
            row[i] = Value(reader, i, apply.By[i]);
        }

        for (var i = 0; i < apply.Aggregations.Count; i++)
        {
            var (at, one) = (apply.By.Count + i, apply.Aggregations[i]);
            row[at] = one.Kind switch
            {
                AggregationKind.Count or AggregationKind.CountDistinct => reader.GetInt64(at),
                AggregationKind.Sum => dialect.SumFromDatabase(reader, at, store.Layout.Of(request.Ledger, null, one.Field!).Scale),
                _ => Value(reader, at, one.Operand!),
            };
        }

        return row;

        object? Value(System.Data.Common.DbDataReader from, int ordinal, Operand operand)
        {
            if (operand is not FieldOperand { Field: var field })
            {
                return from.IsDBNull(ordinal) ? null : from.GetString(ordinal);
            }

            var (kind, scale) = store.Layout.Of(request.Ledger, null, field);
            return Layout.Narrow(dialect.FromDatabase(from, ordinal, kind, scale), field);
        }
    }

    private static void Column(SqlText sql, Operand operand) =>
        sql.Column("r", operand is FieldOperand field ? Identifier.Of(field.Field.Code) : Tables.State);

    private static void Aggregate(SqlText sql, Aggregation one)
    {
        sql.Raw(one.Kind switch
        {
            AggregationKind.Count => "COUNT(*",
            AggregationKind.CountDistinct => "COUNT(DISTINCT ",
            AggregationKind.Sum => "SUM(",
            AggregationKind.Min => "MIN(",
            _ => "MAX(",
        });
        if (one.Operand is { } operand)
        {
            Column(sql, operand);
        }

        sql.Raw(")");
    }
}
