using Shizhang.Core.Texts;

namespace Shizhang.App.Site;

/// <summary>The language of the pages: Chinese, or English when the switch on the page was used.</summary>
internal sealed class LanguageChoice(RequestDelegate next)
{
    public const string Cookie = "sz_lang";

    public Task InvokeAsync(HttpContext http)
    {
        Text.Language = http.Request.Cookies[Cookie] == "en" ? Language.En : Language.Zh;
        return next(http);
    }
}
