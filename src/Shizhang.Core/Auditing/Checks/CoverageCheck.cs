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
        var vectors = items.ToDictionary(i => i, i => new Words(Vector(Pairs(context, i), weights), Vector(PairsOf(i.Heading + "。" + i.Title), weights)));
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

    private static void Uncovered(AuditContext context, ReportItem item, Answers answers, string key)
    {
        if (answers is { Any: true, Titles.Count: 0 })
        {
            context.Raise("uncovered", answers.SharesNothing, item.Start, Math.Min(item.End, item.Start + item.Title.Length + 2), null, null, [], key, item.Title);
        }
    }

    private static Answers Answering(ReportItem item, ItemKind kind, double shares, List<ReportItem> items, Dictionary<ReportItem, Words> vectors)
    {
        var scored = items.Where(i => i.Kind == kind)
            .Select(i => (i.Title, TakenUp: TakenUp(vectors[item].Title, vectors[i].All), Shared: Cosine(vectors[item].All, vectors[i].All)))
            .OrderByDescending(s => s.Shared)
            .ToList();
        return new Answers(
            [.. scored.Where(s => s.TakenUp >= TakesUp || s.Shared >= shares).Select(s => s.Title)],
            scored.Count > 0,
            scored.TrueForAll(s => s.TakenUp < Nothing && s.Shared < Nothing));
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

    private sealed record Words(Dictionary<int, double> All, Dictionary<int, double> Title);

    /// <summary>What answers an item; whether there was anything that could, and whether all of it is about something else.</summary>
    private sealed record Answers(List<string> Titles, bool Any, bool SharesNothing);
}
