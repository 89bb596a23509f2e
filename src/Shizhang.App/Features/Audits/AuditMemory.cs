using Microsoft.Extensions.Caching.Memory;
using Shizhang.Core.Texts;

namespace Shizhang.App.Features.Audits;

/// <summary>The audits looked at last, so that a filter or a file does not read the text again. Whose they are, the shelf knows.</summary>
internal sealed class AuditMemory : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    // A character with its claims and discrepancies weighs about this much.
    private const int BytesOfCharacter = 40;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _audits = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    // Its sentences are in the language it was audited in.
    public OpenedAudit? Find(string id) => _audits.Get<OpenedAudit>((id, Text.Language));

    public OpenedAudit Keep(OpenedAudit audit) => _audits.Set((audit.Kept.Id, Text.Language), audit, new MemoryCacheEntryOptions
    {
        Size = ((long)audit.File.Text.Length * BytesOfCharacter) + (audit.File.Docx?.Length ?? 0),
        SlidingExpiration = Idle,
    });

    public void Forget(string id)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            _audits.Remove((id, language));
        }
    }

    public void Dispose() => _audits.Dispose();
}
