using System.CommandLine;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Cli;

/// <summary>The <c>LEDGER</c> of a command: its code or its name.</summary>
internal static class LedgerArgument
{
    public static Argument<string> Create() => new("LEDGER") { Description = AppText.Of["ledger_argument"] };

    public static (Ledger? Ledger, string? Refusal) Find(Workplace place, string text)
    {
        var found = place.Catalog.Ledgers.GetValueOrDefault(text) ?? place.Catalog.Ledgers.Values.FirstOrDefault(l => l.Name == text);
        return found is null ? (null, AppText.Of["ledger_unknown", text]) : (found, null);
    }
}
