namespace Shizhang.Core.Catalogs.Loading;

/// <summary>What the readers of one pack share: errors, and what other files defined.</summary>
internal sealed class PackContext
{
    public PackErrors Errors { get; } = new();

    /// <summary>Code and area of every ledger file, known before any ledger is read.</summary>
    public IReadOnlyList<(string Code, string Area)> LedgerCodes { get; set; } = [];

    /// <summary>The values of the unit ledger's field <c>kind</c>.</summary>
    public IReadOnlySet<string> UnitKinds { get; set; } = new HashSet<string>();

    public EnglishWords English { get; set; } = new(null);

    public IReadOnlyDictionary<string, ChoiceList> Lists { get; set; } = new Dictionary<string, ChoiceList>();

    public IReadOnlyDictionary<string, Deadline> Deadlines { get; set; } = new Dictionary<string, Deadline>();

    public IReadOnlyDictionary<string, Role> Roles { get; set; } = new Dictionary<string, Role>();

    /// <summary>A role by its code or its name.</summary>
    public Role? Role(string word, SourceLine at)
    {
        var role = Roles.GetValueOrDefault(word) ?? Roles.Values.FirstOrDefault(r => r.Name == word);
        if (role is null && word.Length > 0)
        {
            Errors.Add("unknown_role", at, word);
        }

        return role;
    }
}
