using Shizhang.App.Texts;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Features.Records;

/// <summary>What a journal line says was done, for people.</summary>
internal static class ActNames
{
    public static string Of(string act) => Acts.StepOf(act) ?? AppText.Of[$"act_{act}"];
}
