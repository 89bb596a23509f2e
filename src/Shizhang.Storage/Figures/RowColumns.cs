using Shizhang.Core.Catalogs;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Figures;

/// <summary>Figures in one pass over the rows: for each question its value and its number of records.</summary>
internal sealed class RowColumns(SqlText sql, FigureConditions conditions, Shape shape)
{
    public void Value(Question question)
    {
        switch (question.Aggregate)
        {
            case Aggregate.Count when conditions.IsShared(question):
                sql.Raw("COUNT(*)");
                break;
            case Aggregate.Count:
                When("COUNT(", question, () => sql.Raw("1"));
                break;
            case Aggregate.Sum:
                Of("SUM(", question);
                break;
            default:
                Of("COUNT(DISTINCT ", question);
                break;
        }
    }

    public void Records(Question question)
    {
        if (shape.Lines is not null)
        {
            sql.Raw("COUNT(DISTINCT CASE WHEN ");
            conditions.OwnWithValue(sql, question);
            sql.Raw(" THEN r.id END)");
        }
        else if (question.Aggregate == Aggregate.Count)
        {
            // A count of records is its own number of records; asking twice would cost as much again.
            sql.Raw("NULL");
        }
        else
        {
            Of("COUNT(", question);
        }
    }

    /// <summary>The number of distinct records that any of the parts counts.</summary>
    public void Union(IReadOnlyList<Question> parts)
    {
        if (shape.Lines is null && parts.Any(p => p.Field is null && conditions.IsShared(p)))
        {
            sql.Raw("COUNT(*)");
            return;
        }

        sql.Raw(shape.Lines is null ? "COUNT(CASE WHEN " : "COUNT(DISTINCT CASE WHEN ");
        sql.List(parts, p =>
        {
            sql.Raw("(");
            conditions.OwnWithValue(sql, p);
            sql.Raw(")");
        }, " OR ").Raw(shape.Lines is null ? " THEN 1 END)" : " THEN r.id END)");
    }

    private void Of(string aggregate, Question question)
    {
        if (conditions.IsShared(question))
        {
            sql.Raw(aggregate);
            FigureConditions.FieldOf(sql, question);
            sql.Raw(")");
        }
        else
        {
            When(aggregate, question, () => FigureConditions.FieldOf(sql, question));
        }
    }

    private void When(string aggregate, Question question, Action then)
    {
        if (sql.Dialect.FiltersAggregates)
        {
            sql.Raw(aggregate);
            then();
            sql.Raw(") FILTER (WHERE ");
            conditions.Own(sql, question);
            sql.Raw(")");
            return;
        }

        sql.Raw(aggregate).Raw("CASE WHEN ");
        conditions.Own(sql, question);
        sql.Raw(" THEN ");
        then();
        sql.Raw(" END)");
    }
}
