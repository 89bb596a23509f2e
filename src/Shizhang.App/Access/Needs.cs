using Microsoft.AspNetCore.Authorization;
using Shizhang.App.Site;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Access;

/// <summary>What a page or an address asks of whoever opens it.</summary>
internal enum Right
{
    /// <summary>Nothing: signing in, the state of the machine.</summary>
    Anybody,

    /// <summary>An account, administrators included.</summary>
    Account,

    /// <summary>A role that does the town's work.</summary>
    Business,

    /// <summary>A role that reads the ledger named in the address.</summary>
    ReadLedger,

    /// <summary>A role that enters records of the ledger named in the address.</summary>
    RecordLedger,

    /// <summary>One of the three administrators.</summary>
    System,
    Security,
    Audit,
}

/// <summary>Says on a page or an endpoint what it asks; an address that says nothing is closed to all.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class NeedsAttribute(params Right[] anyOf) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>One of them is enough.</summary>
    public IReadOnlyList<Right> AnyOf { get; } = anyOf;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Holds what an address asks against the visitor's rules. What records a visitor sees, their handlers ask <see cref="AccessRules"/>.</summary>
internal sealed class AccessGate(Visit visit) : AuthorizationHandler<NeedsAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsAttribute requirement)
    {
        if (visit.Access is { } access && requirement.AnyOf.Any(r => Holds(access, r, visit.Ledger)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether an account has a right; <paramref name="ledger"/> is the one named in the address.</summary>
    public static bool Holds(AccessRules access, Right right, Ledger? ledger) => right switch
    {
        Right.Anybody or Right.Account => true,
        Right.Business => access.IsBusiness,
        Right.ReadLedger => ledger is null ? access.IsBusiness : access.Reads(ledger),
        Right.RecordLedger => ledger is null ? access.IsBusiness : access.Records(ledger),
        Right.System => access.Administers == Administration.System,
        Right.Security => access.Administers == Administration.Security,
        _ => access.Administers == Administration.Audit,
    };
}
