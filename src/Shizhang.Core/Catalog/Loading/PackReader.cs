namespace Shizhang.Core.Catalogs.Loading;

/// <summary>A catalog, or everything that is wrong with its pack.</summary>
public sealed record LoadedPack(Catalog? Catalog, IReadOnlyList<PackError> Errors);

/// <summary>Loads a pack into a catalog and checks all of it at once.</summary>
public static class PackReader
{
    private static readonly string[] Known = ["pack.yaml", "roles.yaml", "deadlines.yaml", "lists.yaml", "sheets.yaml", "wording.yaml"];

    /// <summary>As <see cref="Read"/>, and parses the report templates too, which costs a moment and is not needed to count.</summary>
    public static LoadedPack Check(PackFiles files)
    {
        var loaded = Read(files);
        if (loaded.Catalog is null)
        {
            return loaded;
        }

        var errors = new PackErrors();
        foreach (var report in loaded.Catalog.Reports.Values)
        {
            if (Reports.ReportRenderer.SyntaxError(report) is { } wrong)
            {
                errors.Add("report_liquid", report.Source, wrong);
            }
        }

        return errors.Any ? new LoadedPack(null, errors.All) : loaded;
    }

    public static LoadedPack Read(PackFiles files)
    {
        var context = new PackContext();
        var errors = context.Errors;
        foreach (var unknown in files.Texts.Keys.Where(p => !PackFiles.IsDemo(p) && !IsKnown(p)))
        {
            errors.Add("unknown_file", new SourceLine(unknown, 1));
        }

        var sections = files.Texts.Keys.Where(p => !PackFiles.IsDemo(p) && p.EndsWith(".yaml", StringComparison.Ordinal) && IsKnown(p)).Order(StringComparer.Ordinal)
            .Select(p => (Path: p, Section: Section.Of(Yaml.Read(p, files.Texts[p], errors), p, errors)))
            .Where(s => s.Section is not null)
            .ToDictionary(s => s.Path, s => s.Section!, StringComparer.Ordinal);
        var ledgerFiles = sections.Where(s => s.Key.StartsWith("ledgers/", StringComparison.Ordinal)).Select(s => s.Value).ToList();

        context.English = new EnglishWords(sections.GetValueOrDefault("wording.yaml"));
        context.Lists = ListReader.Read(sections.GetValueOrDefault("lists.yaml"), context.English, errors);
        context.Deadlines = DeadlineReader.Read(sections.GetValueOrDefault("deadlines.yaml"), errors);
        context.LedgerCodes = [.. ledgerFiles.Select(f => (f.Text("ledger") ?? "", f.Text("area") ?? ""))];
        context.UnitKinds = UnitKinds(ledgerFiles, context);
        context.Roles = RoleReader.Read(sections.GetValueOrDefault("roles.yaml"), context.LedgerCodes, context.UnitKinds, errors);

        var ledgers = Ledgers(ledgerFiles, context);
        var indicators = new IndicatorReader(context);
        foreach (var (ledger, file) in ledgers.Values)
        {
            indicators.Gather(ledger, file);
        }

        var allIndicators = indicators.Build();
        var byCode = ledgers.ToDictionary(l => l.Key, l => l.Value.Ledger, StringComparer.Ordinal);
        var rules = new RuleReader(context, indicators, byCode);
        foreach (var (ledger, file) in ledgers.Values)
        {
            ledger.Indicators = [.. allIndicators.Values.Where(i => i.Ledger == ledger)];
            ledger.Rules = rules.Read(file, ledger);
            file.Close();
        }

        context.English.Check(byCode.Values, context.Lists.Values, errors);
        CheckPersonalFacts(byCode.Values, errors);
        var reports = ReportTemplateReader.Read(files, allIndicators, errors);
        var calendar = sections.Where(s => s.Key.StartsWith("calendar/", StringComparison.Ordinal))
            .Select(s => CalendarReader.Read(s.Value, errors)).OfType<CalendarYear>().DistinctBy(c => c.Year).ToDictionary(c => c.Year);
        var sheets = SheetReader.Read(sections.GetValueOrDefault("sheets.yaml"), byCode, errors);
        var wording = WordingReader.Read(sections.GetValueOrDefault("wording.yaml"), allIndicators, errors);
        var pack = sections.GetValueOrDefault("pack.yaml");
        if (!byCode.ContainsKey(Ledger.UnitCode))
        {
            errors.Add("unit_ledger", new SourceLine("pack.yaml", 1));
        }

        if (pack is null)
        {
            errors.Add("missing_file", new SourceLine("pack.yaml", 1), "pack.yaml");
            return new LoadedPack(null, errors.All);
        }

        var catalog = new Catalog
        {
            Code = pack.Need("pack"),
            Name = pack.Need("name"),
            En = pack.Need("en"),
            Version = pack.Need("version"),
            Locale = pack.Need("locale"),
            Digest = files.Digest,
            Ledgers = byCode,
            Indicators = allIndicators,
            Roles = context.Roles,
            Deadlines = context.Deadlines,
            Lists = context.Lists,
            Calendar = calendar,
            Reports = reports,
            Sheets = sheets,
            Wording = wording,
        };
        Section.CheckCode(catalog.Code, 40, pack.LineOf("pack"), errors);
        pack.Close();
        return errors.Any ? new LoadedPack(null, errors.All) : new LoadedPack(catalog, []);
    }

    private static bool IsKnown(string path) =>
        Known.Contains(path)
        || (path.StartsWith("ledgers/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal))
        || (path.StartsWith("calendar/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal))
        || (path.StartsWith("reports/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal));

    private static Dictionary<string, (Ledger Ledger, Section File)> Ledgers(List<Section> files, PackContext context)
    {
        var ledgers = new Dictionary<string, (Ledger Ledger, Section File)>(StringComparer.Ordinal);
        var reader = new LedgerReader(context);
        foreach (var file in files)
        {
            if (reader.Read(file) is not { } ledger)
            {
                continue;
            }

            if (!ledgers.TryAdd(ledger.Code, (ledger, file)))
            {
                context.Errors.Add("duplicate_code", file.LineOf("ledger"), ledger.Code, ledgers[ledger.Code].Ledger.Source);
            }
        }

        return ledgers;
    }

    // Fields of other ledgers name kinds of unit, so these are read before the ledgers are.
    private static HashSet<string> UnitKinds(List<Section> files, PackContext context)
    {
        var kind = files.Find(f => f.Text("ledger") == Ledger.UnitCode)?.Map("fields")?.Map("kind");
        if (kind is null)
        {
            return [];
        }

        var of = kind.Texts("of");
        return of is [var list] && context.Lists.TryGetValue(list, out var choices)
            ? choices.Values.Select(v => v.Value).ToHashSet(StringComparer.Ordinal)
            : of.ToHashSet(StringComparer.Ordinal);
    }

    private static void CheckPersonalFacts(IEnumerable<Ledger> ledgers, PackErrors errors)
    {
        var facts = ledgers.SelectMany(l => l.Fields.SelectMany(f => f.Lines ?? Enumerable.Repeat(f, 1)).Where(f => f.Personal && f.To is null).Select(f => (Ledger: l, Field: f)));
        foreach (var same in facts.GroupBy(f => (f.Field.Name, f.Field.Type.Code)))
        {
            var first = same.First();
            foreach (var other in same.Where(f => f.Ledger != first.Ledger))
            {
                errors.Add("same_personal", other.Field.Source, first.Ledger.Code, other.Ledger.Code, other.Field.Name);
            }
        }
    }
}
