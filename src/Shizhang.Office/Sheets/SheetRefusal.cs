namespace Shizhang.Office.Sheets;

/// <summary>Why a file is not read as a spreadsheet.</summary>
public enum SheetRefusal
{
    /// <summary>Not a spreadsheet, or a broken one.</summary>
    Broken,

    /// <summary>Protected by a password.</summary>
    Encrypted,

    /// <summary>It carries macros.</summary>
    Macros,

    /// <summary>It is, or unpacks to, more than is reasonable.</summary>
    TooLarge,

    /// <summary>A sheet has more rows than <see cref="SheetLimits.MostFilledRows"/>.</summary>
    TooManyRows,

    /// <summary>The strict form of Open XML, whose names nearly nobody else reads.</summary>
    Strict,
}

/// <summary>What a spreadsheet may cost: read whole it stays far below 200 MB and 10 s.</summary>
public static class SheetLimits
{
    public const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Characters of all sheets of an xlsx, unpacked.</summary>
    public const long MostUnpacked = 256 * 1024 * 1024;

    /// <summary>Rows of a sheet, empty ones included: what Excel itself can hold.</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Rows of a sheet that have something in them. All rows of an import are checked before any is written, so they are kept.</summary>
    public const int MostFilledRows = 200_000;

    /// <summary>Columns that Excel has.</summary>
    internal const int LastColumn = 16_384;

    /// <summary>Columns that are looked at.</summary>
    public const int MostColumns = 256;

    /// <summary>Bytes of a text of two bytes a character: it is kept in memory as UTF-8.</summary>
    internal const long MostWide = 32 * 1024 * 1024;

    /// <summary>Characters of a shared string table, unpacked: it is kept in memory.</summary>
    internal const long MostShared = 48 * 1024 * 1024;

    /// <summary>Characters of one cell; Excel allows 32,767.</summary>
    internal const int MostInCell = 65_536;
}
