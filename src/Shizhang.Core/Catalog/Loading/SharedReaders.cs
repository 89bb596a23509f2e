namespace Shizhang.Core.Catalogs.Loading;

/// <summary>Reads roles.yaml. Grants are resolved once the ledgers are known.</summary>
internal static class RoleReader
{
    private static readonly Dictionary<string, Administration?> Administrations = new(StringComparer.Ordinal)
    {
        ["system"] = Administration.System, ["security"] = Administration.Security, ["audit"] = Administration.Audit,
    };

    public static Dictionary<string, Role> Read(Section? file, IReadOnlyCollection<(string Code, string Area)> ledgers, IReadOnlyCollection<string> unitKinds, PackErrors errors)
    {
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var (code, at, section) in file?.Named("roles") ?? [])
        {
            Section.CheckCode(code, 40, at, errors);
            var administers = section.OneOf("administers", Administrations, null);
            var kinds = section.Texts("at");
            foreach (var kind in kinds.Where(k => !unitKinds.Contains(k)))
            {
                errors.Add("unknown_unit_kind", section.LineOf("at"), kind);
            }

            foreach (var key in (string[])["reads", "records", "clear"])
            {
                if (administers is not null && section.Has(key))
                {
                    errors.Add("admin_data", section.LineOf(key), key);
                }
            }

            roles.Add(code, new Role
            {
                Code = code,
                Name = section.Need("name"),
                En = section.Text("en"),
                At = kinds,
                Reads = Grant(section, "reads", ledgers, errors).ToHashSet(StringComparer.Ordinal),
                RecordOrder = Grant(section, "records", ledgers, errors),
                Clear = Grant(section, "clear", ledgers, errors).ToHashSet(StringComparer.Ordinal),
                Issues = section.Flag("issues"),
                Administers = administers,
                Source = at,
            });
            section.Close();
        }

        file?.Close();
        return roles;
    }

    private static List<string> Grant(Section section, string key, IReadOnlyCollection<(string Code, string Area)> ledgers, PackErrors errors)
    {
        const string area = "area:";
        var granted = new List<string>();
        foreach (var word in section.Texts(key))
        {
            var before = granted.Count;
            granted.AddRange(ledgers.Where(l => word == "*" || l.Code == word || word == area + l.Area).Select(l => l.Code).Except(granted, StringComparer.Ordinal));
            if (word != "*" && granted.Count == before && !ledgers.Any(l => l.Code == word || word == area + l.Area))
            {
                errors.Add(word.StartsWith(area, StringComparison.Ordinal) ? "unknown_area" : "unknown_ledger", section.LineOf(key), word);
            }
        }

        return granted;
    }
}

/// <summary>Reads lists.yaml.</summary>
internal static class ListReader
{
    public static Dictionary<string, ChoiceList> Read(Section? file, EnglishWords english, PackErrors errors)
    {
        var lists = new Dictionary<string, ChoiceList>(StringComparer.Ordinal);
        foreach (var (code, at, section) in file?.Named("lists") ?? [])
        {
            Section.CheckCode(code, 40, at, errors);
            lists.Add(code, new ChoiceList(code, section.Need("name"), section.Need("basis"), Values(section, "values", english, errors)));
            section.Close();
        }

        file?.Close();
        return lists;
    }

    /// <summary>Values as texts, or as maps with the days between which they are valid.</summary>
    public static List<Choice> Values(Section section, string key, EnglishWords english, PackErrors errors)
    {
        var choices = new List<Choice>();
        foreach (var item in section.Items(key))
        {
            Choice? choice = null;
            if (item is YamlText { Value: { } plain })
            {
                choice = new Choice(plain) { En = english.Choice(plain) };
            }
            else if (Section.Of(item, key, errors) is { } dated)
            {
                var value = dated.Need("value");
                choice = new Choice(value, dated.Date("valid_from"), dated.Date("valid_until")) { Name = dated.Text("name"), En = dated.Text("en") ?? english.Choice(value) };
                dated.Text("basis");
                dated.Text("mark");
                dated.Close();
            }

            if (choice is not null && choices.Any(c => c.Value == choice.Value))
            {
                errors.Add("choice_twice", item.At, choice.Value);
            }
            else if (choice is not null)
            {
                choices.Add(choice);
            }
        }

        return choices;
    }
}

/// <summary>Reads deadlines.yaml.</summary>
internal static class DeadlineReader
{
    private static readonly Dictionary<string, TimeUnit> Units = new(StringComparer.Ordinal)
    {
        ["day"] = TimeUnit.Day, ["workday"] = TimeUnit.Workday, ["month"] = TimeUnit.Month, ["year"] = TimeUnit.Year,
    };

    private static readonly Dictionary<string, string> Marks = new[] { "V", "V2", "S", "M", "D" }.ToDictionary(m => m, StringComparer.Ordinal);

    public static Dictionary<string, Deadline> Read(Section? file, PackErrors errors)
    {
        var deadlines = new Dictionary<string, Deadline>(StringComparer.Ordinal);
        foreach (var (code, at, section) in file?.Named("deadlines") ?? [])
        {
            Section.CheckCode(code, 60, at, errors);
            var limits = section.Items("limits").Select(i => Section.Of(i, "limits", errors)).OfType<Section>().Select(s => (s.At, Limit: Limit(s))).ToList();
            if (limits.Count == 0)
            {
                errors.Add("no_limits", at);
            }

            for (var i = 1; i < limits.Count; i++)
            {
                if (limits[i].Limit.ValidFrom is not { } from || from < (limits[i - 1].Limit.ValidUntil ?? limits[i - 1].Limit.ValidFrom ?? DateOnly.MinValue))
                {
                    errors.Add("limits_order", limits[i].At);
                }
            }

            var extension = section.Map("extension") is { } extended ? new DeadlineExtension(Limit(extended), section.Text("extended_on")) : null;
            deadlines.Add(code, new Deadline(code, section.Need("name"), section.Text("en"), section.Need("from"), [.. limits.Select(l => l.Limit)], extension, Suspension(section), at));
            section.Close();
        }

        file?.Close();
        return deadlines;
    }

    private static DeadlineSuspension? Suspension(Section section)
    {
        if (section.Map("suspended") is not { } suspended)
        {
            return null;
        }

        var suspension = new DeadlineSuspension(suspended.Need("from"), suspended.Need("until"));
        suspended.Close();
        return suspension;
    }

    private static DeadlineLimit Limit(Section section)
    {
        section.Need("value");
        var limit = new DeadlineLimit(
            section.Integer("value") ?? 0, section.OneOf("unit", Units, TimeUnit.Day), section.Date("valid_from"), section.Date("valid_until"),
            section.Need("basis"), section.OneOf("mark", Marks, "M"));
        section.Need("mark");
        section.Need("unit");
        section.Close();
        return limit;
    }
}

/// <summary>Reads calendar/YYYY.yaml.</summary>
internal static class CalendarReader
{
    public static CalendarYear? Read(Section? file, PackErrors errors)
    {
        if (file is null)
        {
            return null;
        }

        file.Need("year");
        var year = file.Integer("year") ?? 0;
        var holidays = Days("holidays");
        var workdays = Days("workdays");
        foreach (var both in holidays.Keys.Where(workdays.ContainsKey))
        {
            errors.Add("calendar_both", workdays[both], both.ToString("yyyy-MM-dd"));
        }

        var calendar = new CalendarYear(year, file.Need("basis"), holidays.Keys.ToHashSet(), workdays.Keys.ToHashSet());
        file.Close();
        return calendar;

        Dictionary<DateOnly, SourceLine> Days(string key)
        {
            var days = new Dictionary<DateOnly, SourceLine>();
            foreach (var (day, at) in file.Dates(key))
            {
                if (day.Year != year)
                {
                    errors.Add("calendar_year", at, day.ToString("yyyy-MM-dd"), year);
                }

                days.TryAdd(day, at);
            }

            return days;
        }
    }
}

/// <summary>Reads wording.yaml.</summary>
internal static class WordingReader
{
    private static readonly Dictionary<string, Figures.Bound> Bounds = new(StringComparer.Ordinal)
    {
        ["about"] = Figures.Bound.About, ["over"] = Figures.Bound.Over, ["more_than"] = Figures.Bound.MoreThan, ["at_least"] = Figures.Bound.AtLeast,
        ["nearly"] = Figures.Bound.Nearly, ["under"] = Figures.Bound.Under, ["at_most"] = Figures.Bound.AtMost,
    };

    public static Wording Read(Section? file, IReadOnlyDictionary<string, Indicator> indicators, PackErrors errors)
    {
        var measures = new Dictionary<string, Measure>(StringComparer.Ordinal);
        foreach (var (name, _, value) in file?.Map("measures")?.Entries() ?? [])
        {
            measures.Add(name, new Measure(name, (value as YamlText)?.Value));
        }

        var bounds = new Dictionary<string, Figures.Bound>(StringComparer.Ordinal);
        var boundSection = file?.Map("bounds");
        foreach (var (kind, bound) in Bounds)
        {
            foreach (var word in boundSection?.Texts(kind) ?? [])
            {
                bounds.TryAdd(word, bound);
            }
        }

        boundSection?.Close();
        var names = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var named = file?.Map("indicators");
        foreach (var (code, at, _) in named?.Entries().ToList() ?? [])
        {
            names.Add(code, named!.Texts(code));
            if (!indicators.ContainsKey(code))
            {
                errors.Add("unknown_indicator", at, code);
            }
        }

        file?.Close();
        return new Wording(measures, bounds, names);
    }
}
