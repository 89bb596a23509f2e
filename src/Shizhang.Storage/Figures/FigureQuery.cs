using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Figures;

/// <summary>
/// The questions of one ledger and shape. Both the figures and the lists of the records behind them are written from the
/// same conditions here, so a count and its list cannot differ.
/// </summary>
internal sealed class FigureQuery(Store store, FigureScope scope, Shape shape)
{
    private readonly List<Indicator> _indicators = [];
    private readonly List<IReadOnlyList<Indicator>> _unions = [];

    public Shape Shape { get; } = shape;

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
        if (Shape.Kind == ShapeKind.Latest)
        {
            sql.List(_indicators, i => LatestColumns(sql, i));
        }
        else
        {
            sql.List(_indicators, i => Columns(sql, i));
        }

        if (_indicators.Count > 0 && _unions.Count > 0)
        {
            sql.Raw(", ");
        }

        sql.List(_unions, u => UnionColumn(sql, u, all));
        if (Shape.Kind != ShapeKind.Latest)
        {
            From(sql, _indicators);
        }

        return sql.ToStatement();
    }

    /// <summary>The records an indicator counts: id, version, date, unit, amount, then the fields of the ledger's title.</summary>
    public Statement Records(Indicator indicator, IReadOnlyList<Field> title)
    {
        var sql = new SqlText(store.Database.Dialect);
        var question = Of(indicator);
        sql.Raw("SELECT r.id, r._seq, ").Column("r", Code(DateOf(question))).Raw(", ").Column("r", Code(Ledger.Unit)).Raw(", ");
        switch (Shape.Kind)
        {
            case ShapeKind.Lines:
                Amount(sql, question, grouped: true);
                break;
            default:
                Amount(sql, question, grouped: false);
                break;
        }

        sql.List(title, f => sql.Raw(", ").Column("r", Code(f)), "");
        if (Shape.Kind == ShapeKind.Latest)
        {
            sql.Raw(" FROM (SELECT ").List(Listed(question, title), f => sql.Column("q", Code(f))).Raw(", q.town, q.id, q._seq, ");
            LatestRank(sql, "q");
            sql.Raw(" AS rank_in_unit FROM ");
            Source().Write(sql, "q", Listed(question, title));
            sql.Raw(" WHERE ");
            LatestCondition(sql, "q", question);
            sql.Raw(") r WHERE r.rank_in_unit = 1");
        }
        else
        {
            sql.Raw(" FROM ");
            Source().Write(sql, "r", Listed(question, title));
            if (Shape.Lines is { } lines)
            {
                Source().Join(sql, lines, "l", "r");
            }

            sql.Raw(" WHERE ");
            Where(sql, "r");
            sql.Raw(" AND ");
            Condition(sql, question);
            if (Shape.Lines is not null)
            {
                sql.Raw(" GROUP BY r.id, r._seq, ").Column("r", Code(DateOf(question))).Raw(", ").Column("r", Code(Ledger.Unit));
                sql.List(title, f => sql.Raw(", ").Column("r", Code(f)), "");
            }
        }

        return sql.Raw(" ORDER BY ").Column("r", Code(DateOf(question))).Raw(", r.id").ToStatement();
    }

    /// <summary>Kind and scale of the values an indicator adds up or takes; null when it counts.</summary>
    public (StorageKind Kind, int Scale)? Valued(Indicator indicator)
    {
        var question = Of(indicator);
        return question.Aggregate is Aggregate.Sum or Aggregate.Latest
            ? store.Layout.Of(Ledger, question.Lines, question.Field!)
            : null;
    }

    private Ledger Ledger => Shape.Ledger;

    private static Question Of(Indicator indicator) => (Question)indicator.Calculation;

    private static Identifier Code(Field field) => Identifier.Of(field.Code);

    private VersionSource Source() => new(scope.Town, Ledger, scope.AtHead ? null : scope.AsOf);

    private void From(SqlText sql, IReadOnlyList<Indicator> indicators)
    {
        sql.Raw(" FROM ");
        Source().Write(sql, "r", indicators.SelectMany(i => Listed(Of(i), [])));
        if (Shape.Lines is { } lines)
        {
            Source().Join(sql, lines, "l", "r");
        }

        sql.Raw(" WHERE ");
        Where(sql, "r");
    }

    /// <summary>The columns of the ledger that a question reads.</summary>
    private IEnumerable<Field> Listed(Question question, IEnumerable<Field> also)
    {
        Field?[] own = [Ledger.Date, Ledger.Unit, question.Date, question.Lines is null ? question.Field : null, question.From, question.Until];
        return own.OfType<Field>().Concat(FilterFields.Of(question.Where)).Concat(also).Where(f => !f.IsChild).Distinct();
    }

    /// <summary>What all questions of the shape share: town, units and, for flows, the period.</summary>
    private void Where(SqlText sql, string alias)
    {
        sql.Column(alias, Tables.Town).Raw(" = ").Value(scope.Town);
        if (scope.Units is { } units)
        {
            sql.Raw(" AND ").Column(alias, Code(Ledger.Unit)).Raw(" IN (").List(units, u => sql.Value(u)).Raw(")");
        }

        if (SharedDate is { } date)
        {
            sql.Raw(" AND ");
            Within(sql, alias, date);
        }
    }

    /// <summary>The date by which all questions of a flow place a record; null when they differ, and each says its own.</summary>
    private Field? SharedDate => Shape.Kind == ShapeKind.Flow && _indicators.Select(i => DateOf(Of(i))).Distinct().Take(2).ToList() is [var date] ? date : null;

    private Field DateOf(Question question) => question.Date ?? Ledger.Date;

    private void Within(SqlText sql, string alias, Field date) => sql
        .Column(alias, Code(date)).Raw(" >= ").Value(scope.Period.From, StorageKind.Date, 0)
        .Raw(" AND ").Column(alias, Code(date)).Raw(" <= ").Value(scope.Period.To, StorageKind.Date, 0);

    /// <summary>What makes a record (or line) count for one question, beyond what the shape shares; always some text.</summary>
    private void Condition(SqlText sql, Question question)
    {
        var parts = new List<Action>();
        if (question.Moment == Moment.AtEnd)
        {
            parts.Add(() => InForce(sql, question));
        }
        else if (Shape.Lines is { } lines)
        {
            parts.Add(() => Within(sql, lines.LinesDate is null ? "r" : "l", lines.LinesDate ?? DateOf(question)));
        }
        else if (Shape.Kind == ShapeKind.Flow && SharedDate is null)
        {
            parts.Add(() => Within(sql, "r", DateOf(question)));
        }

        if (question.Where is { } where)
        {
            parts.Add(() => new FilterSql(sql, store.Layout, Ledger, null, "r", scope.Today).Write(where));
        }

        if (question.LineWhere is { } lineWhere)
        {
            parts.Add(() => new FilterSql(sql, store.Layout, Ledger, Shape.Lines, "l", scope.Today).Write(lineWhere));
        }

        if (question.Field is { } field)
        {
            parts.Add(() => sql.Column(question.Lines is null ? "r" : "l", Code(field)).Raw(" IS NOT NULL"));
        }

        if (parts.Count == 0)
        {
            parts.Add(() => sql.Raw("1 = 1"));
        }

        sql.List(parts, p => p(), " AND ");
    }

    private bool IsUnconditional(Question question) =>
        question is { Moment: Moment.Within, Where: null, LineWhere: null, Field: null } && Shape.Lines is null && (Shape.Kind != ShapeKind.Flow || SharedDate is not null);

    private void InForce(SqlText sql, Question question)
    {
        sql.Column("r", Code(question.From ?? Ledger.Date)).Raw(" <= ").Value(scope.Period.To, StorageKind.Date, 0);
        if (question.Until is { } until)
        {
            sql.Raw(" AND (").Column("r", Code(until)).Raw(" IS NULL OR ").Column("r", Code(until)).Raw(" > ").Value(scope.Period.To, StorageKind.Date, 0).Raw(")");
        }
    }

    private void Columns(SqlText sql, Indicator indicator)
    {
        var question = Of(indicator);
        var valueAlias = question.Lines is null ? "r" : "l";
        switch (question.Aggregate)
        {
            case Aggregate.Count:
                CountOf(sql, question, Shape.Lines is null ? null : "1");
                break;
            case Aggregate.Sum:
                sql.Raw("SUM(CASE WHEN ");
                Condition(sql, question);
                sql.Raw(" THEN ").Column(valueAlias, Code(question.Field!)).Raw(" END)");
                break;
            default:
                sql.Raw("COUNT(DISTINCT CASE WHEN ");
                Condition(sql, question);
                sql.Raw(" THEN ").Column(valueAlias, Code(question.Field!)).Raw(" END)");
                break;
        }

        sql.Raw(", ");
        if (Shape.Lines is not null)
        {
            sql.Raw("COUNT(DISTINCT CASE WHEN ");
            Condition(sql, question);
            sql.Raw(" THEN r.id END)");
        }
        else if (question.Aggregate == Aggregate.Count)
        {
            // A count of records is its own number of records; asking twice would cost as much again.
            sql.Raw("NULL");
        }
        else
        {
            CountOf(sql, question, null);
        }
    }

    private void CountOf(SqlText sql, Question question, string? lines)
    {
        if (lines is null && IsUnconditional(question))
        {
            sql.Raw("COUNT(*)");
            return;
        }

        sql.Raw("COUNT(CASE WHEN ");
        Condition(sql, question);
        sql.Raw(" THEN 1 END)");
    }

    private void LatestColumns(SqlText sql, Indicator indicator)
    {
        Latest(sql, indicator, () => sql.Raw("SUM(r.").Name(Code(Of(indicator).Field!)).Raw(")"));
        sql.Raw(", ");
        Latest(sql, indicator, () => sql.Raw("COUNT(*)"));
    }

    private void Latest(SqlText sql, Indicator indicator, Action aggregate)
    {
        var question = Of(indicator);
        sql.Raw("(SELECT ");
        aggregate();
        sql.Raw(" FROM (SELECT q.id, ").Column("q", Code(question.Field!)).Raw(", ");
        LatestRank(sql, "q");
        sql.Raw(" AS rank_in_unit FROM ");
        Source().Write(sql, "q", Listed(question, []));
        sql.Raw(" WHERE ");
        LatestCondition(sql, "q", question);
        sql.Raw(") r WHERE r.rank_in_unit = 1)");
    }

    private void LatestRank(SqlText sql, string alias) => sql
        .Raw("ROW_NUMBER() OVER (PARTITION BY ").Column(alias, Code(Ledger.Unit)).Raw(" ORDER BY ").Column(alias, Code(Ledger.Date)).Raw(" DESC, ").Raw(alias).Raw("._seq DESC)");

    private void LatestCondition(SqlText sql, string alias, Question question)
    {
        Where(sql, alias);
        sql.Raw(" AND ").Column(alias, Code(Ledger.Date)).Raw(" <= ").Value(scope.Period.To, StorageKind.Date, 0);
        sql.Raw(" AND ").Column(alias, Code(question.Field!)).Raw(" IS NOT NULL");
        if (question.Where is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, Ledger, null, alias, scope.Today).Write(where);
        }
    }

    private void UnionColumn(SqlText sql, IReadOnlyList<Indicator> parts, IReadOnlyDictionary<Indicator, FigureQuery> all)
    {
        if (Shape.Kind != ShapeKind.Latest && parts.All(p => all[p] == this))
        {
            sql.Raw(Shape.Lines is null ? "COUNT(CASE WHEN " : "COUNT(DISTINCT CASE WHEN ");
            sql.List(parts, p =>
            {
                sql.Raw("(");
                Condition(sql, Of(p));
                sql.Raw(")");
            }, " OR ").Raw(Shape.Lines is null ? " THEN 1 END)" : " THEN r.id END)");
            return;
        }

        sql.Raw("(SELECT COUNT(*) FROM (");
        sql.List(parts, p => all[p].Ids(sql, p), " UNION ").Raw(") u)");
    }

    /// <summary>The ids an indicator counts, as a subselect; aliases are its own, so it may stand inside another statement.</summary>
    private void Ids(SqlText sql, Indicator indicator)
    {
        var question = Of(indicator);
        if (Shape.Kind == ShapeKind.Latest)
        {
            sql.Raw("SELECT r.id FROM (SELECT q.id, ");
            LatestRank(sql, "q");
            sql.Raw(" AS rank_in_unit FROM ");
            Source().Write(sql, "q", Listed(question, []));
            sql.Raw(" WHERE ");
            LatestCondition(sql, "q", question);
            sql.Raw(") r WHERE r.rank_in_unit = 1");
            return;
        }

        sql.Raw("SELECT r.id");
        From(sql, [indicator]);
        sql.Raw(" AND ");
        Condition(sql, question);
    }

    private static void Amount(SqlText sql, Question question, bool grouped)
    {
        var column = question.Field is null ? default : Code(question.Field);
        switch (question.Aggregate)
        {
            case Aggregate.Sum or Aggregate.Latest:
                sql.Raw(grouped ? "SUM(" : "(").Column(question.Lines is null ? "r" : "l", column).Raw(")");
                break;
            case Aggregate.Count when grouped:
                sql.Raw("COUNT(*)");
                break;
            case Aggregate.Distinct when grouped:
                sql.Raw("COUNT(DISTINCT ").Column("l", column).Raw(")");
                break;
            default:
                sql.Raw("CAST(1 AS bigint)");
                break;
        }
    }
}
