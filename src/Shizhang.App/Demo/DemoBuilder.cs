using Shizhang.App.Features.Workplaces;
using Shizhang.Core.Catalogs.Loading;

namespace Shizhang.App.Demo;

/// <summary>Builds a demo: drafts every set of the script, then enters the drafts day by day.</summary>
internal static class DemoBuilder
{
    public const string Town = "mouzhen";
    private const string TownName = "某镇";

    /// <summary>Null when built, else the sentence that says why not.</summary>
    public static async Task<string?> BuildAsync(string folder, PackFiles files, Action<int, int> progress)
    {
        DemoFolder.Clear(folder);
        var clock = new DemoClock();
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
