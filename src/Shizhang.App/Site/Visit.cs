using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Figures;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Figures;
using Shizhang.Storage.Records;

namespace Shizhang.App.Site;

/// <summary>One request: who asks, what they may, and the unit and period that are kept while they move about.</summary>
internal sealed class Visit(Workplace place, PeriodNow now)
{
    public const string FrameCookie = "sz_frame";

    private FigureScope? _scope;
    private Standing? _standing;

    public Workplace Place { get; } = place;

    public HttpContext Http { get; private set; } = null!;

    public SignedIn? Session { get; private set; }

    public Credential? Credential { get; private set; }

    /// <summary>What the visitor may do; null while nobody is signed in.</summary>
    public AccessRules? Access { get; private set; }

    /// <summary>The ledger named in the address; null when none is, or there is no such ledger.</summary>
    public Ledger? Ledger { get; private set; }

    public Actor Actor => new(Access?.Account.Name ?? "", Http.Connection.RemoteIpAddress?.ToString());

    public Period Period { get; private set; }

    /// <summary>The unit looked at: the one chosen, else the highest the visitor sees.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>Today, or the end of a period that is over: clocks of alerts are read on it.</summary>
    public DateOnly Day => Period.To < Today ? Period.To : Today;

    public DateOnly Today => LocalTime.Today(Place.Store.Clock);

    public void Begin(HttpContext http)
    {
        Http = http;
        Ledger = http.GetRouteValue("ledger") is string code ? Place.Catalog.Ledgers.GetValueOrDefault(code) : null;
    }

    /// <summary>Takes the account of a session as the visitor, when the session still holds.</summary>
    public async Task ResumeAsync(string session, SignInWork signIn)
    {
        if (await signIn.ResumeAsync(session) is var (signed, account, credential))
        {
            (Session, Credential) = (signed, credential);
            await EnterAsync(account);
        }
    }

    /// <summary>Takes an account as the visitor: one that signed in, or a program with a token.</summary>
    public async Task EnterAsync(Account account)
    {
        Access = new AccessRules(Place.Catalog, account, (await StandingAsync()).Tree, Today);
        var parts = (Http.Request.Cookies[FrameCookie] ?? "").Split('~');
        var query = Http.Request.Query;
        var words = new[] { query["from"].FirstOrDefault(), query["to"].FirstOrDefault(), query["unit"].FirstOrDefault() };
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ??= i < parts.Length ? parts[i] : null;
        }

        Period = Features.Figures.Frame.TryDay(words[0] ?? "", out var from) && Features.Figures.Frame.TryDay(words[1] ?? "", out var to) && from <= to
            ? new Period(from, to)
            : await now.OfAsync();
        Unit = words[2] is { } wanted && Access.Tree.Find(wanted) is not null && Access.Units()?.Contains(wanted) is not false ? wanted : HighestUnit();
    }

    /// <summary>Organisation and tokens as this request sees them.</summary>
    public async Task<Standing> StandingAsync() => _standing ??= await Place.Standing.ReadAsync();

    /// <summary>The frame of figures: town, unit, period, as of now.</summary>
    public async Task<FigureScope> ScopeAsync() => _scope ??= (await new FigureEngine(Place.Store).ScopeAsync(Place.Town, Period, Unit))!;

    /// <summary>The units the visitor may choose from, the highest first.</summary>
    public IEnumerable<Core.Records.Unit> UnitsToChoose()
    {
        var (tree, units) = (Access!.Tree, Access.Units());
        return tree.Units.Where(u => units?.Contains(u.Code) is not false && !u.IsGoneOn(Today)).OrderBy(u => Depth(u.Code)).ThenBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Code, StringComparer.Ordinal);
    }

    private string HighestUnit()
    {
        var units = Access!.Units();
        return units is null ? Access.Tree.Root?.Code ?? Place.Town
            : Access.Account.Grants.Select(g => g.Unit).Where(units.Contains).OrderBy(Depth).FirstOrDefault() ?? Place.Town;
    }

    private int Depth(string unit)
    {
        var depth = 0;
        for (var at = Access!.Tree.Find(unit); at?.Parent is { } parent && depth < 20; at = Access.Tree.Find(parent))
        {
            depth++;
        }

        return depth;
    }
}

/// <summary>The year that work is being recorded in: this one, or the one of the last record when none was entered for a month.</summary>
internal sealed class PeriodNow(Workplace place)
{
    private const int DaysWithout = 31;

    private sealed record Found(DateOnly Day, Period Period);

    private Found? _found;

    /// <summary>Looked up each day, not with each record: nobody's pages go to another year while they work.</summary>
    public async Task<Period> OfAsync()
    {
        var (found, today) = (Volatile.Read(ref _found), LocalTime.Today(place.Store.Clock));
        if (found is null || found.Day != today)
        {
            var last = await new Storage.Journal.JournalReader(place.Store.Database).LastRecordedAsync(place.Town);
            var day = last is { } time ? LocalTime.DayOf(time) : today;
            found = new Found(today, Period.Year(day.AddDays(DaysWithout) < today ? day.Year : today.Year));
            Volatile.Write(ref _found, found);
        }

        return found.Period;
    }
}
