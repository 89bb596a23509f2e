namespace Shizhang.IntegrationTests.Cli;

/// <summary>Bad input is answered by one sentence on stderr and exit code 2; nothing is printed and nothing written.</summary>
[Collection(DemoCollection.Name)]
public class BadInputTests(DemoFixture demo)
{
    public static TheoryData<string, string> Commands => new()
    {
        { "figures --from 2016-02-30 --to 2018-12-31", "2016-02-30" },
        { "figures --from 2018-01-01 --to 2016-12-31", "ends before it starts" },
        { "figures --from yesterday --to 2016-12-31", "yesterday" },
        { "figures nothing --from 2016-01-01 --to 2018-12-31", "nothing" },
        { "figures --from 2016-01-01 --to 2018-12-31 --unit atlantis", "atlantis" },
        { "figures --from 2016-01-01 --to 2018-12-31 --as-of later", "later" },
        { "figures --from 2016-01-01 --to 2018-12-31 --town elsewhere", "elsewhere" },
        { "figures --from 2016-01-01 --to 2018-12-31 --format xml", "xml" },
        { "figures --from 2016-01-01", "--to" },
        { "lineage nothing --from 2016-01-01 --to 2018-12-31", "nothing" },
        { "report poem --from 2016-01-01 --to 2018-12-31 -o x.html", "poem" },
        { "report inspection_report --from 2016-01-01 --to 2018-12-31 -o x.exe", "x.exe" },
        { "report inspection_report --from 2016-01-01 --to 2018-12-31 -o x.md --issue --as nobody", "nobody" },
        { "recount inspection_report-1", "inspection_report-1" },
        { "dance", "dance" },
    };

    [Theory, MemberData(nameof(Commands))]
    public async Task It_is_refused_in_a_sentence(string line, string named)
    {
        var arguments = line.Split(' ');
        var ran = await Shell.ShizhangAsync([.. arguments, .. arguments[0] == "dance" ? [] : new[] { "--data", demo.Folder }, "--lang", "en"]);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains(named, ran.Errors);
        Assert.DoesNotContain("   at ", ran.Errors);
        Assert.False(File.Exists("x.md") || File.Exists("x.exe") || File.Exists("x.html"));
    }

    [Fact]
    public async Task A_folder_without_data_is_named_and_stays_as_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("shizhang-none-").FullName;
        var ran = await Shell.ShizhangAsync(["verify", "--data", folder]);
        Assert.Equal(2, ran.Code);
        Assert.Contains(folder, ran.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_demo_never_overwrites_anything_else()
    {
        var folder = Directory.CreateTempSubdirectory("shizhang-other-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "letter.txt"), "珍贵", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await Shell.ShizhangAsync("demo", "--once", "--data", folder)).Code);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        var folder = demo.CopyFolder();
        await using (var file = File.OpenWrite(Path.Combine(folder, "shizhang.db")))
        {
            file.Write(new byte[100]);
        }

        var ran = await Shell.ShizhangAsync([.. "figures --from 2016-01-01 --to 2018-12-31 --lang en --data".Split(' '), folder]);
        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.Contains("damaged", ran.Errors);
    }

    [Fact]
    public async Task A_pack_with_errors_is_1_and_no_pack_is_2()
    {
        var folder = Directory.CreateTempSubdirectory("shizhang-pack-").FullName;
        Assert.Equal(2, (await Shell.ShizhangAsync("pack", "check", folder)).Code);
        await File.WriteAllTextAsync(Path.Combine(folder, "pack.yaml"), "pack: P\n", TestContext.Current.CancellationToken);
        var ran = await Shell.ShizhangAsync("pack", "check", folder);
        Assert.Equal(1, ran.Code);
        Assert.Contains("pack.yaml:1:", ran.Output);
        Assert.Equal(0, (await Shell.ShizhangAsync("pack", "check", Path.Combine(Shell.Root, "packs", "township"))).Code);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("pack check")]
    [InlineData("figures")]
    [InlineData("lineage")]
    [InlineData("report")]
    [InlineData("recount")]
    [InlineData("verify")]
    [InlineData("import")]
    [InlineData("export")]
    [InlineData("template")]
    public async Task Every_command_explains_itself_with_an_example(string command)
    {
        var ran = await Shell.ShizhangAsync([.. command.Split(' '), "--help"]);
        Assert.Equal(0, ran.Code);
        Assert.Contains($"例：shizhang {command}", ran.Output);
        Assert.Contains($"Example: shizhang {command}", (await Shell.ShizhangAsync([.. command.Split(' '), "--help", "--lang", "en"])).Output);
    }

    [Fact]
    public async Task Lists_come_as_json_csv_for_excel_and_tables()
    {
        string[] ask = ["figures", "party_members", "dispute_success_rate", .. DemoFixture.ThreeYears, "--data", demo.Folder];
        var json = System.Text.Json.JsonDocument.Parse((await Shell.ShizhangAsync([.. ask, "--format", "json"])).Output).RootElement;
        Assert.Equal(["indicator", "name", "value", "measure", "records", "from", "to", "unit", "as_of"], json[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(98.4m, Math.Round(json[1].GetProperty("value").GetDecimal(), 1));
        var csv = (await Shell.ShizhangAsync([.. ask, "--format", "csv"])).Output;
        Assert.Equal([0xEF, 0xBB, 0xBF], await FirstBytesAsync([.. ask, "--format", "csv"]));
        Assert.Contains("party_members,党员,1040,人,1040,2016-01-01,2018-12-31,mouzhen,", csv);
        Assert.Contains("98.4", (await Shell.ShizhangAsync(ask)).Output);
    }

    // A reader of text hides the BOM, so it is looked for in the bytes.
    private static async Task<byte[]> FirstBytesAsync(string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "shizhang.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var bytes = new byte[3];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(bytes);
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await process.WaitForExitAsync();
        return bytes;
    }
}
