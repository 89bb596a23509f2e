using System.CommandLine;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;

namespace Shizhang.App.Cli;

/// <summary>Where the data is: <c>--data</c>, <c>--db</c>, <c>--town</c>.</summary>
internal sealed class WorkplaceOptions
{
    private readonly Option<string> _data = new("--data") { Description = AppText.Of["option_data"], HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private readonly Option<string?> _db = new("--db") { Description = AppText.Of["option_db"], HelpName = "CONN" };
    private readonly Option<string?> _town = new("--town") { Description = AppText.Of["option_town"], HelpName = "T" };

    public void AddTo(Command command)
    {
        AddPlaceTo(command);
        command.Add(_town);
    }

    /// <summary>Only where the data is, for what is done with all towns at once.</summary>
    public void AddPlaceTo(Command command)
    {
        command.Add(_data);
        command.Add(_db);
    }

    public WorkplaceAddress Address(ParseResult parsed) => new(parsed.GetRequiredValue(_data), parsed.GetValue(_db), parsed.GetValue(_town));

    /// <summary>Runs <paramref name="work"/> on the workplace named, or refuses in a sentence.</summary>
    public async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, Func<Workplace, Task<int>> work)
    {
        var (workplace, refusal) = await Workplace.OpenAsync(Address(parsed), clock);
        if (workplace is null)
        {
            return Exit.Refuse(refusal!);
        }

        await using (workplace)
        {
            return await work(workplace);
        }
    }
}
