using System.Globalization;
using Bogus;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.App.Demo;

/// <summary>An invented name.</summary>
internal sealed class NameMaker : Maker
{
    private Bogus.DataSets.Name? _names;

    public override void Begin(int count, Random random) => _names = new Bogus.DataSets.Name("zh_CN") { Random = new Randomizer(random.Next()) };

    public override object? Make(Making making) => _names!.LastName() + _names.FirstName();
}

/// <summary>An invented identity number with a right check digit, born on the day another field holds, of the sex in <c>sex</c>; in a region code that no place has.</summary>
internal sealed class IdNumberMaker(string bornOn) : Maker
{
    private const string Region = "620799";
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public override object? Make(Making making)
    {
        if (making.Known.GetValueOrDefault(bornOn) is not DateOnly born)
        {
            return null;
        }

        while (true)
        {
            var sequence = (making.Random.Next(0, 499) * 2) + ((making.Known.GetValueOrDefault("sex") as string) == "女" ? 0 : 1);
            var digits = Region + born.ToString("yyyyMMdd") + sequence.ToString("000", CultureInfo.InvariantCulture);
            var number = digits + IdNumberType.CheckDigit(digits);
            if (_given.Add(number))
            {
                return number;
            }
        }
    }
}

/// <summary>An invented mobile number.</summary>
internal sealed class PhoneMaker : Maker
{
    public override object? Make(Making making) => "199" + making.Random.Next(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
}
