using System.Text;
using Shizhang.Core;
using Shizhang.Storage;
using Shizhang.Storage.Accounts;

namespace Shizhang.App.Features.Administration;

/// <summary>Moments and sessions as a list shows them. A session's number is a key to it, so a page holds only its digest.</summary>
internal static class LocalClock
{
    public static string Minute(DateTimeOffset time) => LocalTime.Local(time).ToString("yyyy-MM-dd HH:mm");

    public static string MarkOf(SignedIn session) => Sm3.Hex(Encoding.UTF8.GetBytes(session.Id))[..24];
}
