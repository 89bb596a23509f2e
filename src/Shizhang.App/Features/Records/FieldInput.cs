using Shizhang.Core.Catalogs;

namespace Shizhang.App.Features.Records;

/// <summary>One field of a form, or of one of its lines: <see cref="Name"/> is what it is called in the form.</summary>
internal sealed record FieldInput(RecordForm Form, Field Field, string Name, bool IsFirst = false)
{
    public string Id => "f_" + Name.Replace("[", "_", StringComparison.Ordinal).Replace("].", "_", StringComparison.Ordinal);

    public string Label => RecordView.NameOf(Field);

    public string Value => Form.Inputs.Text(Name);

    public IReadOnlyList<string> Refusals => [.. Form.RefusalsOf(Name)];

    /// <summary>The partial that draws it: one per field type, and one for all that is typed in one line.</summary>
    public string Partial => Field.Type.Code switch
    {
        _ when Field == Form.Ledger.Workflow?.Keeps => "/Features/Records/Fields/_Rule.cshtml",
        "note" => "/Features/Records/Fields/_Note.cshtml",
        "choice" => "/Features/Records/Fields/_Choice.cshtml",
        "choices" => "/Features/Records/Fields/_Choices.cshtml",
        "yes_no" => "/Features/Records/Fields/_YesNo.cshtml",
        "date" => "/Features/Records/Fields/_Date.cshtml",
        "unit" => "/Features/Records/Fields/_Unit.cshtml",
        "record" => "/Features/Records/Fields/_Record.cshtml",
        "lines" => "/Features/Records/Fields/_Lines.cshtml",
        "integer" or "decimal" or "money" => "/Features/Records/Fields/_Number.cshtml",
        _ => "/Features/Records/Fields/_Text.cshtml",
    };
}
