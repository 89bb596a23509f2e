using Shizhang.Core.Catalogs;

namespace Shizhang.Storage.Schema;

internal enum Widened
{
    Same,
    Wider,
    FewerDigits,
    Otherwise,
}

/// <summary>Which changes of type keep every old value readable.</summary>
internal static class Widening
{
    // A text of any kind may become a freer one; never the other way, where old values would be refused on the next amendment.
    private static readonly Dictionary<string, int> TextFreedom = new(StringComparer.Ordinal)
    {
        ["id_number"] = 0, ["credit_code"] = 0, ["phone"] = 0, ["unit"] = 0, ["choice"] = 0, ["text"] = 1, ["note"] = 2,
    };

    public static Widened Of(string wasType, int wasScale, Field field)
    {
        var type = field.Type.Code;
        if (IsNumber(wasType) && IsNumber(type))
        {
            return field.Scale < wasScale || (type == "integer" && wasType != "integer") ? Widened.FewerDigits
                : type == wasType && field.Scale == wasScale ? Widened.Same
                : Widened.Wider;
        }

        if (type == wasType)
        {
            return Widened.Same;
        }

        return TextFreedom.TryGetValue(wasType, out var before) && TextFreedom.TryGetValue(type, out var after) && after > before
            ? Widened.Same
            : Widened.Otherwise;
    }

    private static bool IsNumber(string type) => type is "integer" or "decimal" or "money";
}
