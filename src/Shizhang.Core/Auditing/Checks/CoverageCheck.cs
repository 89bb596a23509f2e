namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// Which cause and which measure answers a problem: one that takes up the words of its title, or shares many of its words. Pairs
/// of characters that few items have weigh more; the pairing is shown, and what lies between yes and no is called open.
/// </summary>
internal static class CoverageCheck
{
    // Shares of the weight of a title, and cosines of whole items. Causes speak of attitudes more than of the matter.
    private const double TakesUp = 0.13;
    private const double SharesWithCause = 0.02;
    private const double SharesWithMeasure = 0.04;
    private const double Nothing = 0.012;

    // Where a problem names its topic, words alone must be many to speak for a measure that names another.
    private const double TakesUpMuch = 0.3;
    private const double SharesMuch = 0.05;

    // Every problem is held against every measure: beyond this a text is a collection, no report.
    private const int MostItems = 600;

    public static IReadOnlyList<Problem> Run(AuditContext context)
    {
        var rectified = Rectification.Read(context.Text);
        foreach (var problem in rectified.Where(p => p.Measures.Count == 0))
        {
            context.Raise("uncovered", true, problem.Start, problem.Start + Math.Min(problem.Title.Length, context.Text.Length - problem.Start), null, null, [], "audit_no_measure", problem.Title);
        }

        return [.. rectified, .. Reported(context)];
    }

    /// <summary>Problems, causes and measures that stand in sections of their own.</summary>
    private static List<Problem> Reported(AuditContext context)
    {
        var items = StructureReader.Read(context.Text);
        var problems = items.Where(i => i.Kind == ItemKind.Problem).ToList();
        if (problems.Count == 0 || items.Count > MostItems)
        {
            return [];
        }

        var weights = Weights(context, items);
        var vectors = items.ToDictionary(i => i, i => new Words(
            Vector(Pairs(context, i), weights), Vector(PairsOf(i.Heading + "。" + i.Title), weights), Topics.Of.In(i.Title), Topics.Of.In(context.Text.Text[i.Start..i.End])));
        var found = new List<Problem>();
        foreach (var problem in problems)
        {
            var causes = Answering(problem, ItemKind.Cause, SharesWithCause, items, vectors);
            var measures = Answering(problem, ItemKind.Measure, SharesWithMeasure, items, vectors);
            found.Add(new Problem(problem.Title, problem.Start, causes.Titles, measures.Titles));
            Uncovered(context, problem, causes, "audit_no_cause");
            Uncovered(context, problem, measures, "audit_no_measure");
        }

        foreach (var cause in items.Where(i => i.Kind == ItemKind.Cause))
        {
            Uncovered(context, cause, Answering(cause, ItemKind.Measure, SharesWithMeasure, items, vectors), "audit_cause_no_measure");
        }

        Unowned(context, items.Where(i => i.Kind == ItemKind.Measure).ToList());
        return found;
    }

    private static void Uncovered(AuditContext context, ReportItem item, Found answers, string key)
    {
        if (answers is { Any: true, Titles.Count: 0 })
        {
            context.Raise("uncovered", answers.SharesNothing, item.Start, Math.Min(item.End, item.Start + item.Title.Length + 2), null, null, [], key, item.Title);
        }
    }

    private static Found Answering(ReportItem item, ItemKind kind, double shares, List<ReportItem> items, Dictionary<ReportItem, Words> vectors)
    {
        var scored = items.Where(i => i.Kind == kind)
            .Select(i => new Scored(i.Title, TakenUp(vectors[item].Title, vectors[i].All), Cosine(vectors[item].All, vectors[i].All), vectors[i].Topics))
            .OrderByDescending(s => s.Shared)
            .ToList();
        return new Found(
            [.. scored.Where(s => Answers(item, kind, vectors[item].TitleTopics, s, shares)).Select(s => s.Title)],
            scored.Count > 0,
            scored.TrueForAll(s => s.TakenUp < Nothing && s.Shared < Nothing));
    }

    /// <summary>
    /// A measure answers a problem by its topic, when the problem's title names one. A cause may be any attitude, but one behind a
    /// matter of its own speaks of that matter. Where no topic is named, shared words decide.
    /// </summary>
    private static bool Answers(ReportItem item, ItemKind kind, IReadOnlySet<int> topics, Scored other, double shares)
    {
        var sharesWords = other.TakenUp >= TakesUp || other.Shared >= shares;
        var matters = topics.Where(Topics.Of.IsMatter).ToList();
        return (item.Kind, kind) switch
        {
            (ItemKind.Problem, ItemKind.Measure) when topics.Count > 0 => topics.Overlaps(other.Topics) || (other.TakenUp >= TakesUpMuch && other.Shared >= SharesMuch),
            (ItemKind.Problem, ItemKind.Cause) when matters.Count > 0 => sharesWords && matters.Exists(other.Topics.Contains),
            _ => sharesWords,
        };
    }

    /// <summary>Measures that name nobody, no day and no quantity: said once for the section.</summary>
    private static void Unowned(AuditContext context, List<ReportItem> measures)
    {
        if (measures.Count == 0 || measures.Exists(m => HasOwnerOrDate(context, m)) || context.Claims.Exists(c => c.Start >= measures[0].Start && c.End <= measures[^1].End))
        {
            return;
        }

        context.Raise("unowned", true, measures[0].Start, measures[0].Start + Math.Min(measures[0].Title.Length, measures[0].End - measures[0].Start), null, measures.Count, [], "audit_unowned", measures.Count);
    }

    private static bool HasOwnerOrDate(AuditContext context, ReportItem measure)
    {
        var words = context.Between(measure.Start, measure.End);
        return words.Contains("责任人", StringComparison.Ordinal) || words.Contains("牵头", StringComparison.Ordinal) || words.Contains("责任单位", StringComparison.Ordinal)
            || words.Contains("月底", StringComparison.Ordinal) || words.Contains("年底", StringComparison.Ordinal) || words.Contains("日前", StringComparison.Ordinal);
    }

    private static Dictionary<int, double> Weights(AuditContext context, List<ReportItem> items)
    {
        var frequency = new Dictionary<int, int>();
        foreach (var item in items)
        {
            foreach (var pair in Pairs(context, item).Distinct())
            {
                frequency[pair] = frequency.GetValueOrDefault(pair) + 1;
            }
        }

        return frequency.ToDictionary(f => f.Key, f => Math.Log((double)items.Count / f.Value));
    }

    private static Dictionary<int, double> Vector(IEnumerable<int> pairs, Dictionary<int, double> weights)
    {
        var vector = new Dictionary<int, double>();
        foreach (var pair in pairs.GroupBy(p => p))
        {
            // Said twice is more than said once, but not twice as much.
            vector[pair.Key] = (1 + Math.Log(pair.Count())) * weights.GetValueOrDefault(pair.Key);
        }

        return vector;
    }

    private static IEnumerable<int> Pairs(AuditContext context, ReportItem item) => PairsOf(context.Text.Text[item.Start..item.End]);

    private static IEnumerable<int> PairsOf(string words)
    {
        for (var at = 0; at < words.Length - 1; at++)
        {
            var (a, b) = (words[at], words[at + 1]);
            if (char.IsLetterOrDigit(a) && char.IsLetterOrDigit(b))
            {
                yield return (a << 16) | b;
            }
        }
    }

    /// <summary>The share of a title's weight that another item has too.</summary>
    private static double TakenUp(Dictionary<int, double> title, Dictionary<int, double> other)
    {
        var whole = title.Values.Sum();
        return whole == 0 ? 0 : title.Where(p => other.ContainsKey(p.Key)).Sum(p => p.Value) / whole;
    }

    private static double Cosine(Dictionary<int, double> a, Dictionary<int, double> b)
    {
        var dot = a.Sum(p => b.TryGetValue(p.Key, out var other) ? p.Value * other : 0);
        var lengths = Math.Sqrt(a.Values.Sum(v => v * v)) * Math.Sqrt(b.Values.Sum(v => v * v));
        return lengths == 0 ? 0 : dot / lengths;
    }

    private sealed record Words(Dictionary<int, double> All, Dictionary<int, double> Title, IReadOnlySet<int> TitleTopics, IReadOnlySet<int> Topics);

    private sealed record Scored(string Title, double TakenUp, double Shared, IReadOnlySet<int> Topics);

    /// <summary>What answers an item; whether there was anything that could, and whether all of it is about something else.</summary>
    private sealed record Found(List<string> Titles, bool Any, bool SharesNothing);
}
