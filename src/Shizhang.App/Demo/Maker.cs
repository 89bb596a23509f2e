using Shizhang.App.Texts;

namespace Shizhang.App.Demo;

/// <summary>Makes the values of one field, the same ones every time the demo is built.</summary>
internal abstract class Maker
{
    private static readonly Dictionary<string, Func<ScriptNode, Maker>> Kinds = new(StringComparer.Ordinal)
    {
        ["pick"] = n => new PickMaker(n.Need("pick")),
        ["cycle"] = n => new CycleMaker(n.Need("cycle")),
        ["weights"] = n => new WeightsMaker(n.Need("weights")),
        ["between"] = n => new NumberMaker(n),
        ["text"] = n => new TextMaker(n.Need("text").Text),
        ["name"] = _ => new NameMaker(),
        ["id_number"] = n => new IdNumberMaker(n.Need("id_number").Text),
        ["phone"] = _ => new PhoneMaker(),
        ["spread"] = n => new SpreadMaker(n),
        ["day"] = n => new DayMaker(n),
        ["after"] = n => new AfterMaker(n),
        ["month_end"] = _ => new MonthEndMaker(),
        ["unit"] = n => new UnitMaker(n.Need("unit").Text, cycle: false),
        ["each_unit"] = n => new UnitMaker(n.Need("each_unit").Text, cycle: true),
        ["same_as"] = n => new SameMaker(n.Need("same_as").Text),
        ["first_of"] = n => new FirstOfMaker(n.Need("first_of").Text, n.Need("field").Text),
        ["month_between"] = n => new MonthBetweenMaker(n.Need("month_between")),
        ["unit_of"] = n => new UnitOfMaker(n.Need("unit_of").Text),
        ["value_of"] = n => new ValueOfMaker(n.Need("value_of").Text, n.Need("field").Text),
        ["record"] = n => new RecordMaker(RecordChoice.Read(n), next: false),
        ["next_record"] = n => new RecordMaker(RecordChoice.Read(n.Need("next_record")), next: true),
        ["cell"] = n => new CellMaker(n.Need("cell").Text),
        ["some"] = n => new SomeMaker(n.Need("some").Integer, Read(n.Need("then")), n["else"] is { } e ? Read(e) : null),
        ["chance"] = n => new ChanceMaker((double)n.Need("chance").Number, Read(n.Need("then")), n["else"] is { } e ? Read(e) : null),
        ["lines"] = n => new LinesMaker(n),
        ["lines_over"] = n => new LinesOverMaker(n),
        ["count_of"] = n => new CountOfMaker(n),
    };

    /// <summary>A plain value is itself; else the first key that names a way of making.</summary>
    public static Maker Read(ScriptNode node)
    {
        if (node.Scalar is { } constant)
        {
            return new ConstantMaker(constant);
        }

        foreach (var (key, _) in node.Entries)
        {
            if (Kinds.TryGetValue(key, out var kind))
            {
                return kind(node);
            }
        }

        throw node.Wrong(AppText.Of["demo_no_maker", string.Join('、', Kinds.Keys)]);
    }

    /// <summary>Called once before the <paramref name="count"/> values of a set are made.</summary>
    public virtual void Begin(int count, Random random)
    {
    }

    public abstract object? Make(Making making);
}
