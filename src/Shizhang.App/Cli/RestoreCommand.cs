using System.CommandLine;
using Shizhang.App.Features.Backups;
using Shizhang.App.Texts;

namespace Shizhang.App.Cli;

/// <summary><c>restore FILE</c>: a backup into an empty folder, or an empty database and folder.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = AppText.Of["restore_file"] };
        var place = new WorkplaceOptions();
        var command = new Command("restore", AppText.Of["restore"]) { file };
        place.AddPlaceTo(command);
        command.SetAction(async parsed =>
        {
            var (address, name) = (place.Address(parsed), parsed.GetRequiredValue(file));
            var restored = await ProgressBar.RunAsync(show => RestoreWork.RunAsync(
                address, name,
                p => show(AppText.Of["restore_checking"], p.Done, p.All),
                p => show(AppText.Of["restore_writing"], p.Done, p.All)));
            if (restored.Manifest is null)
            {
                return Exit.Refuse(restored.Refusal!);
            }

            BackupCommand.Print("restore_done", restored.Manifest, address.Folder, restored.Manifest.MadeAt);
            return Exit.Done;
        });
        return command;
    }
}
