using DocumentFormat.OpenXml.Wordprocessing;

namespace Shizhang.Office;

/// <summary>The fonts of official documents, by name: none may be given along, so each names what may stand for it.</summary>
internal static class DocxFonts
{
    public const string Title = "方正小标宋简体";
    public const string Body = "仿宋_GB2312";
    public const string Kai = "楷体_GB2312";
    public const string Hei = "黑体";
    public const string Song = "宋体";

    // 134 is the character set GB2312.
    private const string Gb2312 = "86";

    private static readonly (string Name, string Alternatives, FontFamilyValues Family)[] All =
    [
        (Title, "方正小标宋_GBK,小标宋,华文中宋,STZhongsong,SimSun", FontFamilyValues.Auto),
        (Body, "仿宋,FangSong,FangSong_GB2312,华文仿宋,STFangsong", FontFamilyValues.Modern),
        (Kai, "楷体,KaiTi,KaiTi_GB2312,华文楷体,STKaiti", FontFamilyValues.Modern),
        (Hei, "SimHei,华文黑体,STHeiti", FontFamilyValues.Modern),
        (Song, "SimSun,华文宋体,STSong", FontFamilyValues.Auto),
    ];

    public static Fonts Table() => new(All.Select(f => new Font(
        new AltName { Val = f.Alternatives },
        new FontCharSet { Val = Gb2312 },
        new FontFamily { Val = f.Family },
        new Pitch { Val = FontPitchValues.Variable })
    { Name = f.Name }));

    /// <summary>One font for Chinese and for what is not.</summary>
    public static RunFonts Of(string name) => new() { Ascii = name, HighAnsi = name, EastAsia = name, ComplexScript = name };
}
