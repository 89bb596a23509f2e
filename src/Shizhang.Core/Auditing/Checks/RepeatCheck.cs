using System.Runtime.InteropServices;

namespace Shizhang.Core.Auditing.Checks;

/// <summary>A passage of 20 characters or more said twice. Every fourth place is remembered, so long texts cost little memory.</summary>
internal static class RepeatCheck
{
    private const int Least = 20;
    private const int Stride = 4;
    private const int Window = Least - Stride + 1;

    public static void Run(AuditContext context)
    {
        var text = context.Text.Span;
        var seen = new Dictionary<int, int>(text.Length / Stride);
        var hash = new RollingHash(Window);
        var covered = 0;
        for (var end = 0; end < text.Length; end++)
        {
            hash.Push(text, end);
            var start = end - Window + 1;
            if (start < 0)
            {
                continue;
            }

            if (start >= covered && seen.TryGetValue(hash.Value, out var first) && Extend(text, first, start) is var (from, length) && length >= Least)
            {
                covered = from + length;
                if (Says(text.Slice(from, length)))
                {
                    context.Raise("repeated", true, from, from + length, null, null, [], "audit_repeated", length);
                }
            }

            if (start % Stride == 0)
            {
                ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, hash.Value, out var exists);
                slot = exists ? slot : start;
            }
        }
    }

    /// <summary>The whole passage around two equal windows, within one paragraph.</summary>
    private static (int Start, int Length) Extend(ReadOnlySpan<char> text, int first, int second)
    {
        if (!text.Slice(first, Window).SequenceEqual(text.Slice(second, Window)) || text.Slice(second, Window).Contains('\n'))
        {
            return (second, 0);
        }

        var (back, ahead) = (0, Window);
        while (first - back - 1 >= 0 && second - back - 1 >= first + ahead && text[first - back - 1] == text[second - back - 1] && text[second - back - 1] != '\n')
        {
            back++;
        }

        while (second + ahead < text.Length && first + ahead < second - back && text[first + ahead] == text[second + ahead] && text[second + ahead] != '\n')
        {
            ahead++;
        }

        return (second - back, back + ahead);
    }

    // Rows of dots, blanks and stars repeat themselves and say nothing.
    private static bool Says(ReadOnlySpan<char> passage)
    {
        var words = 0;
        foreach (var c in passage)
        {
            words += char.IsLetter(c) ? 1 : 0;
        }

        return words * 4 >= passage.Length * 3;
    }

    private struct RollingHash(int window)
    {
        private const int Base = 1_000_003;
        private readonly int _power = Power(window);

        public int Value { get; private set; }

        public void Push(ReadOnlySpan<char> text, int at)
        {
            Value = unchecked((Value * Base) + text[at]);
            if (at >= window)
            {
                Value = unchecked(Value - (text[at - window] * _power));
            }
        }

        private static int Power(int window)
        {
            var power = 1;
            for (var i = 0; i < window; i++)
            {
                power = unchecked(power * Base);
            }

            return power;
        }
    }
}
