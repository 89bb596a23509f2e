namespace Shizhang.Core.Catalogs;

/// <summary>A named list (清单) of a ledger's columns, as superiors ask for it: 问题清单, 任务清单, 责任清单.</summary>
public sealed record Sheet(string Code, string Name, string En, Ledger Ledger, IReadOnlyList<ListedField> Columns)
{
    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);
}

/// <summary>A column of a sheet: a field of the record, or of the lines field <see cref="Lines"/>.</summary>
public sealed record ListedField(Field Field, Field? Lines);
