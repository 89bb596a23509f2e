using System.CommandLine;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;

namespace Shizhang.App.Cli;

/// <summary>What figures are about: <c>--from</c>, <c>--to</c>, <c>--unit</c>, <c>--as-of</c>.</summary>
internal sealed class FrameOptions
{
    private readonly Option<string> _from = new("--from") { Description = AppText.Of["option_from"], HelpName = "D", Required = true };
    private readonly Option<string> _to = new("--to") { Description = AppText.Of["option_to"], HelpName = "D", Required = true };
    private readonly Option<string?> _unit = new("--unit") { Description = AppText.Of["option_unit"], HelpName = "U" };
    private readonly Option<string?> _asOf = new("--as-of") { Description = AppText.Of["option_as_of"], HelpName = "T" };

    public void AddTo(Command command)
    {
        command.Add(_from);
        command.Add(_to);
        command.Add(_unit);
        command.Add(_asOf);
    }

    public Task<OpenedFrame> ReadAsync(ParseResult parsed, Workplace workplace) =>
        Frame.OpenAsync(workplace, parsed.GetRequiredValue(_from), parsed.GetRequiredValue(_to), parsed.GetValue(_unit), parsed.GetValue(_asOf));
}
