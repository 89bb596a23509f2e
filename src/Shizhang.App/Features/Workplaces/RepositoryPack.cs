namespace Shizhang.App.Features.Workplaces;

/// <summary>The pack that comes with the program: <c>packs/township</c>, beside it or above it.</summary>
internal static class RepositoryPack
{
    public static string Folder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var pack = Path.Combine(folder.FullName, "packs", "township");
                if (File.Exists(Path.Combine(pack, "pack.yaml")))
                {
                    return pack;
                }
            }

            return Path.Combine("packs", "township");
        }
    }
}
