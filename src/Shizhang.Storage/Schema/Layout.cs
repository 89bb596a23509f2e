using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Schema;

/// <summary>
/// How fields are really kept. A column may be wider than an older pack says, so reading by that pack goes through here.
/// </summary>
internal sealed class Layout
{
    private readonly Dictionary<KeptField, (StorageKind Kind, int Scale)> _kept;

    public Layout(Dictionary<KeptField, (string Type, int Scale)> kept) =>
        _kept = kept.ToDictionary(k => k.Key, k => (KindOf(k.Value.Type), k.Value.Scale));

    /// <summary>Kind and scale of the column behind a field; <paramref name="lines"/> is the lines field it belongs to, if any.</summary>
    public (StorageKind Kind, int Scale) Of(Ledger ledger, Field? lines, Field field) =>
        _kept.TryGetValue(new KeptField(ledger.Code, lines?.Code ?? "", field.Code), out var kept)
            ? kept
            : (field.Type.Stored, field.Scale);

    /// <summary>A value read from a wider column, as the field's own type.</summary>
    public static object? Narrow(object? value, Field field) =>
        value is decimal number && field.Type.Stored == StorageKind.Integer ? (long)number : value;

    /// <summary>How a kept type of field is stored.</summary>
    public static StorageKind KindOf(string type) => type switch
    {
        "integer" or "record" => StorageKind.Integer,
        "decimal" or "money" => StorageKind.Decimal,
        "date" => StorageKind.Date,
        "yes_no" => StorageKind.YesNo,
        _ => StorageKind.Text,
    };
}
