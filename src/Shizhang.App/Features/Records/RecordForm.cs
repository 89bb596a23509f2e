using System.Globalization;
using System.Text.RegularExpressions;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Storage.Records;

namespace Shizhang.App.Features.Records;

/// <summary>A form over fields of a ledger: what stands in it, what is wrong with it, and how its references are understood.</summary>
internal sealed partial class RecordForm(Visit visit, Ledger ledger, IReadOnlyList<Field> fields, RecordInputs inputs, RecordValues? current = null)
{
    /// <summary>The boxes that clear personal facts.</summary>
    public const string ClearField = "__clear";

    private const int MostCandidates = 6;

    public Visit Visit { get; } = visit;

    public Ledger Ledger { get; } = ledger;

    public IReadOnlyList<Field> Fields { get; } = fields;

    /// <summary>Fields that only a later step asks for, and nothing stands in yet: on a new record they wait out of the way.</summary>
    public IReadOnlyList<Field> Later { get; } = current is not null || ledger.Workflow is not { } workflow ? []
        : [.. fields.Where(f => !f.Required && workflow.Steps.Values.Any(s => s.Needs.Contains(f.Code)) && !inputs.Holds(f.Code))];

    public RecordInputs Inputs { get; } = inputs;

    /// <summary>Names of what the references in the form refer to, by ledger and id.</summary>
    public IReadOnlyDictionary<RecordKey, string> Titles { get; private set; } = new Dictionary<RecordKey, string>();

    public List<FieldRefusal> Refusals { get; } = [];

    public IEnumerable<string> RefusalsOf(string name) => Refusals.Where(r => r.Path == name).Select(r => r.Sentence);

    /// <summary>What is wrong with no field in particular, or with one that is not in the form.</summary>
    public IEnumerable<string> General => Refusals.Where(r => !Fields.Any(f => r.Path == f.Code || r.Path.StartsWith(f.Code + "[", StringComparison.Ordinal)))
        .Select(r => r.Path.Length == 0 ? r.Sentence : $"{RecordWork.NameOf(Ledger, r.Path)}: {r.Sentence}");

    /// <summary>A personal fact that is kept when nothing is typed over it: shown masked beside an empty field.</summary>
    public string? MaskedOf(Field field) => field.Personal && current?[field] is { } value ? Masking.Mask(field, value) : null;

    /// <summary>The box beside a masked field is ticked: what stands there is to go.</summary>
    public bool IsCleared(Field field) => Inputs.Chosen(ClearField).Contains(field.Code);

    /// <summary>Reads the form; references by number, or by a name that only one record has.</summary>
    public async Task<Dictionary<string, object?>> ReadAsync()
    {
        var resolved = new Dictionary<(string, string), long?>();
        foreach (var (to, text) in References())
        {
            if (!resolved.ContainsKey((to, text)))
            {
                resolved[(to, text)] = await ResolveAsync(to, text);
            }
        }

        var kept = Fields.Where(f => MaskedOf(f) is not null && Inputs.Text(f.Code).Length == 0 && !IsCleared(f)).Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
        return Inputs.Read(Fields.Where(f => !kept.Contains(f.Code)), (field, text) => resolved.GetValueOrDefault((field.To!, text)) is { } id ? id : text);
    }

    /// <summary>Puts the refusals beside the fields; where a name fits several records, says which.</summary>
    public async Task RefuseAsync(IEnumerable<FieldRefusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            var field = Ledger.Fields.Find(refusal.Path.Split('[')[0]);
            var inner = refusal.Path.Contains('.', StringComparison.Ordinal) ? field?.Lines?.Find(refusal.Path.Split('.')[1]) : field;
            Refusals.Add(inner?.To is { } to && Inputs.Text(refusal.Path).Trim() is { Length: > 0 } text && !Number().IsMatch(text) ? refusal with { Sentence = await CandidatesAsync(to, text) } : refusal);
        }
    }

    /// <summary>Looks up what the references in the form are called; a number typed tells no more than searching would.</summary>
    public async Task NameReferencesAsync()
    {
        var there = current is null ? [] : RecordTitles.References(current).ToHashSet();
        var titles = new Dictionary<RecordKey, string>();
        foreach (var of in References().Where(r => Number().IsMatch(r.Text)).GroupBy(r => r.To, StringComparer.Ordinal))
        {
            var (to, ids) = (Visit.Place.Catalog.Ledgers[of.Key], of.Select(r => IdOf(r.Text)).OfType<long>().ToHashSet());
            var seen = await RecordSearch.SeenAsync(Visit, to, [.. ids.Where(id => !there.Contains(new RecordKey(of.Key, id)))]);
            ids.RemoveWhere(id => !seen.Contains(id) && !there.Contains(new RecordKey(of.Key, id)));
            foreach (var (id, title) in await new RecordTitles(Visit.Place.Store).OfAsync(Visit.Place.Town, to, ids, Visit.Access!.Tree))
            {
                titles[new RecordKey(of.Key, id)] = title;
            }
        }

        Titles = titles;
    }

    public string? TitleOf(Field field, string text) => IdOf(text) is { } id ? Titles.GetValueOrDefault(new RecordKey(field.To!, id)) : null;

    private IEnumerable<(string To, string Text)> References()
    {
        foreach (var field in Fields)
        {
            foreach (var line in field.IsLines ? Inputs.LinesOf(field) : [])
            {
                foreach (var inner in field.Lines!.Where(f => f.To is not null))
                {
                    yield return (inner.To!, Inputs.Text($"{field.Code}[{line}].{inner.Code}").Trim());
                }
            }

            if (field.To is { } to)
            {
                yield return (to, Inputs.Text(field.Code).Trim());
            }
        }
    }

    // Part of a name binds nothing: that only one record has it today does not say that it was meant.
    private async Task<long?> ResolveAsync(string to, string text) =>
        text.Length == 0 || IdOf(text) is not null ? IdOf(text) : await RecordSearch.OnlyAsync(Visit, Visit.Place.Catalog.Ledgers[to], text);

    private async Task<string> CandidatesAsync(string to, string text)
    {
        var ids = await RecordSearch.FindAsync(Visit, Visit.Place.Catalog.Ledgers[to], text, MostCandidates);
        var titles = await new RecordTitles(Visit.Place.Store).OfAsync(Visit.Place.Town, Visit.Place.Catalog.Ledgers[to], ids, Visit.Access!.Tree);
        return ids.Count == 0
            ? AppText.Of["reference_none", Visit.Place.Catalog.Ledgers[to].Shown, text]
            : AppText.Of[ids.Count == 1 ? "reference_part" : "reference_many", Core.Texts.Text.List(ids.Select(i => $"#{i} {titles.GetValueOrDefault(i)}"))];
    }

    private static long? IdOf(string text) => Number().Match(text) is { Success: true } match && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // 12, #12 or "#12 whatever it is called".
    [GeneratedRegex(@"^#?(\d{1,18})(?:\s.*)?$", RegexOptions.None, Patterns.MostMilliseconds)]
    private static partial Regex Number();
}
