using System.Text;
using Shizhang.Core.Records.Importing;
using Shizhang.Office.Sheets;

namespace Shizhang.Tests.Sheets;

public class SheetReaderTests
{
    private static readonly object?[] Texts = ["名称", "备注"];

    [Fact]
    public void Merged_cells_are_filled_down_and_known_as_filled()
    {
        var rows = Books.Read(Books.Xlsx(("表", Books.Row(1, Texts) + Books.Row(2, "甲", "一") + Books.Row(3, null, "二") + Books.Row(4, "乙", "三"), "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>")));
        Assert.Equal(["名称", "甲", "甲", "乙"], rows.Select(r => r[0]));
        Assert.Equal([false, false, true, false], rows.Select(r => r.IsFilledDown(0)));
    }

    [Fact]
    public void A_formula_without_its_result_and_an_error_are_not_empty_cells()
    {
        var row = Books.Read(Books.Xlsx(("第一张", Books.Row(1, Texts), ""), ("第二张", Books.Row(1, "<c r=\"A1\"><f>1+1</f></c>", "<c r=\"B1\"><f>1+1</f><v>2</v></c>", "<c r=\"C1\" t=\"e\"><v>#REF!</v></c>", 3), "")), sheet: 1)[0];
        Assert.Equal([CellFault.Formula, 2.0, CellFault.Error, 3.0], row.Cells);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("GB18030", false)]
    public void A_csv_is_read_in_either_encoding(string name, bool hasMark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding(name).GetBytes("名称,备注\r\n大泉村,\"一,\r\n二\"\r\n'=1+1,镕\r\n");
        var rows = Books.Read([.. hasMark ? Encoding.UTF8.GetPreamble() : [], .. text], ".csv");
        Assert.Equal(["名称", "大泉村", "=1+1"], rows.Select(r => r[0]));
        Assert.Equal("镕", rows[2][1]);
    }

    [Fact]
    public void An_old_xls_is_read()
    {
        var rows = Books.Read(TinyXls.Workbook("台账", ["名称", "金额"], ["大泉村", 12.5]), ".xls");
        Assert.Equal(["名称", "大泉村"], rows.Select(r => r[0]));
        Assert.Equal(12.5, rows[1][1]);
    }

    [Fact]
    public void What_is_no_spreadsheet_is_refused()
    {
        Assert.Equal(SheetRefusal.Broken, Books.Refusal([]));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal([1, 2, 0, 4], ".csv"));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal(Books.Zip(z => z("word/document.xml", "<a/>"))));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal(Books.Xlsx(("表", Books.Row(1, Texts), ""))[..200]));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal(Books.Xlsx(("表", "<row r=\"1\"><c", ""))));
    }

    [Fact]
    public void Macros_and_passwords_are_refused()
    {
        Assert.Equal(SheetRefusal.Macros, Books.Refusal(Books.Zip(z =>
        {
            z("xl/workbook.xml", "<a/>");
            z("xl/vbaProject.bin", "code");
        }), ".xlsm"));
        Assert.Equal(SheetRefusal.Macros, Books.Refusal(TinyXls.Container("_VBA_PROJECT", new byte[4096]), ".xls"));
        Assert.Equal(SheetRefusal.Encrypted, Books.Refusal(TinyXls.Container("EncryptedPackage", new byte[4096])));
    }

    [Fact]
    public void A_bomb_costs_little_whatever_it_says_of_itself()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", new string(' ', 1 << 20), 300)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>", new string('1', 1 << 20), 20)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/sharedStrings.xml", "<sst>", "<si><t>" + new string('a', 1 << 10) + "</t></si>", 100_000)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/styles.xml", "<styleSheet>", new string(' ', 1 << 20), 20)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData a=\"", new string('a', 1 << 20), 200)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Bomb("xl/worksheets/sheet1.xml", "<worksheet><mergeCells>", "<mergeCell ref=\"A1:A2\"/>", 1_000_001)));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal(new byte[5 << 20].Select(_ => (byte)'a').ToArray(), ".csv"));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal([.. "a,\""u8, .. Enumerable.Repeat("bbbbbbbbb\n"u8.ToArray(), 50_000).SelectMany(b => b)], ".csv"));
        Assert.Equal(SheetRefusal.Broken, Books.Refusal([.. "a,b\n"u8, .. Enumerable.Repeat((byte)',', 20_000)], ".csv"));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 600_000_000);
    }

    [Fact]
    public void Too_many_rows_are_refused_and_empty_ones_with_a_format_are_not_too_many()
    {
        const string part = "xl/worksheets/sheet1.xml", head = "<worksheet><sheetData>";
        Assert.Equal(SheetRefusal.TooManyRows, Books.Refusal(Bomb(part, head, string.Concat(Enumerable.Repeat("<row/>", 10_000)), 500)));
        Assert.Equal(SheetRefusal.TooManyRows, Books.Refusal(Bomb(part, head, string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 1000)), 201)));
        Assert.Equal(SheetRefusal.TooManyRows, Books.Refusal([.. Enumerable.Repeat("a\n"u8.ToArray(), 200_001).SelectMany(b => b)], ".csv"));
        Assert.Null(Books.Refusal(Books.Xlsx(("表", Books.Row(1, Texts) + string.Concat(Enumerable.Repeat("<row/>", 300_000)), ""))));
    }

    public static TheoryData<string> Hostile =>
    [
        "<sheetData><row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"AAAAAAA1\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"150000000\"><c r=\"A150000000\"><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r=\"A150000000\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"-5\"><c><v>1</v></c></row></sheetData>",
        "<dimension ref=\"A1:ZZZZZ1\"/><sheetData/>",
        "<sheetData><row r=\"60000\"><c r=\"XFD60000\"><v>1</v></c></row></sheetData>",
        $"{string.Concat(Enumerable.Repeat("<a>", 300))}{string.Concat(Enumerable.Repeat("</a>", 300))}<sheetData/>",
        $"{string.Concat(Enumerable.Range(0, 11_000).Select(i => $"<n{i}/>"))}<sheetData/>",
        $"<sheetData {string.Concat(Enumerable.Range(0, 11_000).Select(i => $"n{i}=\"\" "))}/>",
        $"<sheetData a=\"{string.Concat(Enumerable.Repeat("a>", 600_000))}\"/>",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_would_make_a_reader_build_more_than_the_file_holds_is_refused(string sheet)
    {
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Books.Parts(sheet)));
        Assert.Equal(SheetRefusal.TooLarge, Books.Refusal(Books.Parts(sheet, "elsewhere/s.xml")));
    }

    [Fact]
    public void A_sheet_is_found_wherever_it_lies_but_not_under_a_name_that_was_not_looked_at()
    {
        const string sheet = "<!-- it's > \" fine --><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData>";
        Assert.Equal(7.0, Books.Read(Books.Parts(sheet, "ws/s.xml"))[0][0]);
        Assert.Equal(SheetRefusal.Broken, Books.Refusal(Books.Parts(sheet, "ws/s.bin")));
        Assert.Equal(SheetRefusal.Strict, Books.Refusal(Books.Parts(sheet, main: "http://purl.oclc.org/ooxml/spreadsheetml/main")));
    }

    [Fact]
    public void Numbers_are_read_as_their_format_shows_them()
    {
        const string styles = "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"0000&quot;号&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs count=\"6\"><xf/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"31\"/><xf numFmtId=\"57\"/><xf numFmtId=\"165\"/></cellXfs>";
        const string sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>0.985</v></c><c r=\"B1\" s=\"1\"><v>0.985</v></c><c r=\"C1\" s=\"2\"><v>12</v></c><c r=\"D1\" s=\"3\"><v>41761</v></c><c r=\"E1\" s=\"4\"><v>41761</v></c><c r=\"F1\" s=\"5\"><v>41761</v></c></row></sheetData>";
        var day = new DateTime(2018, 5, 3);
        Assert.Equal([0.985, "98.5%", new CodedNumber(12, "0012号"), day, day, day], Books.Read(Books.Parts(sheet, styles: styles, before: "<workbookPr date1904=\"1\"/>"))[0].Cells);
        Assert.Equal(day.AddDays(-1462), Books.Read(Books.Parts(sheet, styles: styles))[0][3]);
        var path = Books.File(".xlsx", Books.Parts(sheet, before: "<workbookPr date1904=\"1\"/>"));
        using (var reader = SheetReader.Open(path).Reader)
        {
            Assert.True(reader!.Is1904);
        }

        File.Delete(path);
    }

    [Fact]
    public void An_empty_result_is_an_empty_cell_and_a_hidden_row_is_known()
    {
        var rows = Books.Read(Books.Xlsx(("表", Books.Row(1, "<c r=\"A1\" t=\"str\"><f>IF(1,\"\")</f><v></v></c>", "<c r=\"B1\"><f>x</f><v/></c>", "<c r=\"C1\"><f>1+1</f></c>", 1) + Books.Row(2, 1).Replace("<row ", "<row hidden=\"1\" ", StringComparison.Ordinal) + Books.Row(4, 2), "")));
        Assert.True(SheetRow.IsEmpty(rows[0][0]) && SheetRow.IsEmpty(rows[0][1]));
        Assert.Equal(CellFault.Formula, rows[0][2]);
        Assert.Equal([2], rows.Where(r => r.IsHidden).Select(r => r.Number));
    }

    [Fact]
    public void Texts_of_two_bytes_a_character_and_lines_that_end_in_a_return_are_read()
    {
        const string text = "名称\t金额\r大泉村\t5\r";
        Assert.Equal("大泉村", Books.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], ".csv")[1][0]);
        Assert.Equal("大泉村", Books.Read([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], ".csv")[1][0]);
        Assert.Null(Books.Refusal([.. Enumerable.Repeat("bbbbbbbbb\r"u8.ToArray(), 150_000).SelectMany(b => b)], ".csv"));
    }

    [Fact]
    public void Merged_ranges_that_overlap_are_damage()
    {
        var path = Books.File(".xlsx", Books.Xlsx(("表", Books.Row(1, Texts) + Books.Row(2, Texts), $"<mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:A2\"/>", 5000))}</mergeCells>")));
        using (var reader = SheetReader.Open(path).Reader)
        {
            Assert.Throws<InvalidDataException>(() => reader!.Rows().Count());
        }

        File.Delete(path);
    }

    [Fact]
    public void Damage_is_a_refusal_and_never_a_crash()
    {
        var good = Books.Written([new SheetColumn("名称", SheetForm.Text), new SheetColumn("日期", SheetForm.Date)], w => w.Write(["甲", new DateOnly(2018, 5, 3)]));
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            byte[] bad = i % 2 == 0 ? [.. good] : [.. TinyXls.Workbook("a", ["甲", 1.0])];
            for (var n = 0; n < 8; n++)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            var path = Books.File(".xlsx", bad);
            using (var reader = SheetReader.Open(path).Reader)
            {
                try
                {
                    reader?.Rows().Count();
                }
                catch (InvalidDataException)
                {
                    // Said in a sentence by who reads.
                }
            }

            File.Delete(path);
        }
    }

    private static byte[] Bomb(string part, string head, string again, int times)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
        {
            using (var book = new StreamWriter(zip.CreateEntry("xl/workbook.xml").Open()))
            {
                book.Write("<workbook/>");
            }

            using var entry = new StreamWriter(zip.CreateEntry(part).Open());
            entry.Write(head);
            for (var i = 0; i < times; i++)
            {
                entry.Write(again);
            }
        }

        return stream.ToArray();
    }
}
