using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Records;
using Shizhang.App.Features.Units;
using Shizhang.App.Site;

namespace Shizhang.App.Features.Exports;

/// <summary>Spreadsheets to download: a list as it is filtered, a list of the pack, an empty workbook to fill in.</summary>
internal static class ExportEndpoints
{
    private const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ledgers/{ledger}/export", ListAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));
        app.MapGet("/ledgers/{ledger}/template", Template).WithMetadata(new NeedsAttribute(Right.RecordLedger));
        app.MapGet("/findings/sheets/{sheet}/xlsx", SheetAsync).WithMetadata(new NeedsAttribute(Right.Business));
        app.MapGet("/units/establishment", EstablishmentAsync).WithMetadata(new NeedsAttribute(Right.Business));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound, RedirectHttpResult>> ListAsync(Visit visit, TimeProvider clock, string? filter, string? format, bool all = false)
    {
        if (visit.Ledger is not { } ledger)
        {
            return TypedResults.NotFound();
        }

        var asked = new AskedExport(ledger, format == "csv") { Where = string.IsNullOrWhiteSpace(filter) ? null : filter, Also = ListFrame.Filter(visit, ledger, all) };
        var (export, refusal) = await new ExportWork(visit.Place, clock).PrepareAsync(visit.Access!, asked);

        // A filter that is none is told on the list, where it can be put right.
        return refusal is null ? Push(visit.Http, asked, export!) : TypedResults.LocalRedirect($"/ledgers/{ledger.Code}{visit.Http.Request.QueryString}");
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> SheetAsync(Visit visit, TimeProvider clock, string sheet, bool all = false)
    {
        if (visit.Place.Catalog.Sheets.GetValueOrDefault(sheet) is not { } found || !visit.Access!.Reads(found.Ledger))
        {
            return TypedResults.NotFound();
        }

        var asked = new AskedExport(found.Ledger, IsCsv: false) { Sheet = found, Also = ListFrame.Filter(visit, found.Ledger, all) };
        var (export, _) = await new ExportWork(visit.Place, clock).PrepareAsync(visit.Access!, asked);
        return export is null ? TypedResults.NotFound() : Push(visit.Http, asked, export);
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> EstablishmentAsync(Visit visit, string? on)
    {
        var day = Frame.TryDay(on ?? "", out var asked) ? asked : visit.Day;
        if (await Establishment.ReadAsync(visit.Place, visit.Access!, await visit.ScopeAsync(), day) is not { } table)
        {
            return TypedResults.NotFound();
        }

        Synchronous(visit.Http);
        return TypedResults.Stream(to => Task.Run(() => EstablishmentSheet.Write(table, visit.Place.Catalog, to)), Xlsx, EstablishmentSheet.FileName(table));
    }

    private static Results<PushStreamHttpResult, NotFound> Template(Visit visit, TimeProvider clock)
    {
        if (visit.Ledger is not { } ledger)
        {
            return TypedResults.NotFound();
        }

        Synchronous(visit.Http);
        return TypedResults.Stream(to => TemplateWork.WriteAsync(visit.Place, ledger, to, clock), Xlsx, $"{RecordView.NameOf(ledger)}.xlsx");
    }

    public static PushStreamHttpResult Push(HttpContext http, AskedExport asked, PreparedExport export)
    {
        Synchronous(http);
        return TypedResults.Stream(to => export.WriteAsync(to), asked.IsCsv ? Csv : Xlsx, export.FileName);
    }

    // An archive is written without waiting for the reader; row by row it never holds more than one.
    private static void Synchronous(HttpContext http) => http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
}
