namespace Shizhang.Storage.Accounts;

/// <summary>A role held at a unit: it holds there and below.</summary>
public sealed record Grant(string Role, string Unit);

/// <summary>
/// Who may act in a town: a name, what people call them, the roles they hold, and the record of the person it belongs to.
/// One that is disabled stays, because the journal names it.
/// </summary>
public sealed record Account(string Name, string Display, IReadOnlyList<Grant> Grants, long? Person = null, bool IsDisabled = false);
