using System.Text.Encodings.Web;
using System.Text.Json;
using Shizhang.Core.Auditing;
using Shizhang.Core.Figures;

namespace Shizhang.App.Features.Audits;

/// <summary>An audit as JSON; its shape is a contract (names in snake case, offsets in UTF-16 units of <c>text</c>).</summary>
internal static class AuditJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream to, string file, AuditResult audit, IReadOnlyList<RecordsVerdict>? verdicts)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("characters", audit.Text.Length);
        json.WriteString("text", audit.Text);
        json.WriteStartArray("claims");
        for (var i = 0; i < audit.Claims.Count; i++)
        {
            var claim = audit.Claims[i];
            json.WriteStartObject();
            Place(json, claim.Start, claim.End);
            json.WriteString("quote", claim.Quote);
            json.WriteString("subject", claim.Subject);
            json.WriteNumber("value", Plain(claim.Value));
            json.WriteString("unit", claim.Unit);
            json.WriteString("bound", BoundName(claim.Bound));
            json.WriteString("verdict", verdicts?[i].Verdict ?? "unchecked");
            if (verdicts?[i].Figures is [var figure, ..])
            {
                json.WriteString("indicator", figure.Indicator.Code);
                Number(json, "actual", figure.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("checks");
        foreach (var check in audit.Checks)
        {
            json.WriteStartObject();
            json.WriteString("kind", check.Kind);
            Place(json, check.Start, check.End);
            if (check.Holds is { } holds)
            {
                json.WriteBoolean("holds", holds);
            }
            else
            {
                json.WriteNull("holds");
            }

            Amounts(json, check.Stated, check.Computed, check.Claims);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("discrepancies");
        foreach (var discrepancy in audit.Discrepancies)
        {
            json.WriteStartObject();
            json.WriteString("kind", discrepancy.Kind);
            json.WriteString("certainty", discrepancy.IsSure ? "sure" : "open");
            Place(json, discrepancy.Start, discrepancy.End);
            json.WriteString("quote", discrepancy.Quote);
            json.WriteString("message", discrepancy.Message);
            Amounts(json, discrepancy.Stated, discrepancy.Computed, discrepancy.Claims);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("structure");
        json.WriteStartArray("problems");
        foreach (var problem in audit.Problems)
        {
            json.WriteStartObject();
            json.WriteString("title", problem.Title);
            json.WriteNumber("start", problem.Start);
            Titles(json, "causes", problem.Causes);
            Titles(json, "measures", problem.Measures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Titles(Utf8JsonWriter json, string name, IReadOnlyList<string> titles)
    {
        json.WriteStartArray(name);
        foreach (var title in titles)
        {
            json.WriteStringValue(title);
        }

        json.WriteEndArray();
    }

    private static void Place(Utf8JsonWriter json, int start, int end)
    {
        json.WriteNumber("start", start);
        json.WriteNumber("end", end);
    }

    private static void Amounts(Utf8JsonWriter json, decimal? stated, decimal? computed, IReadOnlyList<int> claims)
    {
        Number(json, "stated", stated);
        Number(json, "computed", computed);
        json.WriteStartArray("claims");
        foreach (var claim in claims)
        {
            json.WriteNumberValue(claim);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Plain(number));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string BoundName(Bound bound) => JsonNamingPolicy.SnakeCaseLower.ConvertName(bound.ToString());

    // 98.40 and 98.4 are the same figure.
    private static decimal Plain(decimal number) => number / 1.000000000000000000000000000000m;
}
