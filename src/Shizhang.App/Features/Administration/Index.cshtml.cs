using Shizhang.App.Access;

namespace Shizhang.App.Features.Administration;

[Needs(Right.Account)]
internal sealed class IndexPage : AdministrationPage;
