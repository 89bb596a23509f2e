using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Figures;

/// <summary>Each unit's last value dated on or before the end of the period, by date and then journal number.</summary>
internal sealed class LatestColumns(Store store, FigureScope scope, FigureConditions conditions, Ledger ledger)
{
    /// <summary>The sum of the last values, or the number of records they come from, as a subselect.</summary>
    public void Write(SqlText sql, Question question, bool sum)
    {
        sql.Raw("(SELECT ");
        _ = sum ? sql.Raw("SUM(r.").Name(FigureConditions.Code(question.Field!)).Raw(")") : sql.Raw("COUNT(*)");
        sql.Raw(" FROM (SELECT q.id, ").Column("q", FigureConditions.Code(question.Field!)).Raw(", ");
        Ranked(sql, question, []);
        sql.Raw(")");
    }

    public void Ids(SqlText sql, Question question)
    {
        sql.Raw("SELECT r.id FROM (SELECT q.id, ");
        Ranked(sql, question, []);
    }

    public void Records(SqlText sql, Question question, IReadOnlyList<Field> title)
    {
        var fields = conditions.FieldsOf(question).Concat(title).Distinct().ToList();
        sql.Raw(" FROM (SELECT ").List(fields, f => sql.Column("q", FigureConditions.Code(f))).Raw(", q.town, q.id, q._seq, ");
        Ranked(sql, question, title);
    }

    private void Ranked(SqlText sql, Question question, IReadOnlyList<Field> also)
    {
        sql.Raw("ROW_NUMBER() OVER (PARTITION BY ").Column("q", FigureConditions.Code(ledger.Unit))
            .Raw(" ORDER BY ").Column("q", FigureConditions.Code(ledger.Date)).Raw(" DESC, q._seq DESC) AS rank_in_unit FROM ");
        conditions.Source.Write(sql, "q", conditions.FieldsOf(question).Concat(also).Distinct());
        conditions.Where(sql, "q");
        sql.Raw(" AND ").Column("q", FigureConditions.Code(ledger.Date)).Raw(" <= ").Value(scope.Period.To, StorageKind.Date, 0);
        sql.Raw(" AND ").Column("q", FigureConditions.Code(question.Field!)).Raw(" IS NOT NULL");
        if (question.Where is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, store.Layout, ledger, null, "q", scope.Today).Write(where);
        }

        sql.Raw(") r WHERE r.rank_in_unit = 1");
    }
}
