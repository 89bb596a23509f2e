using Microsoft.AspNetCore.Http.HttpResults;
using Shizhang.App.Access;
using Shizhang.App.Site;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>What a reference being typed may mean, for the list under its field.</summary>
internal static class FindEndpoint
{
    private const int MostFound = 12;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/ledgers/{ledger}/find", FindAsync).WithMetadata(new NeedsAttribute(Right.ReadLedger));

    private static async Task<Results<Ok<string[]>, Microsoft.AspNetCore.Http.HttpResults.NotFound>> FindAsync(Visit visit, string? q)
    {
        if (visit.Ledger is not { } ledger)
        {
            return TypedResults.NotFound();
        }

        var ids = q?.Trim() is { Length: > 0 and <= 100 } text ? await RecordSearch.FindAsync(visit, ledger, text, MostFound) : [];
        var names = await new RecordTitles(visit.Place.Store).OfAsync(visit.Place.Town, ledger, ids, visit.Access!.Tree);
        return TypedResults.Ok(ids.Select(i => $"#{i} {names.GetValueOrDefault(i)}").ToArray());
    }
}
