using System.CommandLine;
using System.Diagnostics;
using Shizhang.App.Demo;
using Shizhang.App.Features.Figures;
using Shizhang.App.Features.Reports;
using Shizhang.App.Features.Workplaces;
using Shizhang.App.Site;
using Shizhang.App.Texts;
using Shizhang.Core.Catalogs.Loading;
using Shizhang.Storage.Figures;

namespace Shizhang.App.Cli;

/// <summary><c>demo</c>: builds the three years, prints the report's figures and writes the report.</summary>
internal static class DemoCommand
{
    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string>("--data") { Description = AppText.Of["demo_data"], HelpName = "DIR", DefaultValueFactory = _ => "data" };
        var pack = new Option<string>("--pack") { Description = AppText.Of["option_pack"], HelpName = "DIR", DefaultValueFactory = _ => RepositoryPack.Folder };
        var once = new Option<bool>("--once") { Description = AppText.Of["demo_once"] };
        var urls = new Option<string>("--urls") { Description = AppText.Of["option_urls"], HelpName = "U", DefaultValueFactory = _ => ServeCommand.DefaultUrls };
        var command = new Command("demo", AppText.Of["demo"]) { data, pack, once, urls };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(pack), parsed.GetValue(once) ? null : new SiteAddress(parsed.GetRequiredValue(urls)), clock, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string packFolder, SiteAddress? site, TimeProvider clock, CancellationToken cancel)
    {
        if (DemoFolder.Refusal(folder) is { } refusal)
        {
            return Exit.Refuse(refusal);
        }

        var (files, packRefusal) = PackFiles.Read(packFolder);
        if (files is null)
        {
            return Exit.Refuse(packRefusal!);
        }

        var started = Stopwatch.GetTimestamp();
        var (script, notBuilt) = await BuildAsync(folder, files);
        if (script is null)
        {
            return Exit.Refuse(notBuilt!);
        }

        await Console.Error.WriteLineAsync(AppText.Of["demo_loaded", Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.0")]);
        var (workplace, workplaceRefusal) = await Workplace.OpenAsync(new WorkplaceAddress(folder, null, null), clock);
        if (workplace is null)
        {
            return Exit.Refuse(workplaceRefusal!);
        }

        await using (workplace)
        {
            var scope = (await new FigureEngine(workplace.Store).ScopeAsync(script.Town, script.Period))!;
            var (template, unknown) = ReportWork.Find(workplace.Catalog, script.Report);
            if (template is null)
            {
                return Exit.Refuse(unknown!);
            }

            var (report, reportRefusal) = await ReportWork.ComputeAsync(workplace, template, scope);
            if (report is null)
            {
                return Exit.Refuse(reportRefusal!);
            }

            foreach (var name in (string[])["report.docx", "report.html"])
            {
                ReportFiles.Write(report, Path.Combine(folder, name));
            }

            await ReportFiles.WriteRecordsAsync(workplace, scope, report, Path.Combine(folder, "report.html"));
            RowFormat.Table.Write(FiguresCommand.Columns(null), [.. report.Figures.Select(f => f.Figure).DistinctBy(f => f.Indicator.Code).Select(f => new FigureRow(f))], Console.Out);
            await Console.Error.WriteLineAsync(AppText.Of["demo_made", folder]);
            if (site is not null)
            {
                foreach (var account in script.Accounts)
                {
                    await Console.Error.WriteLineAsync(AppText.Of["demo_sign_in", account.Name, DemoFolder.Password, account.Display]);
                }

                await ServeCommand.RunAsync(workplace, site, clock, cancel);
            }
        }

        return Exit.Done;
    }

    private static Task<BuiltDemo> BuildAsync(string folder, PackFiles files) => ProgressBar.RunAsync(show =>
    {
        show(AppText.Of["demo_drafting"], 0, 1);
        return DemoBuilder.BuildAsync(folder, files, (done, all) => show(AppText.Of["demo_entering"], done, all));
    });
}
