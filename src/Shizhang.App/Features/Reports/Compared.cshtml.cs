using Microsoft.AspNetCore.Mvc;
using Shizhang.App.Access;
using Shizhang.App.Features.Audits;
using Shizhang.App.Site;
using Shizhang.App.Texts;

namespace Shizhang.App.Features.Reports;

/// <summary>A returned report beside the ledgers, and the same docx with its figures as they are now.</summary>
[Needs(Right.Business)]
internal sealed class ComparedPage(AuditShelf shelf) : SitePage
{
    public override Room Room => Room.Reports;

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public string Name { get; private set; } = "";

    public ReturnedReport? Report { get; private set; }

    public string UnitName => Access.Tree.Find(Report!.Frame.Unit)?.Name ?? Report.Frame.Unit;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Nothing();

    /// <summary>The refreshed docx; <paramref name="overwrite"/> names the figures changed by hand that give way.</summary>
    public async Task<IActionResult> OnGetFileAsync(string[] overwrite)
    {
        if (!await LoadAsync())
        {
            return Nothing();
        }

        return Report is null
            ? Page()
            : File(Report.Refreshed(l => overwrite.Contains(l.Figure.Issued.Key)), ReportFiles.Docx, $"{Path.GetFileNameWithoutExtension(Name)}-{AppText.Of["returned_download_name"]}.docx");
    }

    /// <summary>Where a figure and its records are, for figures that the visitor reads.</summary>
    public static string? AddressOf(ReturnedLine line) => line.Now is { } now ? Figures.FigureView.Address(now) : null;

    private async Task<bool> LoadAsync()
    {
        if (await shelf.OpenAsync(Access.Account.Name, Id) is not { } opened)
        {
            return false;
        }

        Name = opened.Kept.Name;
        (var docx, Refusal) = ReturnedFile.Read(Name, opened.File);
        if (docx is not null)
        {
            (Report, Refusal) = await ReturnedWork.CompareAsync(Place, Access, docx, opened.Result);
        }

        return true;
    }
}
