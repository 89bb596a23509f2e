namespace Shizhang.Core.Auditing.Checks;

/// <summary>One document under two titles: 《…议事规则》 and 《…议事决策》 share all but their last two characters.</summary>
internal static class NamesCheck
{
    private const int Shared = 4;
    private const int Tail = 2;
    private const int MostTitles = 500;
    private const int LongestTitle = 60;

    public static void Run(AuditContext context)
    {
        var titles = new List<(int Start, int End, string Title)>();
        for (var at = 0; at < context.Text.Length && titles.Count < MostTitles; at++)
        {
            if (context.Text[at] != '《')
            {
                continue;
            }

            var length = context.Text.Span[(at + 1)..].IndexOfAny("》\n《");
            if (length is > Shared and <= LongestTitle && context.Text[at + 1 + length] == '》')
            {
                titles.Add((at, at + length + 2, context.Text.Text.Substring(at + 1, length)));
            }
        }

        for (var second = 1; second < titles.Count; second++)
        {
            var other = titles.FindIndex(0, second, t => IsOther(t.Title, titles[second].Title));
            if (other >= 0)
            {
                context.Raise("names", false, titles[second].Start, titles[second].End, null, null, [], "audit_names", titles[other].Title, titles[second].Title);
            }
        }
    }

    private static bool IsOther(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length <= Tail + Shared - 1 || b.Length <= Tail + Shared - 1 || a[^Tail..].SequenceEqual(b[^Tail..]))
        {
            return false;
        }

        var bodyA = a[..^Tail];
        var bodyB = b[..^Tail];
        return bodyA.Length >= bodyB.Length ? bodyA.EndsWith(bodyB) : bodyB.EndsWith(bodyA);
    }
}
