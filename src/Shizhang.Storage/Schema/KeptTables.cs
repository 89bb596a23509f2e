using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Schema;

/// <summary>
/// The tables as they are, whatever pack they came from: what an older pack asked for stays, because its reports are recounted.
/// </summary>
internal static class KeptTables
{
    public static async Task<List<Table>> OfAsync(Session session)
    {
        var actual = (await session.ListAsync(session.Dialect.ActualColumns, r => (Table: r.GetString(0), Column: r.GetString(1))))
            .ToLookup(c => c.Table, c => c.Column, StringComparer.Ordinal);
        var kept = await SchemaChange.KeptAsync(session);
        return [.. SystemTables.All.Concat(kept.GroupBy(k => k.Key.Ledger, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(Of))
            .Where(t => actual.Contains(t.Name.ToString()))
            .Select(t => t with { Columns = [.. t.Columns.Where(c => actual[t.Name.ToString()].Contains(c.Name.ToString()))] })];
    }

    private static IEnumerable<Table> Of(IGrouping<string, KeyValuePair<KeptField, (string Type, int Scale)>> ledger)
    {
        var fields = ledger.OrderBy(f => f.Key.Field, StringComparer.Ordinal).ToLookup(f => f.Key.Child, StringComparer.Ordinal);
        var children = fields[""].Where(f => f.Value.Type is "lines" or "choices").Select(f => (f.Key.Field,
            f.Value.Type == "lines" ? fields[f.Key.Field].Select(Keep) : [new Column(Tables.Value, ColumnKind.Text)]));
        return Tables.Of(ledger.Key, fields[""].Where(f => f.Value.Type is not ("lines" or "choices")).Select(Keep), children);
    }

    private static Column Keep(KeyValuePair<KeptField, (string Type, int Scale)> field) =>
        new(Identifier.Of(field.Key.Field), Tables.KindOf(Layout.KindOf(field.Value.Type)), field.Value.Scale);
}
