using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Records;

/// <summary>What a journal line says was done, for people.</summary>
internal static class ActNames
{
    public static string Of(string act, Ledger? ledger) => Acts.StepOf(act) is { } step ? ledger?.Workflow?.Steps.GetValueOrDefault(step)?.Shown ?? step : AppText.Of[$"act_{act}"];
}
