using Shizhang.Core.Filters;
using Shizhang.IntegrationTests.Storage;

namespace Shizhang.Tests.Filters;

/// <summary>What may be said in a filter, and that everything else is refused with a sentence.</summary>
public class FilterReaderTests
{
    private static readonly Shizhang.Core.Catalogs.Ledger Work = TestPack.Load(TestPack.Files()).Ledgers["work"];
    private static readonly FilterReader Reader = new(Work.Fields, Work.Workflow!.States);

    [Theory]
    [InlineData("kind eq '修路'")]
    [InlineData("people gt 3 and (open or length le 2.5)")]
    [InlineData("not (kind in ('修路','会议'))")]
    [InlineData("done_on ge 2018-05-03 and done_on lt today()")]
    [InlineData("year(done_on) eq 2018 and month(done_on) le 6 and day(done_on) ne 1")]
    [InlineData("contains(note,'雨') or startswith(code,'A') or endswith(code,'1')")]
    [InlineData("length(code) gt 2")]
    [InlineData("lead eq null")]
    [InlineData("_state eq '登记'")]
    [InlineData("payments/any(p: p/amount gt 10 and p/paid_on ge 2018-01-01)")]
    [InlineData("payments/$count ge 2 and not tags/any(t: t eq '甲')")]
    public void These_are_read(string text) => Assert.Null(Reader.Read(text).Refusal);

    [Theory]
    [InlineData("kind eq '修桥'")]
    [InlineData("nothing eq 1")]
    [InlineData("kind eq")]
    [InlineData("done_on lt now()")]
    [InlineData("done_on eq 2018-02-30")]
    [InlineData("people eq 'three'")]
    [InlineData("_state eq '梦游'")]
    [InlineData("people")]
    [InlineData("people add 1 eq 2")]
    [InlineData("payments/all(p: p/amount gt 10)")]
    [InlineData("tolower(code) eq 'a'")]
    [InlineData("1 eq 1; DROP TABLE work")]
    [InlineData("")]
    public void These_are_refused(string text) => Assert.NotEmpty(Reader.Read(text).Refusal ?? "");

    [Fact]
    public void Length_depth_and_lists_are_limited()
    {
        Assert.NotNull(Reader.Read($"code eq '{new string('甲', FilterReader.MostCharacters)}'").Refusal);
        Assert.NotNull(Reader.Read(string.Concat(Enumerable.Repeat("not (", 40)) + "open" + new string(')', 40)).Refusal);
        Assert.NotNull(Reader.Read($"people in ({string.Join(',', Enumerable.Range(0, FilterReader.MostValues + 1))})").Refusal);
        Assert.Null(Reader.Read($"people in ({string.Join(',', Enumerable.Range(0, FilterReader.MostValues))})").Refusal);
    }
}
