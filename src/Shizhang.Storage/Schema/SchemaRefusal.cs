namespace Shizhang.Storage.Schema;

/// <summary>A change of the pack that would lose data: <see cref="Place"/> is <c>ledger</c> or <c>ledger.field</c>.</summary>
public sealed record SchemaRefusal(SchemaLoss Loss, string Place, string Detail);

public enum SchemaLoss
{
    /// <summary>The ledger left the pack but holds records.</summary>
    LedgerRemoved,

    /// <summary>The field left the pack but holds values.</summary>
    FieldRemoved,

    /// <summary>The field's new type cannot keep its old values.</summary>
    TypeChanged,

    /// <summary>Fewer digits after the point than the values have.</summary>
    ScaleReduced,

    /// <summary>The field became unique but two living records share a value.</summary>
    NotUnique,
}
