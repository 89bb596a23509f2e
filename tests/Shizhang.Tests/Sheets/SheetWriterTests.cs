using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Shizhang.Office.Sheets;

namespace Shizhang.Tests.Sheets;

public class SheetWriterTests
{
    private static readonly SheetColumn[] Columns =
    [
        new("名称*", SheetForm.Text, Note: "文字\n必填"), new("日期", SheetForm.Date), new("金额", SheetForm.Money), new("人数", SheetForm.Number),
        new("长度", SheetForm.Number, 1), new("类型", SheetForm.Text, Choices: ["修路", "会议"]),
    ];

    private static readonly HashSet<int> Own = [0, 1];

    private static byte[] Full() => Books.Written(Columns, w =>
    {
        w.Write(["=HYPERLINK(\"x\")", new DateOnly(2018, 5, 3), 1234.56m, 7L, 0.5m, "修路"]);
        w.Write([["甲", new DateOnly(2018, 1, 1), 1m, null, null, "会议"], ["甲", null, 2m, null, null, "会议"]], Own);
        w.Write([new MarkedCell("错\u0001\ud800", "不是日期"), null, 12345678901234567.89m, null, null, "<&>"]);
    }, validated: 100);

    [Fact]
    public void The_validator_finds_nothing()
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(Full()), isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(book, TestContext.Current.CancellationToken).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"));
        var sheet = book.WorkbookPart!.WorksheetParts.First();
        Assert.Single(sheet.WorksheetCommentsPart!.Comments.Descendants<DocumentFormat.OpenXml.Spreadsheet.Comment>(), c => c.InnerText == "不是日期");
        Assert.NotEmpty(sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.DataValidation>());
        Assert.NotEmpty(sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Pane>());
        Assert.Empty(sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>());
    }

    [Fact]
    public void A_title_and_groups_stand_over_the_headings_as_merged_cells()
    {
        SheetColumn[] columns = [new("单位", SheetForm.Text), new("核定", SheetForm.Number, Group: "行政"), new("在岗", SheetForm.Number, Group: "行政"), new("核定", SheetForm.Number, Group: "事业")];
        using var stream = new MemoryStream();
        using (var writer = new SheetWriter(stream, "表", columns, title: "某镇"))
        {
            writer.Write(["甲", 3m, 2m, 1m]);
        }

        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(book, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheet = book.WorkbookPart!.WorksheetParts.First().Worksheet;
        Assert.Equal(["A1:D1", "A2:A3", "B2:C2"], sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.MergeCell>().Select(m => m.Reference!.Value));
        Assert.Equal("A4", sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Pane>().Single().TopLeftCell!.Value);
        var rows = Books.Read(stream.ToArray());
        Assert.Equal(["某镇", "单位|行政||事业", "单位|核定|在岗|核定", "甲|3|2|1"], rows.Select(r => string.Join('|', r.Cells).TrimEnd('|')));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var rows = Books.Read(Full());
        Assert.Equal(["=HYPERLINK(\"x\")", new DateTime(2018, 5, 3), 1234.56, 7.0, 0.5, "修路"], rows[1].Cells);
        Assert.Equal(("甲", true), ((string)rows[3][0]!, rows[3].IsFilledDown(0)));
        Assert.Equal(["错\ufffd", "12345678901234567.89", "<&>"], [rows[4][0], rows[4][2], rows[4][5]]);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@a", "'@a")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-5", "-5")]
    [InlineData("+8", "+8")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("大泉村", "大泉村")]
    public void A_csv_never_runs(string text, string field)
    {
        Assert.Equal(field, CsvText.Field(text));
        Assert.Equal(text, field.StartsWith('"') ? text : CsvText.Unmark(field));
    }
}
