using DocumentFormat.OpenXml;

namespace Shizhang.Office;

/// <summary>
/// Word and WPS put smart tags around dates and lengths; the library knows them no more and takes all that stands in them for unknown.
/// Here it becomes what it would be in the place of the tag, and the tag stays around it.
/// </summary>
internal static class DocxSmartTags
{
    public const string Name = "smartTag";

    private static readonly string[] Namespaces = ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

    public static void Open(OpenXmlElement root)
    {
        foreach (var tag in root.Descendants<OpenXmlUnknownElement>().Where(t => Is(t) && !t.Ancestors().TakeWhile(a => a != root).Any(Is)).ToList())
        {
            // Opened before, when it holds something known.
            if (tag.ChildElements.All(c => c is OpenXmlUnknownElement) && tag.Ancestors().FirstOrDefault(a => a is not OpenXmlUnknownElement) is { } parent)
            {
                var known = parent.CloneNode(deep: false);
                known.InnerXml = tag.InnerXml;
                tag.RemoveAllChildren();
                foreach (var child in known.ChildElements.ToList())
                {
                    child.Remove();
                    tag.AppendChild(child);
                }
            }

            Open(tag);
        }
    }

    public static bool Is(OpenXmlElement element) => element is OpenXmlUnknownElement && element.LocalName == Name && Namespaces.Contains(element.NamespaceUri);
}
