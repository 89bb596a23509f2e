using Shizhang.App.Features.Workplaces;
using Shizhang.App.Texts;
using Shizhang.Storage.Evidence;

namespace Shizhang.App.Features.Evidence;

/// <summary>A file somebody gives as evidence: its name, and its content when it is wanted; null when there is none.</summary>
internal sealed record GivenFile(string Name, Func<Stream?> Open)
{
    public static GivenFile OfPath(string path) => new(path, () => File.Exists(path) ? File.OpenRead(path) : null);

    /// <summary>Keeps the files; a sentence for each that is not taken.</summary>
    public static async Task<(List<EvidenceFile> Files, List<string> Refusals)> KeepAsync(Workplace place, IEnumerable<GivenFile> given)
    {
        var (files, refusals) = (new List<EvidenceFile>(), new List<string>());
        foreach (var one in given)
        {
            await using var content = one.Open();
            var (file, refusal) = content is null ? (null, EvidenceRefusal.Missing) : await place.Evidence.KeepAsync(Path.GetFileName(one.Name), content);
            if (file is not null)
            {
                files.Add(file);
            }
            else
            {
                refusals.Add(AppText.Of[$"evidence_{refusal}", one.Name, EvidenceFiles.MostBytes / 1024 / 1024, string.Join(' ', EvidenceFiles.Extensions)]);
            }
        }

        return (files, refusals);
    }
}
