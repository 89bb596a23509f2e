namespace Shizhang.Core.Catalogs;

/// <summary>A report of the pack: Markdown + Liquid after its front matter.</summary>
public sealed record ReportTemplate(string Code, string Name, string? En, string Text, SourceLine Source);
