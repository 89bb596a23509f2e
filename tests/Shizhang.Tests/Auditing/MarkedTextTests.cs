using System.Net;
using System.Text.RegularExpressions;
using Shizhang.Core.Auditing;

namespace Shizhang.Tests.Auditing;

/// <summary>A marked text is the text: nothing is lost, and what is marked can be reached.</summary>
public partial class MarkedTextTests
{
    private const string Text = "科级干部应配10人，实际配备8人，空编3人。全镇共**户<b>。\n党员90名，其中：女党员60名；男党员40名。";

    [Fact]
    public void The_words_are_those_of_the_text_and_markup_in_it_is_text()
    {
        var marked = AuditHtml.Marked(Audit.Run(Text), null, null);

        Assert.Equal(Text, WebUtility.HtmlDecode(Tag().Replace(marked, "")));
        Assert.Contains("&lt;b&gt;", marked);
    }

    [Fact]
    public void Every_discrepancy_has_its_place_and_one_stop_that_leads_to_its_note()
    {
        var audit = Audit.Run(Text);
        Assert.Equal(["balance", "placeholder", "parts"], audit.Discrepancies.Select(d => d.Kind));

        var marked = AuditHtml.Marked(audit, null, null);

        foreach (var i in Enumerable.Range(0, 3))
        {
            Assert.Equal(2, marked.Split($"id=\"d{i}\"").Length);
            Assert.Equal(2, marked.Split($"<a href=\"#n{i}\">").Length);
        }
    }

    [Fact]
    public void Only_what_is_shown_is_marked_and_numbers_stay_those_of_the_audit()
    {
        var marked = AuditHtml.Marked(Audit.Run(Text), new HashSet<int> { 2 }, i => i == 0 ? "backed" : null);

        Assert.Contains("href=\"#n2\"", marked);
        Assert.DoesNotContain("#n0", marked);
        Assert.Contains("<data class=\"backed\">10人</data>", marked);
        Assert.Contains("<data>8人</data>", marked);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
