using System.Globalization;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;
using Shizhang.Core.Records.FieldTypes;

namespace Shizhang.IntegrationTests.Storage;

/// <summary>Inputs for a record of any ledger, made from what the catalog says of its fields. Dates lie about a day.</summary>
internal sealed class AnyRecord(Random random, Func<Field, string?> unit, Func<string, long?> record)
{
    private const int MostDaysApart = 20;

    /// <summary>Required fields, and each other with a chance.</summary>
    public Dictionary<string, object?> Inputs(Ledger ledger, DateOnly day, double filled)
    {
        // A chain of dates, each after another, may come out of order: then all fall on one day.
        foreach (var apart in (int[])[MostDaysApart, 0])
        {
            var inputs = Inputs(ledger.Fields, day, filled, apart);
            if (apart == 0 || RecordReader.Read(ledger, inputs).Values is not null)
            {
                return inputs;
            }
        }

        throw new InvalidOperationException();
    }

    /// <summary>A value as a person would give it; null where nothing can be referred to.</summary>
    public object? Value(Field field, DateOnly day, int apart = 0) => field.Type.Code switch
    {
        "date" => day.AddDays(field.After is null ? -random.Next(apart + 1) : random.Next(apart + 1)).ToString("yyyy-MM-dd"),
        "integer" => Number(field).ToString(CultureInfo.InvariantCulture),
        "decimal" or "money" => Number(field).ToString(CultureInfo.InvariantCulture),
        "yes_no" => random.Next(2) == 0,
        "choice" => field.Choices.Where(c => c.IsValidOn(day)).ElementAt(random.Next(field.Choices.Count(c => c.IsValidOn(day)))).Value,
        "choices" => new[] { field.Choices[random.Next(field.Choices.Count)].Value },
        "unit" => unit(field),
        "record" => record(field.To!)?.ToString(CultureInfo.InvariantCulture),
        "lines" => new[] { Inputs(field.Lines!, day, 1, apart) },
        "id_number" => IdNumber(),
        "credit_code" => CreditCode(),
        "phone" => "199" + random.Next(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture),
        _ => $"字{random.Next(1_000_000_000)}",
    };

    private Dictionary<string, object?> Inputs(FieldSet fields, DateOnly day, double filled, int apart) =>
        fields.Where(f => f.Required || random.NextDouble() < filled).ToDictionary(f => f.Code, f => Value(f, day, apart), StringComparer.Ordinal);

    private long Number(Field field)
    {
        var least = (long)Math.Ceiling(field.Min ?? 0);
        return random.NextInt64(least, (long)Math.Floor(Math.Min(field.Max ?? 100, least + 100)) + 1);
    }

    private string IdNumber()
    {
        var digits = $"620799{random.Next(1950, 2000)}0101{random.Next(1000):000}";
        return digits + IdNumberType.CheckDigit(digits);
    }

    private string CreditCode()
    {
        var code = $"11620799{random.Next(100_000_000):000000000}";
        return code + CreditCodeType.CheckCharacter(code);
    }
}
