using Shizhang.Core.Catalogs;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.Core.Records.Importing;

/// <summary>
/// What the numbers of a column are counted in: by the bracket of its heading, else by a line such as 单位：万元 above the
/// headings. What seems to be a unit and is not understood is never taken for 1.
/// </summary>
internal sealed class HeadingMeasure
{
    private const string Says = "单位:";
    private static readonly char[] Breaks = [' ', '　', '\t', '\n', '\r', ';', '；', ',', '，', '(', ')', '（', '）', '[', ']', '【', '】', '。'];

    private readonly IReadOnlySet<string> _measures;
    private readonly List<Measure> _above = [];
    private readonly bool _isAboveUnclear;

    public HeadingMeasure(IEnumerable<SheetRow> above, IReadOnlySet<string> measures)
    {
        _measures = measures;
        foreach (var row in above)
        {
            // 单位： may stand in one cell and 万元 in the next.
            var pieces = row.Cells.OfType<string>().SelectMany(c => c.Split(Breaks, StringSplitOptions.RemoveEmptyEntries)).Select(SheetWords.Bare).Where(p => p.Length > 0).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                var said = pieces[i].LastIndexOf(Says, StringComparison.Ordinal) is >= 0 and var at ? pieces[i][(at + Says.Length)..] : null;
                said = said is "" ? pieces.ElementAtOrDefault(i + 1) : said;
                var found = (said ?? pieces[i]).Split('、').Select(p => Measure.Parse(p, measures)).ToList();
                _above.AddRange(found.OfType<Measure>().Where(m => said is not null || (m.Factor != 1 && m.Base == "元")));
                _isAboveUnclear |= said is not null && found.Contains(null) && said.Split('、').Any(p => Measure.Parse(p, measures) is null && p.Length < 8 && p.EndsWith('元'));
            }
        }
    }

    /// <summary>The factor of a column and what it is counted in; null when its heading or the line above says something that is not understood.</summary>
    public (decimal Factor, Measure? Own)? Of(Field field, string inside)
    {
        if (field.Type is not (IntegerType or DecimalType))
        {
            return (1, null);
        }

        var own = Measure.Of(field, _measures);
        var found = inside.Split(',', '、', ';', ':').Select(p => Measure.Parse(p, _measures)).OfType<Measure>().Distinct().ToList();
        if (found.Count > 0)
        {
            return One(own, found.FindAll(m => Fits(m, own)));
        }

        return Measure.Seems(inside) ? null : Above(field, own);
    }

    private (decimal Factor, Measure? Own)? Above(Field field, Measure? own)
    {
        if (_isAboveUnclear && field.Type is MoneyType)
        {
            return null;
        }

        var others = _above.Distinct().Where(m => m.Factor != 1).ToList();
        if (own is not null)
        {
            var fitting = _above.FindAll(m => Fits(m, own)).Distinct().ToList();
            return others.Exists(m => m.Base.Length == 0) ? null : fitting.Count == 0 ? (1, own) : One(own, fitting);
        }

        // Whether 单位：万元 means a number of no known measure, nobody can tell; a count it does not mean.
        return others.Exists(m => m.Base != "元" || field.Type is not IntegerType) ? null : (1, null);
    }

    private static bool Fits(Measure said, Measure? own) => own is null || said.Base.Length == 0 || said.Base == own.Base;

    private static (decimal Factor, Measure? Own)? One(Measure? own, List<Measure> fitting) =>
        fitting is not [var one] ? null
        : own is not null ? (one.In(own), own)
        : (one.Factor, one.Base.Length == 0 ? null : one with { Factor = 1 });
}
