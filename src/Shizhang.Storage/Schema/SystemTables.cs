using Shizhang.Storage.Dialects;

namespace Shizhang.Storage.Schema;

/// <summary>The tables that are there whatever the pack says. Their names begin with <c>_</c>, so no ledger can take one.</summary>
internal static class SystemTables
{
    /// <summary>Towns, each with the head of its journal: locked by every write of that town.</summary>
    public static readonly Table Town = Of("_town", ["town"],
        Text("town"), Text("name"), Integer("head"), Integer("head_at"), Bytes("head_hash"));

    /// <summary>The journal: append-only, hash-chained, numbered per town; never holds values.</summary>
    public static readonly Table Journal = Of("_journal", ["town", "seq"],
        Text("town"), Integer("seq"), Integer("at"), Text("actor"), Text("act"), Optional("address"), Optional("ledger"),
        new Column(Identifier.Of("record"), ColumnKind.Integer), Bytes("digest"), Bytes("hash"));

    /// <summary>Reasons people gave, apart from the journal so that the chain holds no text; covered by the digest.</summary>
    public static readonly Table Reason = Of("_reason", ["town", "seq"], Text("town"), Integer("seq"), Text("reason"));

    /// <summary>Every pack that was ever loaded, file by file.</summary>
    public static readonly Table Pack = Of("_pack", ["digest", "path"], Text("digest"), Text("path"), Text("content"));

    /// <summary>Packs whose schema was applied, in order and since when (microseconds as in the journal); the last one is what the tables follow.</summary>
    public static readonly Table Applied = Of("_applied", ["n"], Integer("n"), Text("digest"), new Column(Identifier.Of("at"), ColumnKind.Integer));

    /// <summary>How each field is kept: the scale of a decimal cannot be read off SQLite's columns.</summary>
    public static readonly Table FieldKept = Of("_field", ["ledger", "child", "field"],
        Text("ledger"), Text("child"), Text("field"), Text("type"), Integer("scale"));

    /// <summary>Issued reports, frozen.</summary>
    public static readonly Table Issue = Of("_issue", ["town", "id"],
        Text("town"), Text("id"), Integer("seq"), Text("report"), Text("content"));

    /// <summary>Accounts: who may write, in which role, at which unit.</summary>
    public static readonly Table Account = Of("_account", ["town", "name"],
        Text("town"), Text("name"), Text("display"), Text("role"), Text("unit"), new Column(Identifier.Of("person"), ColumnKind.Integer), new Column(Identifier.Of("seq"), ColumnKind.Integer));

    /// <summary>Evidence files: which record they prove, and the SM3 under which the file is kept beside the database.</summary>
    public static readonly Table Evidence = Of("_evidence", ["town", "seq"],
        Text("town"), Integer("seq"), Text("ledger"), Integer("record"), Text("hash"), Text("name"), Integer("size"));

    /// <summary>Alerts set aside until a day, with the reason in the journal's table of reasons; the last line of an alert counts.</summary>
    public static readonly Table Aside = Of("_aside", ["town", "seq"], Text("town"), Integer("seq"), Text("alert"), Text("until"));

    public static readonly IReadOnlyList<Table> All = [Town, Journal, Reason, Pack, Applied, FieldKept, Issue, Account, Evidence, Aside];

    public static readonly IReadOnlyList<TableIndex> Indexes =
    [
        new(Identifier.Of("_ix_journal_at"), Journal.Name, [Tables.Town, Identifier.Of("at"), Identifier.Of("seq")], Unique: false, "", null),
    ];

    private static Table Of(string name, string[] key, params Column[] columns) => new(Identifier.Of(name), columns, key);

    private static Column Text(string name) => new(Identifier.Of(name), ColumnKind.Text, NotNull: true);

    private static Column Optional(string name) => new(Identifier.Of(name), ColumnKind.Text);

    private static Column Integer(string name) => new(Identifier.Of(name), ColumnKind.Integer, NotNull: true);

    private static Column Bytes(string name) => new(Identifier.Of(name), ColumnKind.Bytes, NotNull: true);
}
