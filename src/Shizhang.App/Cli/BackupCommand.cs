using System.CommandLine;
using Shizhang.App.Features.Backups;
using Shizhang.App.Texts;
using Shizhang.Storage.Backups;

namespace Shizhang.App.Cli;

/// <summary><c>backup FILE</c>: whole data, every town, as of one moment, while writes go on.</summary>
internal static class BackupCommand
{
    public static Command Create(TimeProvider clock)
    {
        var file = new Argument<string>("FILE") { Description = AppText.Of["backup_file"] };
        var place = new WorkplaceOptions();
        var command = new Command("backup", AppText.Of["backup"]) { file };
        place.AddPlaceTo(command);
        command.SetAction(async parsed =>
        {
            var made = await ProgressBar.RunAsync(show =>
                BackupWork.RunAsync(place.Address(parsed), parsed.GetRequiredValue(file), clock, p => show(AppText.Of["backup_reading"], p.Done, p.All)));
            if (made.Manifest is null)
            {
                return Exit.Refuse(made.Refusal!);
            }

            Print("backup_made", made.Manifest, parsed.GetRequiredValue(file), made.Bytes);
            return Exit.Done;
        });
        return command;
    }

    /// <summary>What a backup holds, and the head of each town's journal to compare with.</summary>
    public static void Print(string key, BackupManifest manifest, params ReadOnlySpan<object?> arguments)
    {
        Console.WriteLine(AppText.Of[key, [.. arguments, manifest.Tables.Sum(t => t.Rows), manifest.Files.Count]]);
        foreach (var town in manifest.Towns)
        {
            Console.WriteLine(AppText.Of["backup_town", town.Town, town.Name, town.Head, town.Hash]);
        }
    }
}
