using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Records;
using Shizhang.App.Texts;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Administration;

/// <summary>Who did what when. The journal holds no values, so the auditor reads it without reading business data; the one reason shown is that of showing personal facts.</summary>
[Needs(Right.Audit)]
internal sealed class JournalPage : AdministrationPage
{
    private const int MostInPage = 50;

    [BindProperty(SupportsGet = true)]
    public string? Actor { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    // Not "ledger": an address that names one asks whether the visitor reads it.
    [BindProperty(SupportsGet = true)]
    public string? Book { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Record { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Since { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<(JournalLine Line, string? Reason)> Lines { get; private set; } = [];

    public bool HasMore { get; private set; }

    public static IEnumerable<string> Acts => [.. Storage.Journal.Acts.Named.Where(a => a != Storage.Journal.Acts.Pack), Storage.Journal.Acts.AnyStep];

    public string Next => $"/admin/journal{QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["actor"] = Actor, ["act"] = Act, ["book"] = Book, ["record"] = Record, ["since"] = Since, ["until"] = Until,
        ["before"] = Lines[^1].Line.Seq.ToString(CultureInfo.InvariantCulture),
    }.Where(p => !string.IsNullOrEmpty(p.Value)))}";

    public async Task OnGetAsync()
    {
        var found = await new JournalSearch(Place.Store.Database).FindAsync(Place.Town, new JournalQuery
        {
            Actor = Said(Actor),
            Act = Said(Act),
            Ledger = Said(Book),
            Record = long.TryParse(Record, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            From = Frame.TryDay(Since ?? "", out var from) ? from : null,
            To = Frame.TryDay(Until ?? "", out var to) ? to : null,
            Before = Before,
            Most = MostInPage,
        });
        HasMore = found.Count > MostInPage;
        Lines = HasMore ? found[..MostInPage] : found;
    }

    public static string NameOf(string act) => act == Storage.Journal.Acts.AnyStep ? AppText.Of["act_any_step"] : ActNames.Of(act, ledger: null);

    /// <summary>The record a line is about, by ledger and number (none: many records); its content is not for the auditor.</summary>
    public string About(JournalLine line) => line.Ledger is not { } code ? ""
        : $"{(Place.Catalog.Ledgers.GetValueOrDefault(code) is { } ledger ? RecordView.NameOf(ledger) : code)}{(line.Record is { } record ? $" #{record}" : "")}";

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
