using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing.Checks;

/// <summary>
/// The same subject with two values, paragraphs apart. Whether both are of one day only the writer knows, so it asks and does
/// not accuse.
/// </summary>
internal static class ConflictCheck
{
    private const int ShortestSubject = 2;
    private const int MostMentions = 2;
    private static readonly string[] Moving = ["增", "减", "新", "比", "从", "由", "到", "升", "降", "超额", "累计", "年均", "同比", "其中", "力争", "预计", "目标", "计划"];

    public static void Run(AuditContext context)
    {
        var bySubject = new Dictionary<(string, string), List<int>>();
        for (var i = 0; i < context.Claims.Count; i++)
        {
            if (Key(context, i) is { } key)
            {
                if (!bySubject.TryGetValue(key, out var list))
                {
                    bySubject.Add(key, list = []);
                }

                list.Add(i);
            }
        }

        foreach (var mentions in bySubject.Values.Where(m => m.Count == MostMentions))
        {
            var (first, second) = (mentions[0], mentions[1]);
            if (context.Places[first].Paragraph != context.Places[second].Paragraph && AreNear(context.Claims[first], context.Claims[second]) && !Agree(context.Claims[first], context.Claims[second]))
            {
                context.Found("conflict", null, context.Claims[second].Value, context.Claims[first].Value, [second]);
                context.Raise("conflict", false, [first], context.Claims[first].Value, context.Claims[second].Value, "audit_conflict", context.Claims[first].Subject, context.Claims[first].Quote, context.Claims[second].Quote);
            }
        }
    }

    /// <summary>What two claims must share to be about one thing: the tail of the subject and the unit; null for what changes by nature.</summary>
    private static (string, string)? Key(AuditContext context, int i)
    {
        var claim = context.Claims[i];
        if (Comparable.IsShare(claim) || claim.Unit.Length == 0 || claim.Unit.Contains('元') || context.Places[i].Bracket != 0)
        {
            return null;
        }

        var clause = Clause.Before(context.Text, claim.Start).Text;
        foreach (var word in Moving)
        {
            if (clause.Contains(word, StringComparison.Ordinal))
            {
                return null;
            }
        }

        // 发展党员5名 tells what was done, 党员806名 what there is.
        if (Clause.Before(context.Text, claim.Start).Says(Lexicon.Of["events"]) || !Clause.Before(context.Text, claim.Start).Says(Lexicon.Of["states"]))
        {
            return null;
        }

        var subject = claim.Subject.Replace("面积", "", StringComparison.Ordinal);
        return subject.Length < ShortestSubject ? null : (subject.Length <= 4 ? subject : subject[^4..], claim.Unit);
    }

    // What is more than twice as much is another thing, or of another place.
    private static bool AreNear(Claim a, Claim b) => a.Value <= b.Value * 2 && b.Value <= a.Value * 2;

    private static bool Agree(Claim a, Claim b) => Holds(a, b) || Holds(b, a) || (a.Step != b.Step && Math.Abs(a.Value - b.Value) <= Math.Max(a.Step, b.Step) / 2);

    private static bool Holds(Claim said, Claim of) => of.Bound == Bound.Exact && Bounds.Holds(said.Bound, said.Value, said.Step == 1 ? 1 : said.Step, of.Value);
}
