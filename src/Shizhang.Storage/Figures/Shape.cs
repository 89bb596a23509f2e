using Shizhang.Core.Catalogs;

namespace Shizhang.Storage.Figures;

/// <summary>Questions of one ledger and shape are answered by one statement.</summary>
internal readonly record struct Shape(Ledger Ledger, ShapeKind Kind, Field? Lines)
{
    public static Shape Of(Indicator indicator, Question question) => new(
        indicator.Ledger,
        question.Lines is not null ? ShapeKind.Lines
            : question.Aggregate == Aggregate.Latest ? ShapeKind.Latest
            : question.Moment == Moment.AtEnd ? ShapeKind.Stock
            : ShapeKind.Flow,
        question.Lines);
}

internal enum ShapeKind
{
    Flow,
    Stock,
    Latest,
    Lines,
}
