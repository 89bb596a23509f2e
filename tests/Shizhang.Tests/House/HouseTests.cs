using System.Reflection;
using System.Text.RegularExpressions;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Tests.House;

/// <summary>The rules of the house, held by tests: who may know whom, where SQL may stand, what the docs must say.</summary>
public partial class HouseTests
{
    private static readonly Assembly Core = typeof(Shizhang.Core.Sm3).Assembly;
    private static readonly Assembly Office = typeof(Shizhang.Office.DocxReport).Assembly;

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Shizhang.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    [Fact]
    public void Core_knows_nothing_of_ours_and_office_only_core()
    {
        Assert.NotEmpty(Core.GetReferencedAssemblies());
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => a.Name!.StartsWith("Shizhang", StringComparison.Ordinal) || a.Name.Contains("Sqlite", StringComparison.Ordinal) || a.Name == "Npgsql");
        Assert.Equal(["Shizhang.Core"], Office.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Shizhang", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sql_stands_only_in_storage()
    {
        var files = Sources("src").ToList();
        Assert.True(files.Count > 80);
        Assert.Contains(files, f => f.Path.Contains("/Shizhang.Storage/", StringComparison.Ordinal) && Sql().IsMatch(f.Text));
        Assert.Empty(files.Where(f => !f.Path.Contains("/Shizhang.Storage/", StringComparison.Ordinal) && Sql().IsMatch(f.Text)).Select(f => f.Path));
    }

    [Fact]
    public void Chinese_for_people_stands_in_resources_and_packs_not_in_code()
    {
        // Comments may quote the field's words; so may the few words that reports and numerals are made of, and what the audit reads.
        string[] speakers = ["FigureWords.cs", "ChineseNumeral.cs", "ReportMarkdown.cs", "ReportRenderer.cs", "Sentences.cs", "HtmlReport.cs", "ReportDocument.cs", "DocxStyles.cs", "DocxFonts.cs", "Formalities.cs", "SurroundingWords.cs", "ReportTemplateReader.cs", "YesNoType.cs", "DateType.cs", "Input.cs", "ChoiceTypes.cs", "PersonMakers.cs", "IndicatorReader.cs", "PackErrors.cs", "RecordTitle.cs", "RecountCommand.cs", "CodeTypes.cs", "SheetWords.cs", "Measure.cs", "HeadingMeasure.cs", "DateCell.cs"];
        var files = Sources("src").Where(f => !speakers.Contains(Path.GetFileName(f.Path)) && !f.Path.Contains("/Auditing/", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 80);
        Assert.Empty(files.Where(f => f.Text.Split('\n').Any(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && ChineseInQuotes().IsMatch(l))).Select(f => f.Path));
    }

    [Fact]
    public void The_pack_guide_names_every_field_type()
    {
        var guide = File.ReadAllText(Path.Combine(Root, "docs", "pack-guide.md"));
        Assert.NotEmpty(KnownFieldTypes.ByCode);
        Assert.All(KnownFieldTypes.ByCode.Keys, code => Assert.Contains($"| `{code}` |", guide));
    }

    [Fact]
    public void Links_in_the_docs_lead_somewhere()
    {
        var docs = Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).ToList();
        Assert.True(docs.Count > 5);
        foreach (var doc in docs)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(doc)))
            {
                var target = Path.Combine(Path.GetDirectoryName(doc)!, link.Groups[1].Value.TrimEnd('/'));
                Assert.True(File.Exists(target) || Directory.Exists(target) || link.Groups[1].Value.Contains("://", StringComparison.Ordinal), $"{doc}: {link.Value}");
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (f, File.ReadAllText(f)));

    [GeneratedRegex("\"(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA) ")]
    private static partial Regex Sql();

    [GeneratedRegex("\"[^\"]*[\u4e00-\u9fff][^\"]*\"")]
    private static partial Regex ChineseInQuotes();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
