using Shizhang.Core.Reports;

namespace Shizhang.Core.Catalogs;

/// <summary>A report of the pack: Markdown + Liquid after its front matter.</summary>
public sealed record ReportTemplate(string Code, string Name, string? En, string Text, SourceLine Source)
{
    /// <summary>The name as the reader's language shows it.</summary>
    public string Shown => Texts.Text.Choose(Name, En);

    /// <summary>Addressee, signature and what else an official document has, as the front matter says them; Liquid in them knows the frame, no figures.</summary>
    public Formalities Formalities { get; init; } = Formalities.None;
}
