// Measures ours against the same work written by hand, in the same run, and prints ratios.
// SHIZHANG_TEST_POSTGRES names a PostgreSQL; without it only SQLite is measured. Arguments choose parts: figures writes sheets audit rules web start.
using Shizhang.Bench;

if (args is [StartBench.Nothing])
{
    return;
}

bool Wanted(string part) => args.Length == 0 || args.Contains(part);
var server = Environment.GetEnvironmentVariable("SHIZHANG_TEST_POSTGRES");
foreach (var kind in server is null ? (string?[])[null] : [null, server])
{
    if (Wanted("figures"))
    {
        await using var target = await Target.OpenAsync(kind);
        await FigureBench.RunAsync(target);
    }

    if (Wanted("writes"))
    {
        await using var target = await Target.OpenAsync(kind);
        await WriteBench.RunAsync(target);
    }

    if (Wanted("sheets"))
    {
        await using var target = await Target.OpenAsync(kind);
        await SheetBench.RunAsync(target);
    }

    if (server is null && (Wanted("figures") || Wanted("writes")))
    {
        Console.WriteLine("PostgreSQL: not measured, SHIZHANG_TEST_POSTGRES names none");
    }
}

if (Wanted("audit"))
{
    AuditBench.Run();
}

if (Wanted("rules"))
{
    await DemoBench.RunAsync(server);
}

if (Wanted("web"))
{
    await WebBench.RunAsync();
}

if (Wanted("start"))
{
    var root = new DirectoryInfo(AppContext.BaseDirectory);
    while (root is not null && !File.Exists(Path.Combine(root.FullName, "Shizhang.slnx")))
    {
        root = root.Parent;
    }

    var program = Path.Combine(root?.FullName ?? "", "out", "shizhang");
    if (File.Exists(program))
    {
        await StartBench.RunAsync(program);
    }
    else
    {
        Console.WriteLine($"cold start: not measured, {program} is not built yet (run ./shizhang --help)");
    }
}
