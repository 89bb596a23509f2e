using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Records;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Office.Sheets;

namespace Shizhang.App.Features.Units;

/// <summary>The establishment table (编制情况表) as offices hand it in: a row for each unit, under each kind approved, in post and vacant, and a row of totals.</summary>
internal static class EstablishmentSheet
{
    public static string Name => AppText.Of["establishment"];

    public static string FileName(Establishment table) => $"{Name} {table.Day:yyyy-MM-dd}.xlsx";

    public static void Write(Establishment table, Catalog catalog, Stream to)
    {
        SheetColumn[] columns =
        [
            new(AppText.Of["sheet_number"], SheetForm.Number, 0, 6), new(AppText.Of["units_code"], SheetForm.Text, 0, 18), new(AppText.Of["column_unit"], SheetForm.Text, 0, 26),
            new(AppText.Of["establishment_above"], SheetForm.Text, 0, 20), new(AppText.Of["unit_kind"], SheetForm.Text, 0, 16),
            .. table.Total.SelectMany(Columns),
        ];
        using var sheet = new SheetWriter(to, Name, columns, title: AppText.Of["establishment_title", table.Tree.Find(table.Total[0].Approved.Unit)?.Name, $"{table.Day:yyyy-MM-dd}"]);
        var number = 0L;
        foreach (var (unit, posts) in table.Rows)
        {
            sheet.Write([++number, unit.Code, unit.Name, unit.Parent is { } above ? table.Tree.Find(above)?.Name : null, UnitKinds.NameOf(catalog, unit.Kind), .. posts.SelectMany(Cells)]);
        }

        sheet.Write([null, null, AppText.Of["total"], null, null, .. table.Total.SelectMany(Cells)]);
    }

    private static SheetColumn[] Columns(Posts posts)
    {
        var group = RecordView.NameOf(posts.Approved.Indicator);
        return [Column("posts_approved"), Column("posts_filled"), Column("posts_vacancy")];

        SheetColumn Column(string key) => new(AppText.Of[key], SheetForm.Number, 0, 10, Group: group);
    }

    // What is beyond the approved says so in words, as on the page.
    private static object?[] Cells(Posts posts) => posts.IsNothing ? [null, null, null] :
    [
        posts.Approved.Value ?? 0, posts.InPost.Value ?? 0,
        posts.Vacant >= 0 ? posts.Vacant : new MarkedCell(AppText.Of["posts_beyond", -posts.Vacant], AppText.Of["posts_over", posts.Approved.Value ?? 0, posts.InPost.Value ?? 0, -posts.Vacant]),
    ];
}
