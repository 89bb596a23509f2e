using System.Text;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;
using Shizhang.Core.Catalogs;
using Shizhang.Core.Filters;
using Shizhang.Core.Records;

namespace Shizhang.App.Api.OData;

/// <summary>The catalog as OData describes it: an entity set per ledger, each field with its name for people. Masked facts are text.</summary>
internal static class ODataModel
{
    public const string Namespace = "shizhang";

    /// <summary>CSDL of the ledgers given: <c>$metadata</c>.</summary>
    public static string Csdl(IEnumerable<Ledger> ledgers)
    {
        var model = new EdmModel();
        var container = new EdmEntityContainer(Namespace, "records");
        model.AddElement(container);
        foreach (var ledger in ledgers)
        {
            var record = new EdmEntityType(Namespace, TypeName(ledger.Code));
            record.AddKeys(record.AddStructuralProperty(RecordJson.Id, EdmPrimitiveTypeKind.Int64, isNullable: false));
            record.AddStructuralProperty(RecordJson.Version, EdmPrimitiveTypeKind.Int64, isNullable: false);
            if (ledger.Workflow is not null)
            {
                record.AddStructuralProperty(StateOperand.Name, EdmPrimitiveTypeKind.String);
            }

            AddFields(model, record, ledger.Code, ledger.Fields);
            model.AddElement(record);
            Describe(model, container.AddEntitySet(ledger.Code, record), ledger.Name);
        }

        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException(string.Join('\n', errors));
            }
        }

        return text.ToString();
    }

    // A type may not be called as one of its members; codes are lower case, so a capital is enough.
    private static string TypeName(string ledger) => char.ToUpperInvariant(ledger[0]) + ledger[1..];

    private static void AddFields(EdmModel model, EdmStructuredType type, string code, FieldSet fields)
    {
        foreach (var field in fields)
        {
            Describe(model, type.AddStructuralProperty(field.Code, TypeOf(model, code, field)), field.Name);
        }
    }

    private static IEdmTypeReference TypeOf(EdmModel model, string ledger, Field field)
    {
        if (field.Lines is { } lines)
        {
            var line = new EdmComplexType(Namespace, $"{TypeName(ledger)}__{field.Code}");
            AddFields(model, line, ledger, lines);
            model.AddElement(line);
            return EdmCoreModel.GetCollection(new EdmComplexTypeReference(line, isNullable: false));
        }

        var core = EdmCoreModel.Instance;
        return field.IsChild ? EdmCoreModel.GetCollection(core.GetString(isNullable: false))
            : field.Personal ? core.GetString(isNullable: true)
            : field.Type.Stored switch
            {
                StorageKind.Integer => core.GetInt64(isNullable: true),
                StorageKind.Decimal => core.GetDecimal(precision: null, scale: field.Scale, isNullable: true),
                StorageKind.Date => core.GetDate(isNullable: true),
                StorageKind.YesNo => core.GetBoolean(isNullable: true),
                _ => core.GetString(isNullable: true),
            };
    }

    private static void Describe(EdmModel model, IEdmVocabularyAnnotatable what, string name)
    {
        var annotation = new EdmVocabularyAnnotation(what, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(name));
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
