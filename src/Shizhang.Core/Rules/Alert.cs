using System.Text;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Rules;

/// <summary>
/// Something a rule finds wrong at a moment. <see cref="Subject"/> tells it from others of the same rule: a record, a unit and
/// period, a person. Computed when asked for and never stored; only that it was set aside is.
/// </summary>
public sealed record Alert(Rule Rule, Ledger Ledger, string Unit, string Subject, long? Record, string Title, DateOnly Since, DateOnly? Due, bool IsProvisional, string Message, string Clears)
{
    private const int IdDigits = 10;

    /// <summary>The same for the same matter at any time: first digits of the SM3 of rule and subject.</summary>
    public string Id { get; } = Convert.ToHexStringLower(Sm3.Hash(Encoding.UTF8.GetBytes($"{Rule.Code}\n{Subject}")))[..IdDigits];

    /// <summary>The step whose clock runs; null when the alert is about something else, or about the whole.</summary>
    public Step? Next { get; init; }

    /// <summary>Set aside until this day, included; null when it is not.</summary>
    public DateOnly? AsideUntil { get; init; }

    public string? AsideReason { get; init; }
}
