using System.Text.RegularExpressions;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Records.FieldTypes;

/// <summary>A citizen identity number, GB 11643-1999: region, birth date, sequence, check digit.</summary>
public sealed class IdNumberType : FieldType
{
    private const string CheckDigits = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public override string Code => "id_number";

    public override StorageKind Stored => StorageKind.Text;

    public override Parsed Parse(object? input, Field field)
    {
        var text = Input.Plain(input)?.ToUpperInvariant();
        if (text is null)
        {
            return Parsed.Of(null);
        }

        if (text.Length != 18 || !text.AsSpan(0, 17).ContainsOnlyDigits() || !(char.IsAsciiDigit(text[17]) || text[17] == 'X'))
        {
            return Parsed.Refuse(Texts.Text.Core["field_id_number_length", text]);
        }

        if (!IsRegion(int.Parse(text.AsSpan(0, 2))))
        {
            return Parsed.Refuse(Texts.Text.Core["field_id_number_region", text]);
        }

        if (!DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", out _))
        {
            return Parsed.Refuse(Texts.Text.Core["field_id_number_birth", text]);
        }

        var check = CheckDigit(text);
        return text[17] == check ? Parsed.Of(text) : Parsed.Refuse(Texts.Text.Core["field_id_number_check", text, check]);
    }

    /// <summary>The check digit that the first 17 digits ask for.</summary>
    public static char CheckDigit(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += (number[i] - '0') * Weights[i];
        }

        return CheckDigits[sum % 11];
    }

    private static bool IsRegion(int province) => province is (>= 11 and <= 15) or (>= 21 and <= 23) or (>= 31 and <= 37)
        or (>= 41 and <= 46) or (>= 50 and <= 54) or (>= 61 and <= 65) or 71 or 81 or 82 or 83;
}

/// <summary>A unified social credit code, GB 32100-2015.</summary>
public sealed partial class CreditCodeType : FieldType
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public override string Code => "credit_code";

    public override StorageKind Stored => StorageKind.Text;

    public override Parsed Parse(object? input, Field field)
    {
        var text = Input.Plain(input)?.ToUpperInvariant();
        if (text is null)
        {
            return Parsed.Of(null);
        }

        if (!Form().IsMatch(text))
        {
            return Parsed.Refuse(Texts.Text.Core["field_credit_code", text]);
        }

        var check = CheckCharacter(text);
        return text[17] == check ? Parsed.Of(text) : Parsed.Refuse(Texts.Text.Core["field_credit_code_check", text, check]);
    }

    /// <summary>The check character that the first 17 ask for. Weights are powers of 3 modulo 31.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> code)
    {
        var (sum, weight) = (0, 1);
        for (var i = 0; i < 17; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    [GeneratedRegex("^[0-9A-HJ-NP-RT-UWXY]{18}$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Form();
}

/// <summary>A telephone number: mobile, or area code and number.</summary>
public sealed partial class PhoneType : FieldType
{
    public override string Code => "phone";

    public override StorageKind Stored => StorageKind.Text;

    public override Parsed Parse(object? input, Field field)
    {
        var text = Input.Plain(input)?.Replace(" ", "", StringComparison.Ordinal);
        return text is null ? Parsed.Of(null)
            : Form().IsMatch(text) ? Parsed.Of(text)
            : Parsed.Refuse(Texts.Text.Core["field_phone", text]);
    }

    [GeneratedRegex("^(1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?)$", RegexOptions.CultureInvariant, Patterns.MostMilliseconds)]
    private static partial Regex Form();
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
