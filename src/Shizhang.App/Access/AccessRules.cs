using Shizhang.App.Features.Figures;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Core.Workflows;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Access;

/// <summary>
/// The one place that decides who may do what: the roles of an account, the units they reach, and the ledgers they name. Commands,
/// pages and programs ask here. What may not be done is a sentence; null means it may.
/// </summary>
internal sealed class AccessRules
{
    private readonly Catalog _catalog;
    private readonly List<(Role Role, string At, HashSet<string>? Units)> _held;

    public AccessRules(Catalog catalog, Account account, UnitTree tree, DateOnly day)
    {
        (_catalog, Account, Tree, Day) = (catalog, account, tree, day);
        var root = tree.Root?.Code;
        _held = [.. account.Grants
            .Where(g => !account.IsDisabled && catalog.Roles.ContainsKey(g.Role))
            .Select(g => (Role: catalog.Roles[g.Role], At: g.Unit, Units: g.Unit == root ? null : tree.Scope(g.Unit, day).ToHashSet(StringComparer.Ordinal)))

            // A role at a unit that is not there, or no longer, is none: it must not become one at the town.
            .Where(h => h.Role.Administers is not null || h.Units is not { Count: 0 })];
    }

    public Account Account { get; }

    public UnitTree Tree { get; }

    public DateOnly Day { get; }

    /// <summary>Which administrator this is; null for those who do the town's work.</summary>
    public Administration? Administers => _held.Select(h => h.Role.Administers).FirstOrDefault(a => a is not null);

    /// <summary>Holds a role that reads the town's records.</summary>
    public bool IsBusiness => _held.Exists(h => h.Role.Administers is null);

    /// <summary>Names of the roles held, for people.</summary>
    public IEnumerable<string> RoleNames => _held.Select(h => h.Role.Shown).Distinct();

    public bool Issues => _held.Exists(h => h.Role.Issues);

    public bool Reads(Ledger ledger) => _held.Exists(h => h.Role.Reads.Contains(ledger.Code));

    /// <summary>Reads every ledger an indicator counts.</summary>
    public bool Reads(Indicator indicator) => indicator.Leaves.All(l => Reads(l.Ledger));

    /// <summary>Reads all that an indicator counts at a unit and below it.</summary>
    public bool Reads(Indicator indicator, string unit) => indicator.Leaves.All(l => Reads(l.Ledger) && Units(l.Ledger)?.Contains(unit) is not false);

    /// <summary>The units whose records of a ledger are read; null for all.</summary>
    public IReadOnlySet<string>? Units(Ledger ledger) => UnitsOf(r => r.Reads.Contains(ledger.Code));

    /// <summary>The units that are looked at over all ledgers; null for all.</summary>
    public IReadOnlySet<string>? Units() => UnitsOf(r => r.Administers is null);

    /// <summary>Whether a record is there for the account: a role reads the ledger at its unit, and it is not kept from that role.</summary>
    public bool Sees(Ledger ledger, RecordValues values) => _held.Exists(h =>
        h.Role.Reads.Contains(ledger.Code)
        && h.Units?.Contains((string?)values[ledger.Unit] ?? "") is not false
        && ledger.Conceal?.HidesFrom(values, h.Role.Code, Account.Person, h.At, Tree, Day) is not true);

    /// <summary>What a list of a ledger must ask besides, so that what is kept from the account is not in it; null when nothing is.</summary>
    public Filter? Visible(Ledger ledger)
    {
        if (ledger.Conceal is not { } conceal)
        {
            return null;
        }

        var told = _held.FirstOrDefault(h => conceal.Only.Contains(h.Role.Code) && h.Role.Reads.Contains(ledger.Code));
        Filter visible = new In(new FieldOperand(conceal.When), [.. conceal.Is.Select(v => new Literal(v))], Negated: true);
        if (told.Role is null)
        {
            return visible;
        }

        var others = conceal.From.Select(f => NotAbout(f, told.At)).OfType<Filter>().ToList();
        return others.Count == 0 ? null : new Or(visible, others.Aggregate((a, b) => new And(a, b)));
    }

    /// <summary>The units read and what is not kept from the account, as one filter; null for all.</summary>
    public Filter? Seen(Ledger ledger)
    {
        var (units, visible) = (Units(ledger), Visible(ledger));
        Filter? within = units is null ? null : new In(new FieldOperand(ledger.Unit), [.. units.DefaultIfEmpty("").Select(u => new Literal(u))], Negated: false);
        return within is null ? visible : visible is null ? within : new And(within, visible);
    }

    /// <summary>May enter records of a ledger somewhere.</summary>
    public bool Records(Ledger ledger) => _held.Exists(h => h.Role.Records.Contains(ledger.Code));

    /// <summary>The ledgers that take records of the account's units, in the order its roles name them.</summary>
    public IEnumerable<Ledger> Recorded => _held
        .SelectMany(h => h.Role.RecordOrder.Select(c => _catalog.Ledgers[c]).Where(l => l.Unit.UnitKinds is not { Count: > 0 } kinds || h.Units?.Any(u => kinds.Contains(Tree.Find(u)?.Kind)) is not false))
        .Distinct();

    /// <summary>The units at which records of a ledger may be entered; null for all.</summary>
    public IReadOnlySet<string>? UnitsToRecord(Ledger ledger) => UnitsOf(r => r.Records.Contains(ledger.Code));

    public string? RefusalToRead(Ledger ledger) => Reads(ledger) ? null : AppText.Of["may_not_read", Account.Display, Names, ledger.Shown];

    /// <summary>Why records of a ledger may be entered nowhere.</summary>
    public string? RefusalToRecord(Ledger ledger) => Records(ledger) ? null : AppText.Of["may_not_record_at_all", Account.Display, Names, ledger.Shown];

    public bool MayShow(Ledger ledger, string unit) => Any(r => r.Clear.Contains(ledger.Code), unit);

    /// <summary>The units whose records of a ledger may be shown in clear; null for all.</summary>
    public IReadOnlySet<string>? UnitsToShow(Ledger ledger) => UnitsOf(r => r.Clear.Contains(ledger.Code));

    /// <summary>May show some personal field of the ledger in clear somewhere.</summary>
    public bool MayShowSome(Ledger ledger) => ledger.Fields.Concat(ledger.Fields.Where(f => f.IsLines).SelectMany(f => f.Lines!)).Any(f => f.Personal) && _held.Exists(h => h.Role.Clear.Contains(ledger.Code));

    /// <summary>Many records in clear want what one does: a role that may see them and a reason.</summary>
    public string? RefusalToShowSome(Ledger ledger, string? reason) =>
        !MayShowSome(ledger) ? AppText.Of["may_not_show", Account.Display, Names, ledger.Shown]
        : string.IsNullOrWhiteSpace(reason) ? AppText.Of["reason_needed"]
        : null;

    public string? RefusalToRecord(Ledger ledger, string unit) => Any(r => r.Records.Contains(ledger.Code), unit)
        ? null
        : AppText.Of["may_not_record", Account.Display, Names, ledger.Shown, Tree.Find(unit)?.Name ?? unit];

    /// <summary>Personal fields in clear want a role that may see them and a reason.</summary>
    public string? RefusalToShow(Ledger ledger, string unit, string? reason) =>
        !MayShow(ledger, unit) ? AppText.Of["may_not_show", Account.Display, Names, ledger.Shown]
        : string.IsNullOrWhiteSpace(reason) ? AppText.Of["reason_needed"]
        : null;

    /// <summary>A filter on a personal field would tell bit by bit what is masked: only for those who may see it in clear.</summary>
    public string? RefusalToFilter(Ledger ledger, Filter? filter) =>
        FilterFields.Everywhere(filter).FirstOrDefault(f => f.Personal) is { } field && !_held.Exists(h => h.Role.Clear.Contains(ledger.Code))
            ? AppText.Of["may_not_filter", Account.Display, Names, field.Shown]
            : null;

    public string? RefusalToIssue() => Issues ? null : AppText.Of["may_not_issue", Account.Display, Names];

    /// <summary>Setting an alert aside is for whoever keeps the ledger at the unit, or answers for reports.</summary>
    public string? RefusalToAnswer(Ledger ledger, string unit) => Any(r => r.Records.Contains(ledger.Code) || r.Issues, unit)
        ? null
        : AppText.Of["may_not_answer", Account.Display, Names, ledger.Shown];

    /// <summary>Who takes a step on a record of a unit, for the workflow to decide.</summary>
    public Taker Taker(string unit) => new(Account.Name, Account.Person, [.. _held.Where(h => h.Units?.Contains(unit) is not false).Select(h => h.Role.Code).Distinct()]);

    /// <summary>
    /// Why roles may not be held: administrators exclude each other and all else, a unit must be there, and of a kind at which the
    /// role is held.
    /// </summary>
    public static string? RefusalToGrant(Catalog catalog, UnitTree tree, IReadOnlyList<Grant> grants)
    {
        if (grants.FirstOrDefault(g => !catalog.Roles.ContainsKey(g.Role)) is { } unknown)
        {
            return AppText.Of["role_unknown", unknown.Role, Core.Texts.Text.List(catalog.Roles.Keys)];
        }

        foreach (var (role, unit) in grants.Select(g => (catalog.Roles[g.Role], g.Unit)).Where(g => g.Item1.Administers is null && tree.Units.Count > 0))
        {
            if (tree.Find(unit) is not { } there)
            {
                return AppText.Of["unit_unknown", unit];
            }

            if (role.At.Count > 0 && !role.At.Contains(there.Kind))
            {
                return AppText.Of["role_elsewhere", role.Shown, Core.Texts.Text.List(role.At.Select(k => UnitKinds.NameOf(catalog, k))), there.Name, UnitKinds.NameOf(catalog, there.Kind)];
            }
        }

        var roles = grants.Select(g => catalog.Roles[g.Role]).Distinct().ToList();
        return roles.Exists(r => r.Administers is not null) && roles.Count > 1 ? AppText.Of["roles_exclude", Core.Texts.Text.List(roles.Select(r => r.Shown))] : null;
    }

    private Filter? NotAbout(Field field, string at) => (field.To, Account.Person) switch
    {
        (null, _) => new In(new FieldOperand(field), [.. Tree.Units.Where(u => Tree.Scope(u.Code, Day).Contains(at)).Select(u => new Literal(u.Code))], Negated: true),
        (_, { } person) => new Comparison(ComparisonOperator.NotEqual, new FieldOperand(field), new Literal(person), NullMatches: true),
        _ => null,
    };

    private string Names => Core.Texts.Text.List(RoleNames);

    private bool Any(Func<Role, bool> may, string unit) => _held.Exists(h => may(h.Role) && h.Units?.Contains(unit) is not false);

    private HashSet<string>? UnitsOf(Func<Role, bool> may)
    {
        var held = _held.Where(h => may(h.Role)).ToList();
        return held.Exists(h => h.Units is null) ? null : [.. held.SelectMany(h => h.Units!)];
    }
}
