using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Shizhang.App.Access;
using Shizhang.App.Api;
using Shizhang.App.Features.Administration;
using Shizhang.App.Features.Alerts;
using Shizhang.App.Features.Audits;
using Shizhang.App.Features.Drafts;
using Shizhang.App.Features.Steps;
using Shizhang.App.Features.Workplaces;

namespace Shizhang.App.Site;

/// <summary>Where the site listens and whom it trusts to say who asks.</summary>
internal sealed record SiteAddress(string Urls, string? Certificate = null, string? CertificatePassword = null, IReadOnlyList<string>? Proxies = null);

/// <summary>The web application over a workplace: services, then the way of a request, then pages and endpoints.</summary>
internal static class SiteHost
{
    private const long MostBody = 110L * 1024 * 1024;

    public static WebApplication Build(Workplace place, SiteAddress address, TimeProvider clock)
    {
        var builder = CreateBuilder(address);
        AddServices(builder.Services, place, address, clock);
        var app = builder.Build();
        Route(app, address);
        return app;
    }

    /// <summary>Where it listens and how it speaks, before anything is in it.</summary>
    public static WebApplicationBuilder CreateBuilder(SiteAddress address)
    {
        // Pages are found by this name, whatever program hosts them. Nothing is read from files of settings, so none are watched.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SiteHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(address.Urls.Split(';')).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
            if (address.Certificate is { } file)
            {
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = X509CertificateLoader.LoadPkcs12FromFile(file, address.CertificatePassword));
            }
        });
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    private static void AddServices(IServiceCollection services, Workplace place, SiteAddress address, TimeProvider clock)
    {
        services.AddSingleton(place).AddSingleton(clock).AddSingleton<PeriodNow>().AddSingleton<AuditMemory>().AddSingleton<ApiDescriptions>().AddSingleton<UntilRecorded>().AddSingleton<VisitorAlerts>();
        services.AddSingleton<RuleWatch>().AddHostedService(s => s.GetRequiredService<RuleWatch>());
        services.AddScoped<Visit>().AddScoped<SignInWork>().AddScoped<DraftWork>().AddScoped<AuditShelf>().AddScoped<AccountWork>().AddSingleton<VerificationRun>();
        services.AddScoped<IAuthorizationHandler, AccessGate>();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

        // Keys live with the data, so that a draft and a session outlive the process.
        services.AddDataProtection().SetApplicationName(DataKeys.ApplicationName).PersistKeysToFileSystem(DataKeys.FolderOf(place));
        services.AddAuthentication(o =>
        {
            o.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            o.DefaultAuthenticateScheme = o.DefaultChallengeScheme = o.DefaultForbidScheme = ApiPaths.Scheme;
        })
            .AddCookie(SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
            .AddPolicyScheme(ApiPaths.Scheme, null, o => o.ForwardDefaultSelector = ApiPaths.SchemeOf);
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        services.AddAntiforgery(o => o.Cookie.Name = "sz_form");
        services.AddRazorPages(o =>
        {
            o.RootDirectory = "/Features";

            // Data is here, so it is not set up again.
            o.Conventions.AddFolderRouteModelConvention("/Setup", page => page.Selectors.Clear());
        }).AddMvcOptions(o =>
        {
            o.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            o.Filters.Add<KeepRefusedForm>();
        });
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(o =>
        {
            o.ValueCountLimit = 100_000;
            o.MultipartBodyLengthLimit = MostBody;
        });
        services.AddRateLimiter(RateLimits.Configure);
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            o.KnownProxies.Clear();
            foreach (var proxy in address.Proxies ?? [])
            {
                o.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        });
    }

    private static void Route(WebApplication app, SiteAddress address)
    {
        if (address.Proxies is { Count: > 0 })
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<PageHeaders>();
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable" });
        app.UseExceptionHandler("/problem/500");
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseMiddleware<LanguageChoice>();
        app.UseWhen(ApiPaths.Has, branch => branch.UseMiddleware<ApiProblems>());
        app.UseRouting();
        app.UseRateLimiter();
        app.Use((http, next) =>
        {
            http.RequestServices.GetRequiredService<Visit>().Begin(http);
            return next(http);
        });
        app.UseAuthentication();
        app.Use(ApiPaths.TellUnknownAsync);
        app.UseAuthorization();
        app.UseMiddleware<PasswordFirst>();
        app.UseMiddleware<ReadableForm>();
        app.MapRazorPages();
        SiteEndpoints.Map(app);
        ApiEndpoints.Map(app);
    }
}
