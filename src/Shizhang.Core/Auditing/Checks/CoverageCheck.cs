namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// Which cause and which measure answers a problem, by the words they share. Pairs of characters that few items have weigh
/// more; the pairing is shown, and what lies between yes and no is called open.
/// </summary>
internal static class CoverageCheck
{
    private const double Sure = 0.012;
    private const double Answers = 0.023;

    // Every problem is held against every measure: beyond this a text is a collection, no report.
    private const int MostItems = 600;

    public static IReadOnlyList<Problem> Run(AuditContext context)
    {
        var items = StructureReader.Read(context.Text);
        var problems = items.Where(i => i.Kind == ItemKind.Problem).ToList();
        if (problems.Count == 0 || items.Count > MostItems)
        {
            return [];
        }

        var weights = Weights(context, items);
        var vectors = items.ToDictionary(i => i, i => Vector(context, i, weights));
        var found = new List<Problem>();
        foreach (var problem in problems)
        {
            var (causes, causeScore) = Answering(problem, ItemKind.Cause, items, vectors);
            var (measures, measureScore) = Answering(problem, ItemKind.Measure, items, vectors);
            found.Add(new Problem(problem.Title, problem.Start, causes, measures));
            Uncovered(context, problem, items.Exists(i => i.Kind == ItemKind.Cause) && causes.Count == 0, causeScore, "audit_no_cause");
            Uncovered(context, problem, items.Exists(i => i.Kind == ItemKind.Measure) && measures.Count == 0, measureScore, "audit_no_measure");
        }

        Unowned(context, items.Where(i => i.Kind == ItemKind.Measure).ToList());
        return found;
    }

    private static void Uncovered(AuditContext context, ReportItem problem, bool isUncovered, double best, string key)
    {
        if (isUncovered)
        {
            context.Raise("uncovered", best < Sure, problem.Start, Math.Min(problem.End, problem.Start + problem.Title.Length + 2), null, null, [], key, problem.Title);
        }
    }

    private static (List<string> Titles, double Best) Answering(ReportItem problem, ItemKind kind, List<ReportItem> items, Dictionary<ReportItem, Dictionary<int, double>> vectors)
    {
        var scored = items.Where(i => i.Kind == kind).Select(i => (i.Title, Score: Cosine(vectors[problem], vectors[i]))).OrderByDescending(s => s.Score).ToList();
        return ([.. scored.Where(s => s.Score >= Answers).Select(s => s.Title)], scored.Count == 0 ? 0 : scored[0].Score);
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

    private static Dictionary<int, double> Vector(AuditContext context, ReportItem item, Dictionary<int, double> weights)
    {
        var vector = new Dictionary<int, double>();
        foreach (var pair in Pairs(context, item).GroupBy(p => p))
        {
            // Said twice is more than said once, but not twice as much.
            vector[pair.Key] = (1 + Math.Log(pair.Count())) * weights[pair.Key];
        }

        return vector;
    }

    private static IEnumerable<int> Pairs(AuditContext context, ReportItem item)
    {
        for (var at = item.Start; at < item.End - 1; at++)
        {
            var (a, b) = (context.Text[at], context.Text[at + 1]);
            if (char.IsLetter(a) && char.IsLetter(b))
            {
                yield return (a << 16) | b;
            }
        }
    }

    private static double Cosine(Dictionary<int, double> a, Dictionary<int, double> b)
    {
        var dot = a.Sum(p => b.TryGetValue(p.Key, out var other) ? p.Value * other : 0);
        var lengths = Math.Sqrt(a.Values.Sum(v => v * v)) * Math.Sqrt(b.Values.Sum(v => v * v));
        return lengths == 0 ? 0 : dot / lengths;
    }
}
