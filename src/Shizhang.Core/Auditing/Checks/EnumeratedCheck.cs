namespace Shizhang.Core.Auditing.Checks;

/// <summary>Parts told one by one, （一）…（二）… or 一是…二是…: the first figure of each item, and a total before or after them.</summary>
internal static class EnumeratedCheck
{
    private const int Before = 24;
    private const int After = 12;
    private const int LongestItem = 3000;
    private const string Digits = "一二三四五六七八九十";

    public static void Run(AuditContext context)
    {
        foreach (var style in (string[])["(#)", "#是", "第#，"])
        {
            var (starts, next) = (new List<int>(), 0);
            for (var at = 0; at < context.Text.Length; at++)
            {
                if (Number(context.Text, at, style) is not (>= 0 and var number))
                {
                    continue;
                }

                if (number != next || (starts.Count > 0 && at - starts[^1] > LongestItem))
                {
                    Judge(context, starts, at);
                    starts.Clear();
                    next = 0;
                    if (number != 0)
                    {
                        continue;
                    }
                }

                starts.Add(at);
                next++;
            }

            Judge(context, starts, context.Text.Length);
        }
    }

    /// <summary>Which enumerator begins at a place, from 0; -1 when none does.</summary>
    private static int Number(PlainText text, int at, string style)
    {
        var place = style.IndexOf('#');
        for (var i = 0; i < place; i++)
        {
            if (text[at + i] != style[i])
            {
                return -1;
            }
        }

        var number = Digits.IndexOf(text[at + place], StringComparison.Ordinal);
        return number >= 0 && text[at + place + 1] == style[place + 1] && (place > 0 || text[at - 1] is '。' or '；' or '\n' or '，' or ':' or '\0' or ' ' or '　') ? number : -1;
    }

    private static void Judge(AuditContext context, List<int> starts, int end)
    {
        if (starts.Count < 2)
        {
            return;
        }

        var claims = context.Claims;
        var first = FirstFrom(claims, starts[0]);
        if (first >= claims.Count || claims[first].Start >= starts[1])
        {
            return;
        }

        var parts = new List<int>();
        for (var i = 0; i < starts.Count; i++)
        {
            var until = i + 1 < starts.Count ? starts[i + 1] : Math.Min(end, starts[i] + LongestItem);
            var part = FirstFrom(claims, starts[i]);
            while (part < claims.Count && claims[part].Start < until && claims[part].Unit != claims[first].Unit)
            {
                part++;
            }

            if (part >= claims.Count || claims[part].Start >= until)
            {
                return;
            }

            parts.Add(part);
        }

        var values = parts.ConvertAll(p => claims[p]);
        foreach (var t in Enumerable.Range(first - Before, Before).Reverse().Concat(Enumerable.Range(parts[^1] + 1, After)).Where(t => t >= 0 && t < claims.Count && !parts.Contains(t)))
        {
            if (claims[t].Unit == claims[first].Unit && claims[t].Value > values.Max(v => v.Value) && Arithmetic.SumsTo(claims[t], values))
            {
                context.FoundParts(true, t, parts, values.Sum(v => v.Value));
                return;
            }
        }
    }

    private static int FirstFrom(List<Claim> claims, int at)
    {
        var (low, high) = (0, claims.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = claims[middle].Start < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
