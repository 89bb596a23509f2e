using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Schema;

namespace Shizhang.Storage.Dialects;

/// <summary>
/// A filter as a condition on the rows of <paramref name="alias"/>. The tree has no negation above its leaves, so a leaf
/// that meets an empty value only has to be "not true", except where it says that empty matches.
/// </summary>
internal sealed class FilterSql(SqlText sql, Layout layout, Ledger ledger, Field? lines, string alias, DateOnly today)
{
    public void Write(Filter filter)
    {
        switch (filter)
        {
            case And and:
                Pair(and.Left, " AND ", and.Right);
                break;
            case Or or:
                Pair(or.Left, " OR ", or.Right);
                break;
            case Constant constant:
                sql.Raw(constant.Value ? "1 = 1" : "1 = 0");
                break;
            case Comparison comparison:
                Compare(comparison);
                break;
            case IsNull isNull:
                Operand(isNull.Operand);
                sql.Raw(isNull.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case In list:
                OneOf(list);
                break;
            case TextMatch match:
                Match(match);
                break;
            case Any any:
                Exists(any);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {filter}.");
        }
    }

    private void Pair(Filter left, string by, Filter right)
    {
        sql.Raw("(");
        Write(left);
        sql.Raw(by);
        Write(right);
        sql.Raw(")");
    }

    private void Compare(Comparison comparison)
    {
        // SQLite keeps decimals as whole numbers of the last digit: both sides are brought to the finer scale.
        var (left, right) = (KeptAs(comparison.Left), KeptAs(comparison.Right));
        var kept = left.Kind == StorageKind.Decimal || right.Kind == StorageKind.Decimal
            ? (Kind: StorageKind.Decimal, Scale: Math.Max(left.Scale, right.Scale))
            : left.Kind == StorageKind.None ? right : left;
        sql.Raw("(");
        Operand(comparison.Left, kept);
        sql.Raw(comparison.Operator switch
        {
            ComparisonOperator.Equal => " = ",
            ComparisonOperator.NotEqual => " <> ",
            ComparisonOperator.Less => " < ",
            ComparisonOperator.LessOrEqual => " <= ",
            ComparisonOperator.Greater => " > ",
            _ => " >= ",
        });
        Operand(comparison.Right, kept);
        if (comparison.NullMatches)
        {
            foreach (var side in (Operand[])[comparison.Left, comparison.Right])
            {
                if (side is not (Literal or Today or ChildCount or ChosenValue))
                {
                    sql.Raw(" OR ");
                    Operand(side);
                    sql.Raw(" IS NULL");
                }
            }
        }

        sql.Raw(")");
    }

    private void OneOf(In list)
    {
        var kept = KeptAs(list.Operand);
        var scale = list.Values.Select(KeptAs).Append(kept).Max(k => k.Scale);
        sql.Raw("(");
        Operand(list.Operand, kept with { Scale = scale });
        sql.Raw(list.Negated ? " NOT IN (" : " IN (").List(list.Values, v => Operand(v, kept with { Scale = scale })).Raw(")");
        if (list.Negated && list.Operand is not ChosenValue)
        {
            sql.Raw(" OR ");
            Operand(list.Operand);
            sql.Raw(" IS NULL");
        }

        sql.Raw(")");
    }

    private void Match(TextMatch match)
    {
        var text = (string)match.Text.Value;
        sql.Raw("(");
        switch (match.Kind)
        {
            case TextMatchKind.Contains:
                Position(match.Operand, text);
                sql.Raw(match.Negated ? " = 0" : " > 0");
                break;
            case TextMatchKind.StartsWith:
                Position(match.Operand, text);
                sql.Raw(match.Negated ? " <> 1" : " = 1");
                break;
            default:
                sql.Raw("substr(");
                Operand(match.Operand);
                sql.Raw(", length(");
                Operand(match.Operand);
                // In front of a text shorter than the ending, substr would count from the wrong end.
                sql.Raw(") - ").Raw(Length(text) - 1).Raw(match.Negated ? ") <> " : ") = ").Value(text);
                break;
        }

        if (match.Negated)
        {
            sql.Raw(" OR ");
            Operand(match.Operand);
            sql.Raw(" IS NULL");
        }

        sql.Raw(")");
    }

    private void Position(Operand operand, string text)
    {
        sql.Raw(sql.Dialect.PositionFunction).Raw("(");
        Operand(operand);
        sql.Raw(", ").Value(text).Raw(")");
    }

    private void Exists(Any any)
    {
        sql.Raw(any.Negated ? "NOT EXISTS (SELECT 1 FROM " : "EXISTS (SELECT 1 FROM ").Name(Identifier.Child(ledger.Code, any.Child.Code)).Raw(" x WHERE ");
        Records.VersionSource.Match(sql, "x", alias);
        if (any.Where is { } where)
        {
            sql.Raw(" AND ");
            new FilterSql(sql, layout, ledger, any.Child, "x", today).Write(where);
        }

        sql.Raw(")");
    }

    private void Operand(Operand operand) => Operand(operand, KeptAs(operand));

    private void Operand(Operand operand, (StorageKind Kind, int Scale) wanted)
    {
        switch (operand)
        {
            case FieldOperand field:
                Finer(KeptAs(field), wanted, () => sql.Column(alias, Identifier.Of(field.Field.Code)));
                break;
            case StateOperand:
                sql.Column(alias, Tables.State);
                break;
            case ChosenValue:
                sql.Column(alias, Tables.Value);
                break;
            case ChildCount count:
                sql.Raw("(SELECT COUNT(*) FROM ").Name(Identifier.Child(ledger.Code, count.Child.Code)).Raw(" x WHERE ");
                Records.VersionSource.Match(sql, "x", alias);
                sql.Raw(")");
                break;
            case Today:
                sql.Value(today, StorageKind.Date, 0);
                break;
            case Part part:
                sql.Dialect.WritePart(sql, part.Kind, () => Operand(part.Operand));
                break;
            case Literal literal:
                sql.Value(literal.Value, wanted.Kind, wanted.Scale);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {operand}.");
        }
    }

    private void Finer((StorageKind Kind, int Scale) kept, (StorageKind Kind, int Scale) wanted, Action column)
    {
        if (sql.Dialect is not SqliteDialect || wanted.Kind != StorageKind.Decimal || wanted.Scale <= kept.Scale)
        {
            column();
            return;
        }

        sql.Raw("(");
        column();
        sql.Raw(" * ").Value((long)PowersOfTen.Of(wanted.Scale - kept.Scale)).Raw(")");
    }

    private (StorageKind Kind, int Scale) KeptAs(Operand operand) => operand switch
    {
        FieldOperand field => layout.Of(ledger, lines, field.Field),
        Literal { Value: decimal number } => (StorageKind.Decimal, number.Scale),
        Literal { Value: long } or ChildCount => (StorageKind.Integer, 0),
        Part => (StorageKind.Integer, 0),
        Literal { Value: DateOnly } or Today => (StorageKind.Date, 0),
        Literal { Value: bool } => (StorageKind.YesNo, 0),
        _ => (StorageKind.Text, 0),
    };

    private static int Length(string text) => new System.Globalization.StringInfo(text).LengthInTextElements == text.Length
        ? text.Length
        : text.EnumerateRunes().Count();
}
