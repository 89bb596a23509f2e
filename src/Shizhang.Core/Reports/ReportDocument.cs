using Shizhang.Core.Figures;

namespace Shizhang.Core.Reports;

/// <summary>A report as a tree in which figures are nodes, never plain text, so that every output keeps them alive.</summary>
public sealed record ReportDocument(string Title, IReadOnlyList<ReportBlock> Blocks)
{
    /// <summary>What stands around the text: addressee, signature, day.</summary>
    public Formalities Formalities { get; init; } = Formalities.None;

    /// <summary>What a copy of an issued report carries so that it can be held against the journal; null before it is issued.</summary>
    public string? Stamp { get; init; }

    /// <summary>The figures in the order of the text.</summary>
    public IEnumerable<FigureRun> Figures => Blocks.SelectMany(b => b.Runs).OfType<FigureRun>();
}

/// <summary>A heading, a paragraph, an item of a list, a row of a table.</summary>
public abstract record ReportBlock
{
    /// <summary>Everything in it in the order of the text.</summary>
    public abstract IEnumerable<ReportRun> Runs { get; }
}

/// <summary>Level 1 to 4; <see cref="Number"/> as official documents have it: 一、 （一） 1. （1）.</summary>
public sealed record HeadingBlock(int Level, string Number, IReadOnlyList<ReportRun> Text) : ReportBlock
{
    public override IEnumerable<ReportRun> Runs => Text;
}

public sealed record ParagraphBlock(IReadOnlyList<ReportRun> Text) : ReportBlock
{
    public override IEnumerable<ReportRun> Runs => Text;
}

/// <summary>Rows of cells; the first row is the heading.</summary>
public sealed record TableBlock(IReadOnlyList<IReadOnlyList<IReadOnlyList<ReportRun>>> Rows) : ReportBlock
{
    public override IEnumerable<ReportRun> Runs => Rows.SelectMany(r => r).SelectMany(c => c);
}

public abstract record ReportRun
{
    public abstract string Print { get; }
}

public sealed record TextRun(string Text, bool Strong = false) : ReportRun
{
    public override string Print => Text;
}

/// <summary>
/// A figure in the text. <see cref="Key"/> is its own in this report (<c>party_members_1</c>); <see cref="Words"/> are those the
/// template asked for; <see cref="Said"/> what it prints and claims.
/// </summary>
public sealed record FigureRun(string Key, Figure Figure, IReadOnlyList<string> Words, SaidFigure Said) : ReportRun
{
    public override string Print => Said.Text;
}
