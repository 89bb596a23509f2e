namespace Shizhang.App.Demo;

/// <summary>
/// Which drafts a reference may point at: those of a ledger (<c>record</c>), with certain values (<c>where</c>), of the unit
/// that a field of the record in the making holds (<c>same_unit</c>), made by a set of that <c>tag</c>, and not gone by the day
/// in their field <c>until</c>.
/// </summary>
internal sealed record RecordChoice(string Ledger, IReadOnlyList<(string Field, string Value)> Where, string? SameUnit, string? Tag, string? Until, int Skip)
{
    public static RecordChoice Read(ScriptNode node) => node.IsMap
        ? new RecordChoice(node.Need("record").Text, [.. (node["where"]?.Entries ?? []).Select(e => (e.Key, e.Value.Text))], node["same_unit"]?.Text, node["tag"]?.Text, node["until"]?.Text, node["skip"]?.Integer ?? 0)
        : new RecordChoice(node.Text, [], null, null, null, 0);

    public IEnumerable<Draft> All(DraftBook drafts) => drafts.Of(Ledger).Where(Fits).Skip(Skip);

    public IReadOnlyList<Draft> For(Making making)
    {
        var from = SameUnit is { } field && making.Known.GetValueOrDefault(field) is string unit
            ? making.Drafts.Of(Ledger, unit)
            : making.Drafts.Of(Ledger);
        return [.. from.Where(d => Fits(d) && IsThere(d, making))];
    }

    private bool IsThere(Draft draft, Making making) =>
        making.Day is not { } on || ((draft.EnteredOn <= on || draft.EnteredOn == making.Drafts.First) && (Until is null || draft.Inputs.GetValueOrDefault(Until) is not DateOnly gone || gone > on));

    private bool Fits(Draft draft) => (Tag is null || draft.Tag == Tag) && Where.All(w => Print(draft.Inputs.GetValueOrDefault(w.Field)) == w.Value);

    private static string Print(object? value) => value is DateOnly day ? day.ToString("yyyy-MM-dd") : value?.ToString() ?? "";
}
