using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Records.FieldTypes;
using Shizhang.Office.Sheets;
using Shizhang.Storage;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Exports;

/// <summary>An empty workbook to fill in and import: headings, what each takes, drop-downs, and a row of examples that is never imported.</summary>
internal static class TemplateWork
{
    private const int RowsToFill = 5000;

    public static async Task WriteAsync(Workplace place, Ledger ledger, Stream to, TimeProvider clock)
    {
        var tree = await UnitReader.ReadAsync(place.Store, place.Town);
        var columns = LedgerColumn.Of(ledger);
        using var sheet = new SheetWriter(
            to, ledger.Name, [new SheetColumn(AppText.Of["sheet_number"], SheetForm.Text, 0, 6, AppText.Of["sheet_note_number", ledger.Name, ledger.Basis]), .. columns.Select(c => c.Asked(ledger, tree))], RowsToFill);
        sheet.Write([AppText.Of["sheet_example"], .. columns.Select(c => Example(c, tree, LocalTime.Today(clock)))]);
    }

    private static object? Example(LedgerColumn column, UnitTree tree, DateOnly today) => column.Field.Type switch
    {
        DateType => today,
        MoneyType => 1234.5m,
        IntegerType or DecimalType => column.Field.Min is > 1 and var least ? least : 1m,
        YesNoType => AppText.Of["yes"],
        ChoiceType or ChoicesType => column.Field.Choices is [var first, ..] ? first.Value : null,
        UnitType => column.Choices(tree) is [var first, ..] ? first : null,
        IdNumberType => Completed("11010119900307001"),
        CreditCodeType => "9111000071093123X" + CreditCodeType.CheckCharacter("9111000071093123X"),
        PhoneType => "13800000000",
        _ => AppText.Of["sheet_example"],
    };

    private static string Completed(string number) => number + IdNumberType.CheckDigit(number);
}
