using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records.FieldTypes;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Figures;

/// <summary>
/// Figures over groups: rows are first added up by the few-valued fields that the questions ask about, which a database can
/// do in parallel and without looking at each condition for each row; the conditions then choose among the groups.
/// </summary>
internal sealed class GroupColumns(SqlText sql, FigureConditions conditions, IReadOnlyList<Indicator> indicators)
{
    // More fields make more groups, until there are nearly as many as rows.
    private const int MostFields = 4;

    private readonly List<Field> _summed = [.. indicators.Select(i => (Question)i.Calculation).Where(q => q.Aggregate == Aggregate.Sum).Select(q => q.Field!).Distinct()];

    /// <summary>True when all questions of a query can be answered from groups: conditions and distinct fields have few values.</summary>
    public static bool Suits(IReadOnlyList<Indicator> indicators, Shape shape, FigureConditions conditions)
    {
        var questions = indicators.Select(i => (Question)i.Calculation).ToList();
        var fields = FieldsOf(questions);
        return shape.Kind is ShapeKind.Flow or ShapeKind.Stock && questions.Count > 1 && fields.Count <= MostFields
            && questions.TrueForAll(q => conditions.SharesTime && OnlyFields(q.Where)) && fields.TrueForAll(IsFewValued);
    }

    public void Value(Question question)
    {
        switch (question.Aggregate)
        {
            case Aggregate.Count:
                Added(question, "r._n");
                break;
            case Aggregate.Sum:
                Chosen("SUM(", question, $"r._s{_summed.IndexOf(question.Field!)}", ")");
                break;
            default:
                sql.Raw("COUNT(DISTINCT CASE WHEN ");
                conditions.Own(sql, question);
                sql.Raw(" THEN ");
                FigureConditions.FieldOf(sql, question);
                sql.Raw(" END)");
                break;
        }
    }

    public void Records(Question question)
    {
        switch (question.Aggregate)
        {
            case Aggregate.Count:
                sql.Raw("NULL");
                break;
            case Aggregate.Sum:
                Added(question, $"r._c{_summed.IndexOf(question.Field!)}");
                break;
            default:
                sql.Raw("CAST(COALESCE(SUM(CASE WHEN ");
                conditions.OwnWithValue(sql, question);
                sql.Raw(" THEN r._n END), 0) AS bigint)");
                break;
        }
    }

    /// <summary>True when the union of these parts can be counted from groups.</summary>
    public static bool SuitsUnion(IEnumerable<Question> parts) => parts.All(p => p.Aggregate != Aggregate.Sum);

    public void Union(IReadOnlyList<Question> parts)
    {
        sql.Raw("CAST(COALESCE(SUM(CASE WHEN ").List(parts, p =>
        {
            sql.Raw("(");
            conditions.OwnWithValue(sql, p);
            sql.Raw(")");
        }, " OR ").Raw(" THEN r._n END), 0) AS bigint)");
    }

    /// <summary>The groups, as the rows <c>r</c> to choose from.</summary>
    public void From()
    {
        var fields = FieldsOf(indicators.Select(i => (Question)i.Calculation));
        sql.Raw(" FROM (SELECT ").List(fields, f => sql.Column("r", FigureConditions.Code(f)).Raw(", "), "").Raw("COUNT(*) AS _n");
        for (var i = 0; i < _summed.Count; i++)
        {
            sql.Raw(", SUM(").Column("r", FigureConditions.Code(_summed[i])).Raw(") AS _s").Raw(i);
            sql.Raw(", COUNT(").Column("r", FigureConditions.Code(_summed[i])).Raw(") AS _c").Raw(i);
        }

        conditions.From(sql, []);
        conditions.Where(sql);
        if (fields.Count > 0)
        {
            sql.Raw(" GROUP BY ").List(fields, f => sql.Column("r", FigureConditions.Code(f)));
        }

        sql.Raw(") r");
    }

    private void Added(Question question, string column) => Chosen("CAST(COALESCE(SUM(", question, column, "), 0) AS bigint)");

    private void Chosen(string open, Question question, string column, string close)
    {
        sql.Raw(open);
        if (conditions.IsShared(question))
        {
            sql.Raw(column);
        }
        else
        {
            sql.Raw("CASE WHEN ");
            conditions.Own(sql, question);
            sql.Raw(" THEN ").Raw(column).Raw(" END");
        }

        sql.Raw(close);
    }

    private static List<Field> FieldsOf(IEnumerable<Question> questions) =>
        [.. questions.SelectMany(q => FilterFields.Of(q.Where).Concat(q.Aggregate == Aggregate.Distinct ? [q.Field!] : [])).Distinct()];

    private static bool IsFewValued(Field field) => field.Type is ChoiceType or YesNoType or UnitType;

    /// <summary>True when a filter reads nothing but fields of the record: no state, no lines.</summary>
    private static bool OnlyFields(Filter? filter) => filter switch
    {
        null or Constant => true,
        And and => OnlyFields(and.Left) && OnlyFields(and.Right),
        Or or => OnlyFields(or.Left) && OnlyFields(or.Right),
        Comparison comparison => IsPlain(comparison.Left) && IsPlain(comparison.Right),
        IsNull isNull => IsPlain(isNull.Operand),
        In list => IsPlain(list.Operand),
        TextMatch match => IsPlain(match.Operand),
        _ => false,
    };

    private static bool IsPlain(Operand operand) => operand is FieldOperand or Literal or Today || (operand is Part part && IsPlain(part.Operand));
}
