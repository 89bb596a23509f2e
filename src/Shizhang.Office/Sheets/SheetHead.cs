using Shizhang.Core.Records.Importing;

namespace Shizhang.Office.Sheets;

/// <summary>The rows over a sheet's values: a title over all, groups over their columns, headings; and which of those cells are one.</summary>
internal sealed record SheetHead(IReadOnlyList<IReadOnlyList<(int Column, string Text)>> Rows, IReadOnlyList<string> Merged)
{
    public static SheetHead Of(IReadOnlyList<SheetColumn> columns, string? title)
    {
        var (rows, merged) = (new List<IReadOnlyList<(int, string)>>(), new List<string>());
        if (title is not null)
        {
            rows.Add([(0, title)]);
            Merge(0, columns.Count - 1, 1, 1);
        }

        var headings = columns.Select((c, i) => (i, c.Heading)).ToList();
        if (columns.All(c => c.Group is null))
        {
            rows.Add(headings);
            return new SheetHead(rows, merged);
        }

        // A heading without a group reaches over both rows.
        var (top, over) = (rows.Count + 1, new List<(int, string)>());
        for (var from = 0; from < columns.Count;)
        {
            var (group, to) = (columns[from].Group, from);
            while (group is not null && to + 1 < columns.Count && columns[to + 1].Group == group)
            {
                to++;
            }

            over.Add((from, group ?? columns[from].Heading));
            Merge(from, to, top, group is null ? top + 1 : top);
            from = to + 1;
        }

        rows.Add(over);
        rows.Add([.. headings.Where(h => columns[h.i].Group is not null)]);
        return new SheetHead(rows, merged);

        void Merge(int from, int to, int first, int last)
        {
            if (from < to || first < last)
            {
                merged.Add($"{SheetRow.ColumnName(from)}{first}:{SheetRow.ColumnName(to)}{last}");
            }
        }
    }
}
