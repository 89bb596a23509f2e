using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Shizhang.Core.Catalogs;

namespace Shizhang.Core.Filters;

/// <summary>A filter, or the sentence that says what is wrong with its text.</summary>
public readonly record struct ReadFilter(Filter? Filter, string? Refusal);

/// <summary>
/// Reads OData <c>$filter</c> texts over the fields of one ledger, or of its lines, into our own tree. Parsing is
/// Microsoft.OData.Core's; what may be said, and what it means for empty fields, is decided here.
/// </summary>
public sealed class FilterReader
{
    public const int MostCharacters = 2000;
    public const int MostLevels = 12;
    public const int MostValues = 100;

    private readonly IReadOnlyList<string>? _states;
    private readonly Lazy<FilterModel> _model;

    /// <summary><paramref name="states"/> are those of the ledger's workflow; null when it has none.</summary>
    public FilterReader(FieldSet fields, IReadOnlyList<string>? states = null)
    {
        _states = states;
        _model = new Lazy<FilterModel>(() => new FilterModel(fields, states is not null));
    }

    public ReadFilter Read(string text)
    {
        if (text.Length > MostCharacters)
        {
            return new ReadFilter(null, Texts.Text.Core["filter_long", MostCharacters]);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new ReadFilter(null, Texts.Text.Core["filter_not_condition"]);
        }

        try
        {
            var parser = new ODataQueryOptionParser(_model.Value.Model, _model.Value.Record, null, new Dictionary<string, string>(StringComparer.Ordinal) { ["$filter"] = text });
            parser.Settings.MaximumExpansionDepth = 1;
            parser.Resolver.EnableCaseInsensitive = false;
            var filter = new Translation(_model.Value, _states).Condition(parser.ParseFilter().Expression, negated: false, 1);
            return new ReadFilter(filter, null);
        }
        catch (ODataException e)
        {
            return new ReadFilter(null, FilterFault.Of(e.Message));
        }
        catch (FilterRefusedException e)
        {
            return new ReadFilter(null, e.Message);
        }
    }

    // The visitor is deep in a recursive descent; an exception that never leaves this class is the plain way out of it.
    private sealed class FilterRefusedException(string message) : Exception(message);

    private sealed class Translation(FilterModel model, IReadOnlyList<string>? states)
    {
        public Filter Condition(SingleValueNode node, bool negated, int level)
        {
            if (level > MostLevels)
            {
                throw new FilterRefusedException(Texts.Text.Core["filter_deep", MostLevels]);
            }

            return node switch
            {
                ConvertNode convert => Condition(convert.Source, negated, level),
                UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Condition(not.Operand, !negated, level + 1),
                BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } pair => Pair(pair, negated, level),
                BinaryOperatorNode comparison => Compare(comparison, negated),
                InNode list => OneOf(list, negated),
                AnyNode any => Exists(any, negated, level),
                SingleValueFunctionCallNode { Name: "contains" or "startswith" or "endswith" } call => Match(call, negated),
                ConstantNode { Value: bool value } => new Constant(value != negated),
                SingleValuePropertyAccessNode property when property.TypeReference.IsBoolean() =>
                    new Comparison(ComparisonOperator.Equal, Property(property), new Literal(!negated), NullMatches: negated),
                _ => throw new FilterRefusedException(Texts.Text.Core["filter_not_condition"]),
            };
        }

        private Filter Pair(BinaryOperatorNode pair, bool negated, int level)
        {
            var (left, right) = (Condition(pair.Left, negated, level + 1), Condition(pair.Right, negated, level + 1));
            return (pair.OperatorKind == BinaryOperatorKind.And) != negated ? new And(left, right) : new Or(left, right);
        }

        private Filter Compare(BinaryOperatorNode node, bool negated)
        {
            var (left, right) = (Operand(node.Left), Operand(node.Right));
            if (left is null || right is null)
            {
                var operand = left ?? right;
                return node.OperatorKind switch
                {
                    BinaryOperatorKind.Equal when operand is not null => new IsNull(operand, negated),
                    BinaryOperatorKind.NotEqual when operand is not null => new IsNull(operand, !negated),
                    _ => throw NotAllowed("null"),
                };
            }

            CheckChoice(left, right);
            CheckChoice(right, left);
            var kind = node.OperatorKind switch
            {
                BinaryOperatorKind.Equal => ComparisonOperator.Equal,
                BinaryOperatorKind.NotEqual => ComparisonOperator.NotEqual,
                BinaryOperatorKind.LessThan => ComparisonOperator.Less,
                BinaryOperatorKind.LessThanOrEqual => ComparisonOperator.LessOrEqual,
                BinaryOperatorKind.GreaterThan => ComparisonOperator.Greater,
                BinaryOperatorKind.GreaterThanOrEqual => ComparisonOperator.GreaterOrEqual,
                _ => throw NotAllowed(node.OperatorKind.ToString()),
            };
            // An empty field equals no value and is not compared: only `ne`, or the negation of another, holds for it.
            return new Comparison(negated ? Opposite(kind) : kind, left, right, (kind == ComparisonOperator.NotEqual) != negated);
        }

        private In OneOf(InNode list, bool negated)
        {
            var operand = Operand(list.Left) ?? throw NotAllowed("null");
            if (list.Right is not CollectionConstantNode { Collection: { Count: > 0 and <= MostValues } constants })
            {
                throw new FilterRefusedException(Texts.Text.Core["filter_in", MostValues]);
            }

            var values = constants.Select(c => (Literal?)Constant(c.Value, operand) ?? throw NotAllowed("null")).ToList();
            values.ForEach(v => CheckChoice(operand, v));
            return new In(operand, values, negated);
        }

        private TextMatch Match(SingleValueFunctionCallNode call, bool negated)
        {
            var arguments = call.Parameters.OfType<SingleValueNode>().Select(Operand).ToList();
            if (arguments is not [{ } operand, Literal { Value: string { Length: > 0 } } text] || operand is Literal)
            {
                throw NotAllowed(call.Name);
            }

            var kind = call.Name switch { "contains" => TextMatchKind.Contains, "startswith" => TextMatchKind.StartsWith, _ => TextMatchKind.EndsWith };
            return new TextMatch(kind, operand, text, negated);
        }

        private Any Exists(AnyNode any, bool negated, int level)
        {
            var child = Child(any.Source);
            var where = any.Body is ConstantNode { Value: true } ? null : Condition(any.Body, negated: false, level + 1);
            return new Any(child, where, negated);
        }

        /// <summary>An operand; null is the word <c>null</c>.</summary>
        private Operand? Operand(SingleValueNode node) => node switch
        {
            ConvertNode convert => Operand(convert.Source),
            ConstantNode constant => Constant(constant.Value, null),
            SingleValuePropertyAccessNode property => Property(property),
            NonResourceRangeVariableReferenceNode => new ChosenValue(),
            CountNode count => new ChildCount(Child(count.Source)),
            SingleValueFunctionCallNode { Name: "today" } => new Today(),
            SingleValueFunctionCallNode { Name: "year" or "month" or "day" or "length" } call => PartOf(call),
            SingleValueFunctionCallNode call => throw NotAllowed(call.Name + "()"),
            _ => throw NotAllowed(node.Kind.ToString()),
        };

        private Operand Property(SingleValuePropertyAccessNode property) =>
            model.Find(property.Property) is { } field ? new FieldOperand(field) : new StateOperand();

        private Part PartOf(SingleValueFunctionCallNode call)
        {
            var operand = call.Parameters.OfType<SingleValueNode>().Select(Operand).FirstOrDefault();
            return operand is null or Literal
                ? throw NotAllowed(call.Name)
                : new Part(call.Name switch { "year" => PartKind.Year, "month" => PartKind.Month, "day" => PartKind.Day, _ => PartKind.Length }, operand);
        }

        private Field Child(QueryNode node) => node switch
        {
            CollectionComplexNode lines => model.Find(lines.Property)!,
            CollectionPropertyAccessNode choices => model.Find(choices.Property)!,
            _ => throw NotAllowed(node.Kind.ToString()),
        };

        private static Literal? Constant(object? value, Operand? beside) => value switch
        {
            null => null,
            string text => new Literal(text),
            bool yes => new Literal(yes),
            int number when beside is FieldOperand { Field.Type.Stored: Records.StorageKind.Decimal } => new Literal((decimal)number),
            int number => new Literal((long)number),
            long number => new Literal(number),
            decimal number => new Literal(number),
            double or float => new Literal((decimal)Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            DateOnly day => new Literal(day),
            _ when DateOnly.TryParseExact(value.ToString(), "yyyy-MM-dd", out var day) => new Literal(day),
            _ => throw NotAllowed(value.ToString() ?? ""),
        };

        // A value that the field cannot have would count nothing for ever, silently.
        private void CheckChoice(Operand operand, Operand other)
        {
            if (other is not Literal { Value: string value })
            {
                return;
            }

            var known = operand switch
            {
                FieldOperand { Field: { Type.Code: "choice" } field } => field.Choices.Any(c => c.Value == value) ? null : field.Shown,
                StateOperand => states!.Contains(value) ? null : FilterModel.State,
                _ => null,
            };
            if (known is not null)
            {
                throw new FilterRefusedException(Texts.Text.Core["filter_choice", value, known]);
            }
        }

        private static ComparisonOperator Opposite(ComparisonOperator kind) => kind switch
        {
            ComparisonOperator.Equal => ComparisonOperator.NotEqual,
            ComparisonOperator.NotEqual => ComparisonOperator.Equal,
            ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
            ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
            ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
            _ => ComparisonOperator.Less,
        };

        private static FilterRefusedException NotAllowed(string what) => new(Texts.Text.Core["filter_not_allowed", what]);
    }
}
