namespace Shizhang.Core.Catalogs;

/// <summary>A named list (清单) of a ledger's columns, as superiors ask for it: 问题清单, 任务清单, 责任清单.</summary>
public sealed record Sheet(string Code, string Name, string En, Ledger Ledger, IReadOnlyList<SheetColumn> Columns);

/// <summary>A field of the record, or of its lines: <see cref="Lines"/> is the lines field it stands in.</summary>
public sealed record SheetColumn(Field Field, Field? Lines);
