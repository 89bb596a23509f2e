using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shizhang.Core.Figures;

namespace Shizhang.Core.Reports;

/// <summary>
/// A report as it was issued, frozen: its text, its figures, the journal number and hash it was told at, and the pack.
/// </summary>
public sealed record IssuedReport(
    string Report,
    string Title,
    string Town,
    string Unit,
    DateOnly From,
    DateOnly To,
    long AsOf,
    string JournalHash,
    string IssuedAt,
    string IssuedBy,
    string Pack,
    IReadOnlyList<IssuedSentence> Sentences,
    IReadOnlyList<IssuedFigure> Figures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Formalities? Formalities = null)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>How a document number stands in the JSON of an issue.</summary>
    public static string NumberIn(string number) => $"\"number\":{JsonSerializer.Serialize(number, Options)}";

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static IssuedReport FromJson(string json) => JsonSerializer.Deserialize<IssuedReport>(json, Options)!;

    /// <summary>The sentences of which a figure no longer holds for what is counted now, in the order of the text.</summary>
    public IReadOnlyList<BrokenSentence> Broken(IReadOnlyDictionary<string, Figure> now) =>
    [
        .. Sentences
            .Where(s => s.Parts.Any(p => p.IsBrokenBy(now)))
            .Select(s => new BrokenSentence(
                s.Heading,
                string.Concat(s.Parts.Select(p => p.Text)),
                [.. s.Parts.Where(p => p.IsBrokenBy(now)).Select(p => (p.Text, now[p.Indicator!]))])),
    ];
}

/// <summary>One sentence with the heading it stands under; <see cref="Opens"/> is the block that begins with it, null when it goes on.</summary>
public sealed record IssuedSentence(
    string Heading,
    IReadOnlyList<IssuedPart> Parts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IssuedOpening? Opens = null);

/// <summary>A block of the report begins. Level and number are those of a heading.</summary>
public sealed record IssuedOpening(IssuedBlock Block, int Level = 0, string Number = "");

/// <summary>What begins: a table begins with its first cell, a row with the first of its cells.</summary>
public enum IssuedBlock
{
    Heading,
    Paragraph,
    Table,
    Row,
    Cell,
}

/// <summary>Plain text, or a figure with what it claimed.</summary>
public sealed record IssuedPart(
    string Text,
    string? Key = null,
    string? Indicator = null,
    Bound Bound = Bound.Exact,
    decimal? Stated = null,
    decimal Step = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Strong = false)
{
    internal SaidFigure Said => new(Text, Bound, Stated, Step, null);

    internal bool IsBrokenBy(IReadOnlyDictionary<string, Figure> now) =>
        Indicator is not null && now.TryGetValue(Indicator, out var figure) && !Said.Holds(figure.Value);
}

/// <summary>What an indicator was: value, number of records, and the digest of the records counted.</summary>
public sealed record IssuedFigure(string Indicator, string Version, decimal? Value, long Records, string Digest);

/// <summary>A sentence that no longer holds: as issued, and each figure in it that changed with what it is now.</summary>
public sealed record BrokenSentence(string Heading, string Text, IReadOnlyList<(string Said, Figure Now)> Changes);
