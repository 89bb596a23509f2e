using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Exports;
using Shizhang.App.Features.Records;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.Importing;

namespace Shizhang.App.Features.Imports;

/// <summary>A spreadsheet into a ledger: given, looked at with what is wrong, columns put right by hand, then written whole.</summary>
[Needs(Right.RecordLedger)]
internal sealed class ImportPage(TimeProvider clock) : SitePage
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

    private UploadShelf Shelf => new(Place, clock);

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

        await using var content = upload.OpenReadStream();
        return Go($"/ledgers/{Ledger.Code}/import?file={await Shelf.KeepAsync(Account, upload.FileName, content)}");
    }

    /// <summary>Looks again, with columns as they were put right.</summary>
    public Task<IActionResult> OnPostLookAsync() => LookAsync();

    public async Task<IActionResult> OnPostWriteAsync()
    {
        if (Open() is not { } path)
        {
            return Lost();
        }

        Outcome = await new ImportWork(Place, clock, (_, _, _) => { }).RunAsync(Access, Visit.Actor, Ledger, path, _byHand, isDryRun: false);
        if (Outcome.Refusal is not null || Outcome.ErrorCount > 0)
        {
            return Read(path);
        }

        Shelf.Remove(Account, Token!);
        Notice(AppText.Of["import_done", RecordView.NameOf(Ledger), Outcome.Added, Outcome.Present, Outcome.Skipped.Values.Sum(s => s.Count)]);
        return Go($"/ledgers/{Ledger.Code}?all=true");
    }

    /// <summary>The file again, with the cells at fault marked.</summary>
    public async Task<IActionResult> OnPostErrorsAsync()
    {
        if (Open() is not { } path)
        {
            return Lost();
        }

        var outcome = await DryRunAsync(path);
        if (outcome.Refusal is not null || outcome.ErrorCount == 0)
        {
            Outcome = outcome;
            return Read(path);
        }

        var marked = new FileStream(Path.Combine(Path.GetDirectoryName(path)!, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        ErrorWorkbook.Write(path, marked, Place.Catalog, Ledger, _byHand, outcome.Errors);
        marked.Position = 0;
        return File(marked, ExportEndpoints.Xlsx, AppText.Of["import_errors_file", Path.GetFileNameWithoutExtension(path)]);
    }

    /// <summary>The fields a column may be taken for.</summary>
    public IReadOnlyList<(string Path, string Name)> Choices() => [.. LedgerColumn.Of(Ledger).Select(c => (c.Path, FieldHeading.Of(c.Lines, c.Field)))];

    public string TakenFor(int column) => Map!.Columns.FirstOrDefault(c => c.Index == column) is { } taken ? new LedgerColumn(taken.Lines, taken.Field).Path : LeftOut;

    private async Task<IActionResult> LookAsync()
    {
        if (Open() is not { } path)
        {
            return Lost();
        }

        Outcome = await DryRunAsync(path);
        return Read(path);
    }

    private Task<ImportOutcome> DryRunAsync(string path) => new ImportWork(Place, clock, (_, _, _) => { }).RunAsync(Access, Visit.Actor, Ledger, path, _byHand, isDryRun: true);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Read(string path)
    {
        FileName = Path.GetFileName(path);
        Refusal = Outcome!.Refusal;
        var (file, _) = ImportFile.Open(path, Place.Catalog, Ledger, _byHand);
        using (file)
        {
            (Map, Rows) = (file?.Map, file is null ? [] : [.. file.Rows().Take(MostRows)]);
        }

        return Page();
    }

    private string? Open()
    {
        foreach (var (key, value) in Request.HasFormContentType ? Request.Form.Where(f => f.Key.StartsWith(ByHand, StringComparison.Ordinal)) : [])
        {
            _byHand[key[ByHand.Length..]] = value.ToString() is var path && path == LeftOut ? "" : path;
        }

        return Visit.Ledger is null ? null : Shelf.PathOf(Account, Token);
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
