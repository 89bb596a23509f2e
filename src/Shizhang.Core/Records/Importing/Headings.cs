using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>
/// A column of a sheet and the field it fills; <see cref="Factor"/> is what its numbers count in: 10000 under 金额（万元）.
/// <see cref="Own"/> is what the field is counted in; null when nobody says.
/// </summary>
public sealed record MappedColumn(int Index, string Heading, Field? Lines, Field Field, decimal Factor, Measure? Own = null);

/// <summary>A row of headings and what its columns are.</summary>
public sealed class HeadingMap
{
    /// <summary>The row of the headings, as the sheet numbers it.</summary>
    public required int Row { get; init; }

    /// <summary>The headings as written, by column; empty where there is none.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    public required IReadOnlyList<MappedColumn> Columns { get; init; }

    /// <summary>Headings that are no field of the ledger.</summary>
    public required IReadOnlyList<string> Unmatched { get; init; }

    /// <summary>Headings that name a field which another column already fills.</summary>
    public required IReadOnlyList<string> Repeated { get; init; }

    /// <summary>Headings of numbers whose unit is not understood.</summary>
    public required IReadOnlyList<string> Unclear { get; init; }

    /// <summary>The column of running numbers; null when there is none.</summary>
    public required int? NumberColumn { get; init; }

    /// <summary>The column of a field's path, such as <c>title</c> or <c>measures[2].owner</c>; null when no column fills it.</summary>
    public MappedColumn? ColumnOf(string path)
    {
        var open = path.IndexOf('[', StringComparison.Ordinal);
        return open < 0
            ? Columns.FirstOrDefault(c => c.Lines is null && c.Field.Code == path) ?? Columns.FirstOrDefault(c => c.Lines?.Code == path)
            : Columns.FirstOrDefault(c => c.Lines?.Code == path[..open] && c.Field.Code == path[(path.IndexOf(']', open) + 2)..]);
    }

    /// <summary>Required fields that no column fills, lines only when some of their columns are there.</summary>
    public IReadOnlyList<string> Missing(Ledger ledger) =>
    [
        .. ledger.Fields.Where(f => f.Required && !Columns.Any(c => c.Field == f || c.Lines == f)).Select(f => f.Name),
        .. Columns.Select(c => c.Lines).OfType<Field>().Distinct()
            .SelectMany(l => l.Lines!.Where(f => f.Required && !Columns.Any(c => c.Field == f)).Select(f => FieldHeading.Of(l, f))),
    ];
}

/// <summary>The heading of a field where it must be told from others of the same name.</summary>
public static class FieldHeading
{
    public const char Separator = '·';

    public static string Of(Field? lines, Field field)
    {
        return lines is null || lines.Lines!.Count == 1 ? (lines ?? field).Shown : $"{lines.Shown}{Separator}{field.Shown}";
    }
}

/// <summary>
/// Finds the row of headings and the field of each column: by its Chinese or English name, its code or a synonym of the
/// pack, in any order. A name that lines share with the record belongs to the lines when a column of theirs stands left of it.
/// </summary>
public sealed class HeadingReader
{
    /// <summary>Headings are looked for in so many rows from the top.</summary>
    public const int MostRowsAbove = 20;

    private readonly Dictionary<string, List<(Field? Lines, Field Field)>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byHand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byHandBare = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _measures;

    /// <param name="ledger">The ledger to fill.</param>
    /// <param name="measures">Units of measure the pack knows.</param>
    /// <param name="byHand">Headings with the field that somebody says they are: <c>title</c>, <c>measures.owner</c>; empty leaves the column out.</param>
    public HeadingReader(Ledger ledger, IReadOnlySet<string> measures, IReadOnlyDictionary<string, string>? byHand = null)
    {
        _measures = measures;
        foreach (var (heading, named) in byHand ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            // Headings that differ only in blanks are told apart as they are written.
            _byHand[Written(heading)] = SheetWords.Bare(named);
            _byHandBare.TryAdd(SheetWords.Bare(heading), SheetWords.Bare(named));
        }

        foreach (var field in ledger.Fields)
        {
            foreach (var name in NamesOf(field))
            {
                Add(name, null, field);
            }
        }

        UnknownByHand = _byHand.Values.FirstOrDefault(named => named.Length > 0 && Named(named).Candidates.Count == 0);
    }

    /// <summary>What somebody said a column is, though the ledger has no such field; null when all are fields.</summary>
    public string? UnknownByHand { get; }

    /// <summary>The first row that names at least two fields, or the only field there is; null when none does.</summary>
    public HeadingMap? Find(IEnumerable<SheetRow> rows)
    {
        HeadingMap? best = null;
        var above = new List<SheetRow>();
        foreach (var row in rows.Take(MostRowsAbove))
        {
            var map = Read(row, above);
            above.Add(row);
            if (map.Columns.Count > (best?.Columns.Count ?? 0))
            {
                best = map;
            }
        }

        return best is not null && best.Columns.Count >= Math.Min(2, _byName.Values.SelectMany(v => v).Distinct().Count()) ? best : null;
    }

    /// <summary>The row that looks like headings although it names no fields: the first with the most texts; null when none has any.</summary>
    public HeadingMap? Likely(IEnumerable<SheetRow> rows) =>
        rows.Take(MostRowsAbove).Where(r => r.Cells.Any(c => c is string)).MaxBy(r => r.Cells.Count(c => c is string { Length: > 0 })) is { } row ? Read(row, []) : null;

    private HeadingMap Read(SheetRow row, IEnumerable<SheetRow> above)
    {
        var (columns, unmatched, repeated, unclear) = (new List<MappedColumn>(), new List<string>(), new List<string>(), new List<string>());
        var measure = new HeadingMeasure(above, _measures);
        var headings = new List<string>();
        int? number = null;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var heading = row[i] as string ?? "";
            headings.Add(Written(heading));
            var bare = SheetWords.Bare(heading);
            var byHand = _byHand.GetValueOrDefault(headings[i]) ?? _byHandBare.GetValueOrDefault(bare);
            if (bare.Length == 0 || byHand is "")
            {
                continue;
            }

            var (candidates, inside) = byHand is null ? Named(bare) : Named(byHand);
            inside = inside.Length > 0 ? inside : SheetWords.Split(bare).Inside;
            if (Choose(candidates, columns) is { } chosen)
            {
                var said = measure.Of(chosen.Field, inside);
                columns.Add(new MappedColumn(i, headings[i], chosen.Lines, chosen.Field, said?.Factor ?? 1, said?.Own));
                if (said is null)
                {
                    unclear.Add(headings[i]);
                }
            }
            else if (candidates.Count > 0)
            {
                repeated.Add(headings[i]);
            }
            else if (SheetWords.IsRowNumber(bare))
            {
                number ??= i;
            }
            else if (!SheetWords.IsRemark(bare))
            {
                unmatched.Add(headings[i]);
            }
        }

        return new HeadingMap { Row = row.Number, Headings = headings, Columns = columns, Unmatched = unmatched, Repeated = repeated, Unclear = unclear, NumberColumn = number };
    }

    // A bracket that belongs to the name says nothing new of the measure, unless it is one.
    private (IReadOnlyList<(Field? Lines, Field Field)> Candidates, string Inside) Named(string bare)
    {
        var (name, inside) = SheetWords.Split(bare);
        return _byName.TryGetValue(bare, out var whole) ? (whole, inside)
            : _byName.TryGetValue(name, out var found) ? (found, inside)
            : ([], "");
    }

    private static string Written(string heading) => heading.ReplaceLineEndings("").Trim();

    private static (Field? Lines, Field Field)? Choose(IReadOnlyList<(Field? Lines, Field Field)> candidates, List<MappedColumn> taken)
    {
        var free = candidates.Where(c => !taken.Any(t => t.Field == c.Field)).ToList();
        var beside = taken.Count > 0 ? taken[^1].Lines : null;
        return free.Count == 0 ? null
            : free.FindIndex(c => c.Lines == beside) is >= 0 and var near ? free[near]
            : free[0];
    }

    // The record's own fields come first in each list, then lines in the order of the file.
    private void Add(string name, Field? lines, Field field)
    {
        if (field.Lines is not { } inner)
        {
            var list = _byName.TryGetValue(name, out var found) ? found : _byName[name] = [];
            if (!list.Contains((lines, field)))
            {
                list.Insert(lines is null ? list.Count(c => c.Lines is null) : list.Count, (lines, field));
            }

            return;
        }

        // Lines called by their own name are their first text.
        Add(name, field, inner.FirstOrDefault(f => f.Type is TextType) ?? inner[0]);
        foreach (var one in inner)
        {
            foreach (var innerName in NamesOf(one))
            {
                Add(innerName, field, one);
                Add($"{name}.{innerName}", field, one);
            }
        }
    }

    // 面积（亩） is also 面积, so that a sheet may count in 万亩.
    private IEnumerable<string> NamesOf(Field field) =>
        new[] { field.Name, field.Code, field.En }.Concat(field.Also).OfType<string>().Select(SheetWords.Bare)
            .SelectMany(n => SheetWords.Split(n) is var (name, inside) && Measure.Parse(inside, _measures) is not null ? new[] { n, name } : [n]).Distinct();
}
