using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Core.Filters;

/// <summary>The fields of one ledger (or of its lines) as OData sees them.</summary>
internal sealed class FilterModel
{
    public const string State = StateOperand.Name;
    private const string Namespace = "shizhang";

    private readonly Dictionary<IEdmProperty, Field> _fields = [];

    public FilterModel(FieldSet fields, bool hasState)
    {
        var model = new EdmModel();
        var record = new EdmEntityType(Namespace, "record", null, isAbstract: false, isOpen: false);
        AddFields(model, record, fields);
        if (hasState)
        {
            record.AddStructuralProperty(State, EdmPrimitiveTypeKind.String);
        }

        model.AddElement(record);
        Model = model;
        Record = record;
    }

    // today(), the as-of day. The parser keeps its functions for the whole process.
    static FilterModel() =>
        CustomUriFunctions.AddCustomUriFunction("today", new FunctionSignatureWithReturnType(EdmCoreModel.Instance.GetDate(isNullable: false)));

    public IEdmModel Model { get; }

    public IEdmEntityType Record { get; }

    public Field? Find(IEdmProperty property) => _fields.GetValueOrDefault(property);

    private void AddFields(EdmModel model, EdmStructuredType type, FieldSet fields)
    {
        foreach (var field in fields)
        {
            _fields.Add(type.AddStructuralProperty(field.Code, TypeOf(model, field)), field);
        }
    }

    private IEdmTypeReference TypeOf(EdmModel model, Field field)
    {
        if (field.Lines is { } lines)
        {
            var line = new EdmComplexType(Namespace, $"line_{field.Code}");
            AddFields(model, line, lines);
            model.AddElement(line);
            return EdmCoreModel.GetCollection(new EdmComplexTypeReference(line, isNullable: false));
        }

        var core = EdmCoreModel.Instance;
        return field.Type.IsMany
            ? EdmCoreModel.GetCollection(core.GetString(isNullable: false))
            : field.Type.Stored switch
            {
                StorageKind.Integer => core.GetInt64(isNullable: true),
                StorageKind.Decimal => core.GetDecimal(isNullable: true),
                StorageKind.Date => core.GetDate(isNullable: true),
                StorageKind.YesNo => core.GetBoolean(isNullable: true),
                _ => core.GetString(isNullable: true),
            };
    }
}
