using Shizhang.App.Access;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;
using Shizhang.Storage.Records;

namespace Shizhang.App.Demo;

/// <summary>A demo's script when it was built, else the sentence that says why not.</summary>
internal sealed record BuiltDemo(DemoScript? Script, string? Refusal);

/// <summary>Builds a demo: drafts every set of the script, then enters the drafts day by day.</summary>
internal static class DemoBuilder
{
    // Enough days before the first that units, people and what refers to them are there when it begins.
    private const int DaysBefore = 4;

    public static async Task<BuiltDemo> BuildAsync(string folder, PackFiles files, Action<int, int> progress)
    {
        var (catalog, errors) = PackReader.Read(files);
        if (catalog is null)
        {
            return new BuiltDemo(null, AppText.Of["pack_wrong", errors[0]]);
        }

        try
        {
            var script = DemoScript.Read(files.Texts, catalog);
            var drafts = new DraftBook(script.Period.From.AddDays(-DaysBefore));
            foreach (var set in script.Sets)
            {
                set.Draft(drafts);
            }

            DemoFolder.Clear(folder);
            var clock = new DemoClock { Now = LocalTime.At(drafts.First, TimeOnly.MinValue) };
            var (workplace, refusal) = await Workplace.CreateAsync(new WorkplaceAddress(folder, null, script.Town), files, script.Town, script.TownName, clock);
            if (workplace is null)
            {
                return new BuiltDemo(null, refusal);
            }

            await using (workplace)
            {
                foreach (var account in script.Accounts)
                {
                    var actor = new Actor(script.Accounts[0].Name);
                    await new AccountArchive(workplace.Store).AddAsync(script.Town, actor, account);
                    await new SignInWork(workplace, DataKeys.Of(workplace), clock).SetPasswordAsync(actor, account.Name, DemoFolder.Password, mustChange: false);
                }

                await new DemoLoader(workplace.Store, workplace.Evidence, script.Town, clock).EnterAsync(drafts, progress);
                return new BuiltDemo(script, null);
            }
        }
        catch (DemoScriptException e)
        {
            return new BuiltDemo(null, e.Message);
        }
    }
}
