using System.CommandLine;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.App.Cli;

/// <summary><c>pack check [DIR]</c>: every error of a pack, with file, line and a sentence.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = AppText.Of["pack_folder"], DefaultValueFactory = _ => RepositoryPack.Folder };
        var check = new Command("check", AppText.Of["pack_check"]) { folder };
        check.SetAction(parsed => Check(parsed.GetRequiredValue(folder)));
        return new Command("pack", AppText.Of["pack"]) { check };
    }

    private static int Check(string folder)
    {
        var (files, refusal) = PackFiles.Read(folder);
        if (files is null)
        {
            return Exit.Refuse(refusal!);
        }

        var (catalog, errors) = PackReader.Check(files);
        foreach (var error in errors)
        {
            Console.WriteLine(error);
        }

        Console.Error.WriteLine(catalog is null
            ? AppText.Of["pack_errors", errors.Count]
            : AppText.Of["pack_good", catalog.Name, catalog.Ledgers.Count, catalog.Indicators.Count, catalog.Reports.Count]);
        return catalog is null ? Exit.Found : Exit.Done;
    }
}
