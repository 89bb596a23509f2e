using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Shizhang.App.Features.MyAccount;

/// <summary>A text as a picture that a telephone reads: dark runs of each row as one path, with the white margin it needs on any page.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 4;

    public static IHtmlContent Svg(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var (path, size, pixels) = (new StringBuilder(), rows.Count, rows.Count * PixelsPerModule);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var from = x;
                while (x < size && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        var name = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(label);
        return new HtmlString($"<svg class=\"qr\" role=\"img\" aria-label=\"{name}\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>");
    }
}
