namespace Shizhang.Core.Reports;

/// <summary>
/// What an official document has around its text (GB/T 9704), each optional. In a template the texts may hold Liquid; in a
/// document they are what is printed, and <see cref="Date"/> is the day it was issued, or of today while it was not.
/// </summary>
public sealed record Formalities
{
    public static readonly Formalities None = new();

    private static readonly char[] Closing = ['。', '，', '；', '、', '：', '.', ',', ';', ':', ' '];

    /// <summary>密级, with or without ★ and a time.</summary>
    public string? Secrecy { get; init; }

    /// <summary>紧急程度.</summary>
    public string? Urgency { get; init; }

    /// <summary>发文机关标志, in red above all.</summary>
    public string? Heading { get; init; }

    /// <summary>发文字号.</summary>
    public string? Number { get; init; }

    /// <summary>签发人, of a document to a superior.</summary>
    public string? Signer { get; init; }

    /// <summary>主送机关.</summary>
    public string? Addressee { get; init; }

    /// <summary>Names of what is attached.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>发文机关署名.</summary>
    public string? SignedBy { get; init; }

    /// <summary>成文日期.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>抄送机关.</summary>
    public IReadOnlyList<string> CopiesTo { get; init; } = [];

    /// <summary>印发机关.</summary>
    public string? PrintedBy { get; init; }

    /// <summary>密级 and 紧急程度, a line each.</summary>
    public IEnumerable<string> MarkLines() => new[] { Secrecy, Urgency }.OfType<string>();

    /// <summary>Whether a red heading or a number stands above the title.</summary>
    public bool HasHead() => Heading is not null || Number is not null || Signer is not null;

    public string? SignerLine() => Signer is null ? null : "签发人：" + Signer;

    public string? AddresseeLine() => Addressee is null ? null : Addressee.TrimEnd(Closing) + "：";

    /// <summary>The note of what is attached; one attachment has no number, and no name is followed by a mark.</summary>
    public IReadOnlyList<string> AttachmentLines() => Attachments.Count == 1
        ? [AttachmentsWord + Attachments[0].TrimEnd(Closing)]
        : [.. Attachments.Select((a, i) => $"{(i == 0 ? AttachmentsWord : "")}{i + 1}. {a.TrimEnd(Closing)}")];

    /// <summary>Signed with its day: a day alone would be of nobody.</summary>
    public string? DateLine() => SignedBy is null ? null : Date?.ToString(DayForm);

    public string? CopiesLine() => CopiesTo.Count == 0 ? null : $"抄送：{string.Join('，', CopiesTo.Select(c => c.TrimEnd(Closing)))}。";

    public string? PrintedLine() => Date is null ? null : Date.Value.ToString(DayForm) + "印发";

    /// <summary>Every text there is, without the day.</summary>
    public IEnumerable<string> Texts() =>
        ((string?[])[Secrecy, Urgency, Heading, Number, Signer, Addressee, .. Attachments, SignedBy, .. CopiesTo, PrintedBy]).OfType<string>();

    /// <summary>Every text passed through <paramref name="render"/>; what comes out blank is left out.</summary>
    public Formalities Select(Func<string, string> render)
    {
        string? One(string? text) => text is null || string.IsNullOrWhiteSpace(render(text)) ? null : render(text).Trim();
        return this with
        {
            Secrecy = One(Secrecy),
            Urgency = One(Urgency),
            Heading = One(Heading),
            Number = One(Number),
            Signer = One(Signer),
            Addressee = One(Addressee),
            Attachments = [.. Attachments.Select(One).OfType<string>()],
            SignedBy = One(SignedBy),
            CopiesTo = [.. CopiesTo.Select(One).OfType<string>()],
            PrintedBy = One(PrintedBy),
        };
    }

    /// <summary>What stands before the names of attachments.</summary>
    public const string AttachmentsWord = "附件：";

    private const string DayForm = "yyyy年M月d日";
}
