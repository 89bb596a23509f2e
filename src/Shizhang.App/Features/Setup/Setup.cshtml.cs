using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shizhang.App.Texts;
using Shizhang.Core.Records;

namespace Shizhang.App.Features.Setup;

/// <summary>The first opening. It stands alone: there is no data yet, so no visit, and the site proper does not have this page.</summary>
[AllowAnonymous]
internal sealed class SetupPage(SetupDesk desk) : PageModel
{
    private static readonly Core.Catalogs.Administration[] Asked = [Core.Catalogs.Administration.Security, Core.Catalogs.Administration.System, Core.Catalogs.Administration.Audit];

    public IReadOnlyList<FieldRefusal> Refusals { get; private set; } = [];

    public bool IsDone { get; private set; }

    public static IEnumerable<Core.Catalogs.Administration> Administrations => Asked;

    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    public IEnumerable<string> RefusalsOf(string name) => Refusals.Where(r => r.Path == name).Select(r => r.Sentence);

    public IActionResult OnGet() => desk.Done.IsCompleted ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string? code, string? town, string? name)
    {
        if (desk.Done.IsCompleted)
        {
            return NotFound();
        }

        // Security must be there; of the others, those who have a name.
        var administrators = Asked
            .Select(a => (Administers: a, Name: Typed($"name_{a}").Trim(), Password: Typed($"password_{a}"), Again: Typed($"again_{a}")))
            .Where(a => a.Administers == Core.Catalogs.Administration.Security || a.Name.Length > 0).ToList();
        Refusals = [.. administrators.Where(a => a.Password != a.Again).Select(a => new FieldRefusal(a.Administers.ToString(), AppText.Of["password_differ"]))];
        if (Refusals.Count == 0)
        {
            Refusals = await desk.RunAsync(code, new FirstRun(town?.Trim() ?? "", name?.Trim() ?? "", [.. administrators.Select(a => new FirstAdministrator(a.Administers, a.Name, a.Password))]));
            IsDone = Refusals.Count == 0;
        }

        return Page();
    }
}
