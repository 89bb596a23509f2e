using Shizhang.Core.Auditing.Checks;

namespace Shizhang.Core.Auditing;

/// <summary>What an audit of a text found.</summary>
public sealed record AuditResult(string Text, IReadOnlyList<Claim> Claims, IReadOnlyList<AuditCheck> Checks, IReadOnlyList<Discrepancy> Discrepancies, IReadOnlyList<Problem> Problems);

/// <summary>A relation that was found and recomputed. <see cref="Holds"/> is null when it can be read two ways.</summary>
public sealed record AuditCheck(string Kind, int Start, int End, bool? Holds, decimal? Stated, decimal? Computed, IReadOnlyList<int> Claims);

/// <summary>Something in a text that does not hold, in every reading (sure) or in one (open).</summary>
public sealed record Discrepancy(string Kind, bool IsSure, int Start, int End, string Quote, string Message, decimal? Stated, decimal? Computed, IReadOnlyList<int> Claims);

/// <summary>Reads any text and says which of its figures hold. Pure: text in, findings out, in time linear in its length.</summary>
public static class Audit
{
    public const int MostCharacters = 20_000_000;

    public static AuditResult Run(string text)
    {
        var plain = new PlainText(text);
        var claims = new ClaimReader(plain).Read();
        var context = new AuditContext(plain, claims);
        PartsCheck.Run(context);
        SumsCheck.Run(context);
        PairedPartsCheck.Run(context);
        EnumeratedCheck.Run(context);
        BalanceCheck.Run(context);
        DifferenceCheck.Run(context);
        ShareCheck.Run(context);
        SiblingSharesCheck.Run(context);
        PercentCheck.Run(context);
        ListCheck.Run(context);
        EnumeratorsCheck.Run(context);
        ConflictCheck.Run(context);
        WritingChecks.Run(context);
        NamesCheck.Run(context);
        RepeatCheck.Run(context);
        var problems = CoverageCheck.Run(context);
        return new AuditResult(text, claims, context.Checks, context.Discrepancies, problems);
    }
}
