using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;
using Shizhang.Storage.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Figures;

/// <summary>
/// What makes a record or line count: the same conditions for figures and for the lists behind them. Records are the alias
/// <c>r</c>, lines <c>l</c>. When all questions are about the same time, that stands in the WHERE once.
/// </summary>
internal sealed class FigureConditions(Store store, FigureScope scope, Shape shape, IReadOnlyList<Indicator> indicators)
{
    /// <summary>All questions are about the same time.</summary>
    public bool SharesTime { get; } = indicators.Select(i => TimeOf((Question)i.Calculation, shape)).Distinct().Take(2).Count() == 1;

    private Ledger Ledger => shape.Ledger;

    /// <summary>The versions asked, with the columns the questions read.</summary>
    public void From(SqlText sql, IEnumerable<Field> also)
    {
        sql.Raw(" FROM ");
        Source.Write(sql, "r", indicators.SelectMany(i => FieldsOf((Question)i.Calculation)).Concat(also).Distinct());
        if (shape.Lines is { } lines)
        {
            Source.Join(sql, lines, "l", "r");
        }
    }

    public VersionSource Source => new(scope.Town, Ledger, scope.AtHead ? null : scope.AsOf);

    /// <summary>What all questions share: town, units and, when they share it, time.</summary>
    public void Where(SqlText sql, string alias = "r")
    {
        sql.Raw(" WHERE ").Column(alias, Tables.Town).Raw(" = ").Value(scope.Town);
        if (scope.Units is { } units)
        {
            sql.Raw(" AND ").Column(alias, Code(Ledger.Unit)).Raw(" IN (").List(units, u => sql.Value(u)).Raw(")");
        }

        if (SharesTime && shape.Kind != ShapeKind.Latest)
        {
            sql.Raw(" AND ");
            Time(sql, (Question)indicators[0].Calculation);
        }
    }

    /// <summary>True when a question asks no more than what all share.</summary>
    public bool IsShared(Question question) => SharesTime && question is { Where: null, LineWhere: null };

    /// <summary>What a question asks beyond what all share; always some text.</summary>
    public void Own(SqlText sql, Question question)
    {
        var parts = new List<Action>();
        if (!SharesTime)
        {
            parts.Add(() => Time(sql, question));
        }

        if (question.Where is { } where)
        {
            parts.Add(() => new FilterSql(sql, store.Layout, Ledger, null, "r", scope.Today).Write(where));
        }

        if (question.LineWhere is { } lineWhere)
        {
            parts.Add(() => new FilterSql(sql, store.Layout, Ledger, shape.Lines, "l", scope.Today).Write(lineWhere));
        }

        if (parts.Count == 0)
        {
            parts.Add(() => sql.Raw("1 = 1"));
        }

        sql.List(parts, p => p(), " AND ");
    }

    /// <summary><see cref="Own"/>, and that the field asked is not empty: an empty one is neither added nor told apart.</summary>
    public void OwnWithValue(SqlText sql, Question question)
    {
        Own(sql, question);
        if (question.Field is not null)
        {
            sql.Raw(" AND ");
            FieldOf(sql, question);
            sql.Raw(" IS NOT NULL");
        }
    }

    /// <summary>The column of the field a question adds, tells apart or takes.</summary>
    public static void FieldOf(SqlText sql, Question question) => sql.Column(question.Lines is null ? "r" : "l", Code(question.Field!));

    /// <summary>The date by which a question places a record.</summary>
    public static Field DateOf(Question question, Ledger ledger) => question.Date ?? ledger.Date;

    public static Identifier Code(Field field) => Identifier.Of(field.Code);

    /// <summary>The columns of the ledger that a question reads.</summary>
    public IEnumerable<Field> FieldsOf(Question question)
    {
        Field?[] own = [Ledger.Date, Ledger.Unit, question.Date, question.Lines is null ? question.Field : null, question.From, question.Until];
        return own.OfType<Field>().Concat(FilterFields.Of(question.Where)).Where(f => !f.IsChild);
    }

    private void Time(SqlText sql, Question question)
    {
        var (to, period) = (scope.Period.To, scope.Period);
        if (question.Moment == Moment.AtEnd)
        {
            sql.Column("r", Code(question.From ?? Ledger.Date)).Raw(" <= ").Value(to, StorageKind.Date, 0);
            if (question.Until is { } until)
            {
                sql.Raw(" AND (").Column("r", Code(until)).Raw(" IS NULL OR ").Column("r", Code(until)).Raw(" > ").Value(to, StorageKind.Date, 0).Raw(")");
            }

            return;
        }

        var (alias, date) = shape.Lines?.LinesDate is { } lineDate ? ("l", lineDate) : ("r", DateOf(question, Ledger));
        sql.Column(alias, Code(date)).Raw(" >= ").Value(period.From, StorageKind.Date, 0).Raw(" AND ").Column(alias, Code(date)).Raw(" <= ").Value(period.To, StorageKind.Date, 0);
    }

    private static (Moment, Field?, Field?, Field?) TimeOf(Question question, Shape shape) => question.Moment == Moment.AtEnd
        ? (Moment.AtEnd, null, question.From, question.Until)
        : (Moment.Within, shape.Lines?.LinesDate ?? question.Date, null, null);
}
