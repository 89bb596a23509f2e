using Microsoft.AspNetCore.DataProtection;
using Shizhang.App.Features.Workplaces;

namespace Shizhang.App.Access;

/// <summary>The keys that live with the data, for what runs beside the site.</summary>
internal static class DataKeys
{
    public const string ApplicationName = "shizhang";

    public static DirectoryInfo FolderOf(Workplace place) => new(Path.Combine(place.Address.Folder, "keys"));

    public static IDataProtectionProvider Of(Workplace place) => DataProtectionProvider.Create(FolderOf(place), b => b.SetApplicationName(ApplicationName));
}
