using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Demo;

/// <summary>Builds a demo: drafts every set of the script, then enters the drafts day by day.</summary>
internal static class DemoBuilder
{
    public const string Town = "mouzhen";
    private const string TownName = "某镇";

    /// <summary>The account of whoever tries the demo: it may read everything and issue reports.</summary>
    private static readonly Account Writer = new("wenmi", "文字秘书", "secretary_writer", Town);

    /// <summary>Null when built, else the sentence that says why not.</summary>
    public static async Task<string?> BuildAsync(string folder, PackFiles files, Action<int, int> progress)
    {
        DemoFolder.Clear(folder);
        var clock = new DemoClock { Now = LocalTime.At(DraftBook.First, TimeOnly.MinValue) };
        var (workplace, refusal) = await Workplace.CreateAsync(new WorkplaceAddress(folder, null, Town), files, Town, TownName, clock);
        if (workplace is null)
        {
            return refusal;
        }

        await using (workplace)
        {
            try
            {
                var drafts = new DraftBook();
                foreach (var set in DemoScript.Read(files.Texts, workplace.Catalog))
                {
                    set.Draft(drafts);
                }

                await new AccountArchive(workplace.Store).AddAsync(Town, new Actor(Writer.Name), Writer);
                await new DemoLoader(workplace.Store, Town, clock).EnterAsync(drafts, progress);
                return null;
            }
            catch (DemoScriptException e)
            {
                return e.Message;
            }
        }
    }
}
