using Shizhang.App.Cli;
using Shizhang.Core.Texts;

// --lang comes first, because help is written in it.
(args, Text.Language) = LanguageOption.Take(args);
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await RootCommands.RunAsync(args, TimeProvider.System);
