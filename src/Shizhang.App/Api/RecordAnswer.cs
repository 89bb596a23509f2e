using System.Text.Json.Serialization;

namespace Shizhang.App.Api;

/// <summary>What a write answers: the record and the version it made.</summary>
internal sealed record RecordAnswer(
    [property: JsonPropertyName(RecordJson.Id)] long Id,
    [property: JsonPropertyName(RecordJson.Version)] long Version,
    [property: JsonPropertyName("_state"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State = null);

/// <summary>A ledger the caller reads; whether it may enter records, and the names of its steps.</summary>
internal sealed record LedgerSummary(string Code, string Name, string En, string Area, bool Records, string[] Steps);
