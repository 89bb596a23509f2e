using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;
using Shizhang.Storage.Desks;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

[Needs(Right.ReadLedger)]
internal sealed class ListPage : SitePage
{
    private const int MostColumns = 7;
    private const int LongestName = 40;

    public override Room Room => Room.Ledgers;

    [BindProperty(SupportsGet = true, Name = "filter")]
    public string? FilterText { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Up { get; set; }

    /// <summary>All time, not only the period of the top bar.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public Ledger Ledger => Visit.Ledger!;

    public string? FilterRefusal { get; private set; }

    public ListFilter Builder { get; private set; } = null!;

    public IReadOnlyList<Field> Columns { get; private set; } = [];

    public RecordPage Records { get; private set; } = new([], false);

    public long Count { get; private set; }

    /// <summary>The field the page is sorted by: the one asked for, or the date when there are too many records for any other.</summary>
    public Field SortField { get; private set; } = null!;

    public bool IsTooLongToSort => Count > RecordPager.MostCounted;

    public RecordView View { get; private set; } = null!;

    public IReadOnlyList<SavedView> Saved { get; private set; } = [];

    private Field SortAsked => (Sort is null ? null : Columns.FirstOrDefault(c => c.Code == Sort && c is { IsChild: false, Personal: false })) ?? Ledger.Date;

    public async Task<IActionResult> OnGetAsync()
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        // A field of the builder was used: the address says it in the one filter language from here on.
        var asked = ListFilter.IsAsked(Request.Query) ? ListFilter.Of(Ledger, Request.Query) : null;
        var (written, wrong) = asked is null ? default : await asked.WriteAsync(Visit);
        if (written is not null)
        {
            return Go(AddressOf(written, Sort, Up));
        }

        Columns = [.. ColumnsOf(Ledger)];
        var (where, refusal) = string.IsNullOrWhiteSpace(FilterText) ? default : new FilterReader(Ledger.Fields, Ledger.Workflow?.States).Read(FilterText);
        refusal ??= wrong ?? Access.RefusalToFilter(Ledger, where);
        (FilterRefusal, Builder) = (refusal, asked ?? ListFilter.Of(Ledger, where));
        var request = new PageRequest(Ledger, Visit.Day)
        {
            Where = Both(where, Access.Visible(Ledger)),
            Units = ListFrame.Units(Visit, Ledger),
            Period = All ? null : Visit.Period,
            Sort = SortAsked,
            Ascending = Up,
            After = ReadAfter(),
        };
        (Records, SortField, Count) = refusal is null ? await new RecordPager(Place.Store).OpenAsync(Place.Town, request) : new ListedPage(Records, SortAsked, 0);
        View = await RecordView.OfAsync(Visit, Records.Records.Select(r => r.Values));
        Saved = await new ViewArchive(Place.Store).ListAsync(Place.Town, Access.Account.Name, Ledger.Code);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string? name)
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        // What is kept begins at the first page and does nothing but show the list.
        var here = AddressOf(FilterText, Sort, Up);
        if (name?.Trim() is not { Length: > 0 and <= LongestName } called)
        {
            Notice(AppText.Of["view_name_bad", LongestName]);
            return Go(here);
        }

        await new ViewArchive(Place.Store).KeepAsync(Place.Town, new SavedView(Access.Account.Name, Ledger.Code, called, here[$"/ledgers/{Ledger.Code}".Length..]));
        return Go(here);
    }

    public async Task<IActionResult> OnPostForgetAsync(string? name)
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        await new ViewArchive(Place.Store).RemoveAsync(Place.Town, Access.Account.Name, Ledger.Code, name ?? "");
        return Go(AddressOf(FilterText, Sort, Up));
    }

    public string AddressOf(string? filter = null, string? sort = null, bool up = false, string? after = null, string? handler = null, bool isAll = false) =>
        $"/ledgers/{Ledger.Code}{QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["filter"] = string.IsNullOrEmpty(filter) ? null : filter,
            ["sort"] = sort,
            ["up"] = up ? "true" : null,
            ["all"] = All || isAll ? "true" : null,
            ["after"] = after,
            ["handler"] = handler,
        }.Where(p => p.Value is not null))}";

    /// <summary>The list as it is filtered, as a spreadsheet.</summary>
    public string ExportAddress(string format) => $"/ledgers/{Ledger.Code}/export{QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["filter"] = string.IsNullOrEmpty(FilterText) ? null : FilterText,
        ["all"] = All ? "true" : null,
        ["format"] = format,
    }.Where(p => p.Value is not null))}";

    /// <summary>The address of the page after this one.</summary>
    public string Next()
    {
        var last = Records.Records[^1];
        var value = last.Values[SortField];
        return AddressOf(FilterText, IsTooLongToSort ? null : Sort, Up, $"{last.Id}~{(value is DateOnly day ? day.ToString("yyyy-MM-dd") : Convert.ToString(value, CultureInfo.InvariantCulture))}");
    }

    /// <summary>The units a field may be filtered by; none for other fields.</summary>
    public IReadOnlyList<Unit> UnitsOf(Field field)
    {
        var may = field == Ledger.Unit ? Access.Units(Ledger) : null;
        return field.Type.Code != "unit" ? [] : [.. Access.Tree.Units.Where(u => (field.UnitKinds.Count == 0 || field.UnitKinds.Contains(u.Kind)) && may?.Contains(u.Code) is not false).OrderBy(u => u.Parent, StringComparer.Ordinal).ThenBy(u => u.Code, StringComparer.Ordinal)];
    }

    private static Filter? Both(Filter? one, Filter? other) => one is null ? other : other is null ? one : new And(one, other);

    private (object? Value, long Id)? ReadAfter()
    {
        if (After?.Split('~', 2) is not [var id, var text] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return (text.Length == 0 ? null : SortAsked.Type.Parse(text, SortAsked).Value, number);
    }

    // Date, unit and state say most; then short facts of nobody in particular, then what is personal.
    private static IEnumerable<Field> ColumnsOf(Ledger ledger) => ledger.Fields
        .Where(f => !f.IsLines && f.Type.Code != "note")
        .OrderBy(f => f == ledger.Date ? 0 : f == ledger.Unit ? 1 : f.Required ? 2 : f.Personal ? 4 : 3)
        .Take(MostColumns);
}
