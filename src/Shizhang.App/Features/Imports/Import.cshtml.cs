using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Exports;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Imports;

/// <summary>A spreadsheet into a ledger: given, looked at with what is wrong, columns put right by hand, then written whole.</summary>
[Needs(Right.RecordLedger)]
internal sealed class ImportPage(TimeProvider clock, IDataProtectionProvider protection) : SitePage
{
    /// <summary>Begins the name of the select of a column, before its heading.</summary>
    public const string ByHand = "m.";
    public const string LeftOut = "-";
    public const int MostErrors = 100;
    private const int MostRows = 8;

    private readonly Dictionary<string, string> _byHand = new(StringComparer.Ordinal);

    public override Room Room => Room.Ledgers;

    /// <summary>The word of a file that was given and is looked at.</summary>
    [BindProperty(SupportsGet = true, Name = "file")]
    public string? Token { get; set; }

    public Ledger Ledger => Visit.Ledger!;

    public string? Refusal { get; private set; }

    public string FileName { get; private set; } = "";

    /// <summary>The headings and what they were taken for; null while no file is looked at.</summary>
    public HeadingMap? Map { get; private set; }

    public IReadOnlyList<SheetRow> Rows { get; private set; } = [];

    public ImportOutcome? Outcome { get; private set; }

    public bool MayWrite => Outcome is { Refusal: null, ErrorCount: 0, Added: > 0 };

    private UploadShelf Shelf => new(Place, protection, clock);

    private string Account => Access.Account.Name;

    public async Task<IActionResult> OnGetAsync() => Visit.Ledger is null ? Nothing() : Token is null ? Page() : await LookAsync();

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? upload)
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        if (upload is null || upload.Length == 0)
        {
            Refusal = AppText.Of["import_choose"];
            return Page();
        }

        if (upload.Length > SheetLimits.MostBytes)
        {
            Refusal = AppText.Of[$"sheet_{SheetRefusal.TooLarge}", upload.FileName, SheetLimits.MostBytes / 1024 / 1024, SheetLimits.MostFilledRows];
            return Page();
        }

        Shelf.Remove(Account, Token);
        await using var content = upload.OpenReadStream();
        return Go($"/ledgers/{Ledger.Code}/import?file={await Shelf.KeepAsync(Account, upload.FileName, content)}");
    }

    /// <summary>Looks again, with columns as they were put right.</summary>
    public Task<IActionResult> OnPostLookAsync() => LookAsync();

    public async Task<IActionResult> OnPostWriteAsync()
    {
        if (await OpenAsync() is not { } source)
        {
            return Lost();
        }

        Outcome = await new ImportWork(Place, clock, (_, _, _) => { }).RunAsync(Access, Visit.Actor, Ledger, source, _byHand, isDryRun: false);
        if (Outcome.Refusal is not null || Outcome.ErrorCount > 0)
        {
            return Read(source);
        }

        Shelf.Remove(Account, Token);
        Notice(AppText.Of["import_done", RecordView.NameOf(Ledger), Outcome.Added, Outcome.Present, Outcome.Skipped.Values.Sum(s => s.Count)]);
        return Go($"/ledgers/{Ledger.Code}?all=true");
    }

    /// <summary>Nothing is written, and nothing of the file is kept.</summary>
    public IActionResult OnPostCancel()
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        Shelf.Remove(Account, Token);
        Notice(AppText.Of["import_cancelled"]);
        return Go($"/ledgers/{Ledger.Code}");
    }

    /// <summary>The file again, with the cells at fault marked.</summary>
    public async Task<IActionResult> OnPostErrorsAsync()
    {
        if (await OpenAsync() is not { } source)
        {
            return Lost();
        }

        var outcome = await DryRunAsync(source);
        if (outcome.Refusal is not null || outcome.ErrorCount == 0)
        {
            Outcome = outcome;
            return Read(source);
        }

        var marked = new MemoryStream();
        ErrorWorkbook.Write(source, marked, Place.Catalog, Ledger, _byHand, outcome.Errors);
        marked.Position = 0;
        return File(marked, ExportEndpoints.Xlsx, AppText.Of["import_errors_file", Path.GetFileNameWithoutExtension(source.Name)]);
    }

    /// <summary>The fields a column may be taken for.</summary>
    public IReadOnlyList<(string Path, string Name)> Choices() => [.. LedgerColumn.Of(Ledger).Select(c => (c.Path, FieldHeading.Of(c.Lines, c.Field)))];

    public string TakenFor(int column) => Map!.Columns.FirstOrDefault(c => c.Index == column) is { } taken ? new LedgerColumn(taken.Lines, taken.Field).Path : LeftOut;

    private async Task<IActionResult> LookAsync()
    {
        if (await OpenAsync() is not { } source)
        {
            return Lost();
        }

        Outcome = await DryRunAsync(source);
        return Read(source);
    }

    private Task<ImportOutcome> DryRunAsync(ImportSource source) => new ImportWork(Place, clock, (_, _, _) => { }).RunAsync(Access, Visit.Actor, Ledger, source, _byHand, isDryRun: true);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Read(ImportSource source)
    {
        FileName = source.Name;
        Refusal = Outcome!.Refusal;
        var (file, _) = ImportFile.Open(source, Place.Catalog, Ledger, _byHand);
        using (file)
        {
            (Map, Rows) = (file?.Map, file is null ? [] : [.. file.Rows().Take(MostRows)]);
        }

        return Page();
    }

    private async Task<ImportSource?> OpenAsync()
    {
        foreach (var (key, value) in Request.HasFormContentType ? Request.Form.Where(f => f.Key.StartsWith(ByHand, StringComparison.Ordinal)) : [])
        {
            // Of columns with the very same heading, one that is taken counts.
            _byHand[key[ByHand.Length..]] = value.FirstOrDefault(v => v != LeftOut) ?? "";
        }

        return Visit.Ledger is null ? null : await Shelf.OpenAsync(Account, Token);
    }

    // A file is kept for a day; after that it is given again.
    private IActionResult Lost()
    {
        if (Visit.Ledger is null)
        {
            return Nothing();
        }

        (Token, Refusal) = (null, AppText.Of["import_lost"]);
        return Page();
    }
}
