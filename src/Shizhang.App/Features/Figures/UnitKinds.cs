using Shizhang.App.Features.Records;
using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Figures;

/// <summary>Kinds of unit by the names the pack gives them.</summary>
internal static class UnitKinds
{
    public static string NameOf(Catalog catalog, string kind) => catalog.Units.Fields["kind"].Choices.FirstOrDefault(c => c.Value == kind) is { } choice ? RecordView.NameOf(choice) : kind;
}
