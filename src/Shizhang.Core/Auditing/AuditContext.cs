using System.Buffers;

namespace Shizhang.Core.Auditing;

/// <summary>A text being audited: its claims with the sentence, paragraph and bracket each stands in, and what was found so far.</summary>
internal sealed class AuditContext
{
    private const int WidestSpan = 90;
    private const int WidestParts = 170;
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？\n");

    private readonly List<AuditCheck> _checks = [];
    private readonly List<Discrepancy> _discrepancies = [];
    private readonly HashSet<(string Kind, int Start, int End, decimal? Computed)> _found = [];
    private readonly HashSet<(string Kind, int Start, string Message)> _raised = [];
    private readonly HashSet<int> _parts = [];

    public AuditContext(PlainText text, List<Claim> claims)
    {
        Text = text;
        Claims = claims;
        Places = Locate();
    }

    public PlainText Text { get; }

    public List<Claim> Claims { get; }

    /// <summary>Where each claim stands.</summary>
    public IReadOnlyList<Place> Places { get; }

    public IReadOnlyList<AuditCheck> Checks => _checks;

    public IReadOnlyList<Discrepancy> Discrepancies => [.. _discrepancies.OrderBy(d => d.Start)];

    /// <summary>The text between two places.</summary>
    public ReadOnlySpan<char> Between(int start, int end) => end > start ? Text.Span[start..end] : default;

    /// <summary>True for a claim found to be a part of a total.</summary>
    public bool IsPart(int claim) => _parts.Contains(claim);

    /// <summary>比一九五二年的…: what something is compared with adds up apart from what is compared.</summary>
    public bool IsBase(int claim) => Clause.Before(Text, Claims[claim].Start).Text.Contains('比');

    /// <summary>每户2000元, 人均3篇: what one has is no part of what all have.</summary>
    public bool IsMean(int claim) => Clause.Before(Text, Claims[claim].Start).Text.IndexOfAny('每', '均') >= 0;

    /// <summary>Notes a relation that was recomputed; the place is that of all its figures when they stand together, else of the first.</summary>
    public void Found(string kind, bool? holds, decimal? stated, decimal? computed, params IReadOnlyList<int> claims)
    {
        var (start, end) = SpanOf(claims);
        if (kind == "parts")
        {
            _parts.UnionWith(claims.Skip(1));
        }

        if (_found.Add((kind, start, end, computed)))
        {
            _checks.Add(new AuditCheck(kind, start, end, holds, stated, computed, claims));
        }
    }

    /// <summary>Notes parts and their total. Those far apart are noted at both places, because a reader looks at either.</summary>
    public void FoundParts(bool? holds, int total, IReadOnlyList<int> parts, decimal sum)
    {
        IReadOnlyList<int> all = [total, .. parts];
        Found("parts", holds, Claims[total].Value, sum, all);
        if (SpanOf(all) == (Claims[total].Start, Claims[total].End))
        {
            var (start, end) = (parts.Min(c => Claims[c].Start), parts.Max(c => Claims[c].End));
            end = end - start <= WidestParts ? end : Claims[parts.Min()].End;
            _checks.Add(new AuditCheck("parts", start, end, holds, Claims[total].Value, sum, all));
        }
    }

    public void FoundAt(string kind, bool holds, int start, int end, decimal stated, decimal computed) =>
        _checks.Add(new AuditCheck(kind, start, end, holds, stated, computed, []));

    /// <summary>Notes what does not hold, with the sentence of <paramref name="key"/>.</summary>
    public void Raise(string kind, bool isSure, IReadOnlyList<int> claims, decimal? stated, decimal? computed, string key, params ReadOnlySpan<object?> arguments)
    {
        var (start, end) = SpanOf(claims);
        Raise(kind, isSure, start, end, stated, computed, claims, key, arguments);
    }

    public void Raise(string kind, bool isSure, int start, int end, decimal? stated, decimal? computed, IReadOnlyList<int> claims, string key, params ReadOnlySpan<object?> arguments)
    {
        var message = Texts.Text.Core[key, Nested(arguments)];
        if (_raised.Add((kind, start, message)))
        {
            _discrepancies.Add(new Discrepancy(kind, isSure, start, end, Text.Text[start..end], message, stated, computed, claims));
        }
    }

    // What is quoted within a quotation has single marks.
    private static object?[] Nested(ReadOnlySpan<object?> arguments)
    {
        var nested = arguments.ToArray();
        for (var i = 0; i < nested.Length; i++)
        {
            nested[i] = nested[i] is string words ? words.Replace('“', '‘').Replace('”', '’') : nested[i];
        }

        return nested;
    }

    /// <summary>The place of a relation: all its figures when they stand together, else the first, which is the one judged.</summary>
    private (int Start, int End) SpanOf(IReadOnlyList<int> claims)
    {
        var first = Claims[claims[0]];
        var (start, end) = (claims.Min(c => Claims[c].Start), claims.Max(c => Claims[c].End));
        return end - start <= WidestSpan ? (start, end) : (first.Start, first.End);
    }

    private List<Place> Locate()
    {
        var places = new List<Place>(Claims.Count);
        var (sentence, paragraph, bracket, brackets, at) = (0, 0, 0, 0, 0);
        var open = new Stack<int>();
        foreach (var claim in Claims)
        {
            for (; at < claim.Start; at++)
            {
                var c = Text[at];
                if (SentenceEnds.Contains(c))
                {
                    sentence++;
                    if (c == '\n')
                    {
                        paragraph++;
                        open.Clear();
                        bracket = 0;
                    }
                }
                else if (c == '(')
                {
                    open.Push(bracket);
                    bracket = ++brackets;
                }
                else if (c == ')' && open.Count > 0)
                {
                    bracket = open.Pop();
                }
            }

            places.Add(new Place(sentence, paragraph, bracket));
        }

        return places;
    }
}

/// <summary>Numbers of the sentence, of the paragraph and of the bracket (0 outside any) a claim stands in.</summary>
internal readonly record struct Place(int Sentence, int Paragraph, int Bracket);

/// <summary>Which claims may be added to each other.</summary>
internal static class Comparable
{
    private static readonly HashSet<string> People = new(StringComparer.Ordinal) { "人", "名", "位", "口" };
    private static readonly HashSet<string> Things = new(StringComparer.Ordinal) { "个", "家", "座", "所", "处", "条", "项", "件", "起", "宗", "套", "种", "类", "支", "场", "场次", "次", "台", "辆", "只", "头", "栋", "间", "幢" };

    public static bool Are(Claim a, Claim b) => Class(a.Unit) == Class(b.Unit);

    /// <summary>Posts are counted in 名 as well as in 个, so what are people to one writer are things to another.</summary>
    public static bool AreLoosely(Claim a, Claim b) => Are(a, b) || (IsCount(a.Unit) && IsCount(b.Unit));

    /// <summary>Units of one kind: people in 人 or 名, things in any counting word.</summary>
    public static bool AreLike(string a, string b) => Class(a) == Class(b);

    /// <summary>How far two like units are from each other: nothing for people, something for 座 and 个.</summary>
    public static double Distance(string a, string b) => a == b ? 0 : People.Contains(a) && People.Contains(b) ? 0.05 : 0.25;

    public static bool IsShare(Claim claim) => claim.Unit is "%" or "‰" or "个百分点" or "倍";

    private static bool IsCount(string unit) => People.Contains(unit) || Things.Contains(unit);

    private static string Class(string unit) => People.Contains(unit) ? "人" : Things.Contains(unit) ? "个" : unit;
}
