using System.Text;
using System.Text.Json;

namespace Shizhang.Core.Reports;

/// <summary>What a list of issued reports says of each. <see cref="IssuedAt"/> is a time of Asia/Shanghai.</summary>
public sealed record IssuedHead(string Report, string Title, string Unit, DateOnly From, DateOnly To, string IssuedAt, string IssuedBy)
{
    /// <summary>So many characters of a frozen report hold its head: it stands before the sentences.</summary>
    public const int Longest = 4000;

    /// <summary>Reads the head off the beginning of a frozen report, which may be cut anywhere after it.</summary>
    public static IssuedHead Read(string beginning)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(beginning), isFinalBlock: false, default);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        var name = "";
        while (json.Read() && name != "sentences")
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                name = json.GetString()!;
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                said[name] = json.GetString()!;
            }
        }

        return new IssuedHead(said["report"], said["title"], said["unit"], Day(said["from"]), Day(said["to"]), said["issued_at"], said["issued_by"]);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
