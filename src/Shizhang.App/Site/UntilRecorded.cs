namespace Shizhang.App.Site;

/// <summary>
/// What was computed from the records, kept until one is touched: the journal says so, so it is never stale. A key is a record that
/// names all else the value depends on.
/// </summary>
internal sealed class UntilRecorded
{
    private const int MostKept = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, object> _kept = [];
    private long _recorded;

    /// <summary>The value kept for a key, or what <paramref name="find"/> finds and the journal number it is of; a null number is not kept.</summary>
    public async Task<T> OfAsync<T>(Visit visit, object key, Func<Task<(T Value, long? AsOf)>> find)
        where T : class
    {
        var standing = await visit.StandingAsync();
        if (Find(standing.Recorded, key) is T kept)
        {
            return kept;
        }

        // Somebody may have written meanwhile: what was found is then of no certain number.
        var (value, asOf) = await find();
        if (asOf == standing.Head)
        {
            Keep(standing.Recorded, key, value);
        }

        return value;
    }

    private object? Find(long recorded, object key)
    {
        lock (_lock)
        {
            return recorded == _recorded ? _kept.GetValueOrDefault(key) : null;
        }
    }

    private void Keep(long recorded, object key, object value)
    {
        lock (_lock)
        {
            if (recorded > _recorded || _kept.Count >= MostKept)
            {
                _kept.Clear();
                _recorded = Math.Max(recorded, _recorded);
            }

            if (recorded == _recorded)
            {
                _kept[key] = value;
            }
        }
    }
}
