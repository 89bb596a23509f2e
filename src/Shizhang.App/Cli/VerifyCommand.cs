using System.CommandLine;
using Shizhang.App.Texts;
using Shizhang.Storage.Journal;

namespace Shizhang.App.Cli;

/// <summary><c>verify</c>: recomputes the journal's chain and every stored version.</summary>
internal static class VerifyCommand
{
    public static Command Create(TimeProvider clock)
    {
        var workplace = new WorkplaceOptions();
        var command = new Command("verify", AppText.Of["verify"]);
        workplace.AddTo(command);
        command.SetAction(parsed => workplace.RunAsync(parsed, clock, async place =>
        {
            var result = await new Verification(place.Store, place.Evidence).RunAsync(place.Town);
            foreach (var damage in result.Damages)
            {
                Console.WriteLine(AppText.Of[$"damage_{damage.Kind}", damage.Seq, damage.Record]);
            }

            Console.WriteLine(AppText.Of["verify_result", result.Lines, result.Versions, result.Head, Convert.ToHexStringLower(result.HeadHash), result.Damages.Count]);
            return result.Damages.Count == 0 ? Exit.Done : Exit.Found;
        }));
        return command;
    }
}
