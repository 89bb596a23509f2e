using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Figures;

/// <summary>
/// The questions of one ledger and shape. Both the figures and the lists of the records behind them are written from the
/// same <see cref="FigureConditions"/>, so a count and its list cannot differ.
/// </summary>
internal sealed class FigureQuery(Store store, FigureScope scope, Shape shape)
{
    private readonly List<Indicator> _indicators = [];
    private readonly List<IReadOnlyList<Indicator>> _unions = [];

    /// <summary>The indicators asked, each answered by two columns: its value and its number of records.</summary>
    public IReadOnlyList<Indicator> Indicators => _indicators;

    /// <summary>Sets of indicators of which the number of distinct records is asked as well: the parts of composed ones.</summary>
    public IReadOnlyList<IReadOnlyList<Indicator>> Unions => _unions;

    public void Add(Indicator indicator)
    {
        if (!_indicators.Contains(indicator))
        {
            _indicators.Add(indicator);
        }
    }

    public int AddUnion(IReadOnlyList<Indicator> parts)
    {
        _unions.Add(parts);
        return _unions.Count - 1;
    }

    /// <summary>One row: value and records of each indicator in turn, then the records of each union.</summary>
    public Statement Figures(IReadOnlyDictionary<Indicator, FigureQuery> all)
    {
        var sql = new SqlText(store.Database.Dialect).Raw("SELECT ");
        var conditions = Conditions(_indicators);
        if (shape.Kind == ShapeKind.Latest)
        {
            var latest = new LatestColumns(store, scope, conditions, shape.Ledger);
            Write(sql, all, q => latest.Write(sql, q, sum: true), q => latest.Write(sql, q, sum: false), _ => false, _ => { });
        }
        else if (store.Database.Dialect.GroupsInParallel && GroupColumns.Suits(_indicators, shape, conditions))
        {
            var groups = new GroupColumns(sql, conditions, _indicators);
            Write(sql, all, groups.Value, groups.Records, GroupColumns.SuitsUnion, groups.Union);
            groups.From();
        }
        else
        {
            var rows = new RowColumns(sql, conditions, shape);
            Write(sql, all, rows.Value, rows.Records, _ => true, rows.Union);
            conditions.From(sql, []);
            conditions.Where(sql);
        }

        return sql.ToStatement();
    }

    /// <summary>The records an indicator counts: id, version, date, unit, amount, then the fields of the ledger's title.</summary>
    public Statement Records(Indicator indicator, IReadOnlyList<Field> title, Filter? visible = null, CountedPage? page = null)
    {
        List<Field> read = [.. title.Concat(FilterFields.Of(visible)).Distinct()];
        var (question, ledger) = (Of(indicator), shape.Ledger);
        var conditions = Conditions([indicator]);
        List<Field> shown = [FigureConditions.DateOf(question, ledger), ledger.Unit];
        var sql = new SqlText(store.Database.Dialect).Raw("SELECT r.id, r._seq, ");
        sql.List(shown, f => sql.Column("r", FigureConditions.Code(f))).Raw(", ");
        Amount(sql, question);
        sql.List(title, f => sql.Raw(", ").Column("r", FigureConditions.Code(f)), "");
        if (shape.Kind == ShapeKind.Latest)
        {
            new LatestColumns(store, scope, conditions, ledger).Records(sql, question, read);
        }
        else
        {
            conditions.From(sql, read);
            conditions.Where(sql);
            sql.Raw(" AND ");
            conditions.OwnWithValue(sql, question);
        }

        if (visible is not null)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, ledger, null, "r", scope.Today).Write(visible);
        }

        if (shape.Lines is not null)
        {
            sql.Raw(" GROUP BY r.id, r._seq, ").List(shown.Concat(title).Distinct(), f => sql.Column("r", FigureConditions.Code(f)));
        }

        sql.Raw(" ORDER BY ").Column("r", FigureConditions.Code(shown[0])).Raw(", r.id");
        return (page is null ? sql : sql.Raw(" LIMIT ").Value((long)page.Most).Raw(" OFFSET ").Value((long)page.Skip)).ToStatement();
    }

    /// <summary>Kind and scale of the values an indicator adds up or takes; null when it counts.</summary>
    public (StorageKind Kind, int Scale)? Valued(Indicator indicator)
    {
        var question = Of(indicator);
        return question.Aggregate is Aggregate.Sum or Aggregate.Latest
            ? store.Layout.Of(shape.Ledger, question.Lines, question.Field!)
            : null;
    }

    private static Question Of(Indicator indicator) => (Question)indicator.Calculation;

    private FigureConditions Conditions(IReadOnlyList<Indicator> indicators) => new(store, scope, shape, indicators);

    private void Write(
        SqlText sql, IReadOnlyDictionary<Indicator, FigureQuery> all, Action<Question> value, Action<Question> records, Func<IEnumerable<Question>, bool> suits, Action<IReadOnlyList<Question>> union)
    {
        sql.List(_indicators, i =>
        {
            value(Of(i));
            sql.Raw(", ");
            records(Of(i));
        });
        foreach (var parts in _unions)
        {
            sql.Raw(", ");
            if (parts.All(p => all[p] == this) && suits(parts.Select(Of)))
            {
                union([.. parts.Select(Of)]);
            }
            else
            {
                sql.Raw("(SELECT COUNT(*) FROM (").List(parts, p => all[p].Ids(sql, p), " UNION ").Raw(") u)");
            }
        }
    }

    /// <summary>The ids an indicator counts, as a subselect; aliases are its own, so it may stand inside another statement.</summary>
    private void Ids(SqlText sql, Indicator indicator)
    {
        var conditions = Conditions([indicator]);
        if (shape.Kind == ShapeKind.Latest)
        {
            new LatestColumns(store, scope, conditions, shape.Ledger).Ids(sql, Of(indicator));
            return;
        }

        sql.Raw("SELECT r.id");
        conditions.From(sql, []);
        conditions.Where(sql);
        sql.Raw(" AND ");
        conditions.OwnWithValue(sql, Of(indicator));
    }

    private void Amount(SqlText sql, Question question)
    {
        var grouped = shape.Lines is not null;
        switch (question.Aggregate)
        {
            case Aggregate.Sum or Aggregate.Latest:
                sql.Raw(grouped ? "SUM(" : "(");
                FigureConditions.FieldOf(sql, question);
                sql.Raw(")");
                break;
            case Aggregate.Count when grouped:
                sql.Raw("COUNT(*)");
                break;
            case Aggregate.Distinct when grouped:
                sql.Raw("COUNT(DISTINCT ");
                FigureConditions.FieldOf(sql, question);
                sql.Raw(")");
                break;
            default:
                sql.Raw("CAST(1 AS bigint)");
                break;
        }
    }
}
