using Shizhang.Core.Catalogs;
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
        Number("record"), Bytes("digest"), Bytes("hash"));

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

    /// <summary>Accounts: who may act.</summary>
    public static readonly Table Account = Of("_account", ["town", "name"],
        Text("town"), Text("name"), Text("display"), Number("person"), Integer("disabled"), Integer("seq"));

    /// <summary>Which roles an account holds, at which unit.</summary>
    public static readonly Table Grant = Of("_grant", ["town", "name", "role", "unit"], Text("town"), Text("name"), Text("role"), Text("unit"));

    /// <summary>What accounts prove themselves by, apart from what they may do.</summary>
    public static readonly Table Credential = Of("_credential", ["town", "name"],
        Text("town"), Text("name"), Text("password"), Integer("must_change"), Optional("totp"), Integer("failed"), Number("locked_until"), Text("stamp"));

    /// <summary>Sign-ins that have not ended.</summary>
    public static readonly Table SignedIn = Of("_session", ["town", "id"],
        Text("town"), Text("id"), Text("account"), Text("stamp"), Integer("started_at"), Integer("seen_at"), Optional("address"), Optional("agent"));

    /// <summary>Keys for programs.</summary>
    public static readonly Table Token = Of("_token", ["town", "name"],
        Text("town"), Text("name"), Text("hash"), Text("role"), Text("unit"), Text("expires_on"));

    /// <summary>What was typed and not written yet, encrypted.</summary>
    public static readonly Table Draft = Of("_draft", ["town", "account", "form"],
        Text("town"), Text("id"), Text("account"), Text("form"), Text("content"), Integer("at"));

    /// <summary>Lists that people come back to.</summary>
    public static readonly Table View = Of("_view", ["town", "account", "ledger", "name"],
        Text("town"), Text("account"), Text("ledger"), Text("name"), Text("query"));

    /// <summary>Answers given to programs that ask twice with the same key.</summary>
    public static readonly Table Answer = Of("_answer", ["town", "key"],
        Text("town"), Text("key"), Text("actor"), Text("digest"), Text("ledger"), Integer("record"), Integer("version"), Integer("at"));

    /// <summary>Evidence files: which record they prove, and the SM3 under which the file is kept beside the database.</summary>
    public static readonly Table Evidence = Of("_evidence", ["town", "seq"],
        Text("town"), Integer("seq"), Text("ledger"), Integer("record"), Text("hash"), Text("name"), Integer("size"));

    /// <summary>Alerts set aside until a day, with the reason in the journal's table of reasons; the last line of an alert counts.</summary>
    public static readonly Table Aside = Of("_aside", ["town", "seq"], Text("town"), Integer("seq"), Text("alert"), Text("until"));

    public static readonly IReadOnlyList<Table> All = [Town, Journal, Reason, Pack, Applied, FieldKept, Issue, Account, Grant, Credential, SignedIn, Token, Draft, View, Answer, Evidence, Aside];

    public static readonly IReadOnlyList<TableIndex> Indexes =
    [
        new(Identifier.Of("_ix_journal_record"), Journal.Name, [Tables.Town, Identifier.Of("ledger"), Identifier.Of("record"), Identifier.Of("seq")], Unique: false, "", null),
        new(Identifier.Of("_ix_evidence_record"), Evidence.Name, [Tables.Town, Identifier.Of("ledger"), Identifier.Of("record")], Unique: false, "", null),
        new(Identifier.Of("_ix_answer_at"), Answer.Name, [Tables.Town, Identifier.Of("at")], Unique: false, "", null),
        new(Identifier.Of("_ix_journal_actor"), Journal.Name, [Tables.Town, Identifier.Of("actor"), Identifier.Of("seq")], Unique: false, "", null),
        new(Identifier.Of("_ix_journal_at"), Journal.Name, [Tables.Town, Identifier.Of("at"), Identifier.Of("seq")], Unique: false, "", null),
    ];

    /// <summary>True when every table of the system is there with every column, and every index of the catalog.</summary>
    public static async Task<bool> StandAsync(Session session, Catalog catalog)
    {
        var actual = (await session.ListAsync(session.Dialect.ActualColumns, r => (r.GetString(0), r.GetString(1)))).ToHashSet();
        var indexes = (await session.ListAsync(session.Dialect.ActualIndexes, r => r.GetString(0))).ToHashSet(StringComparer.Ordinal);
        return All.All(t => t.Columns.All(c => actual.Contains((t.Name.ToString(), c.Name.ToString())))) && Schema.Indexes.Of(catalog).All(i => indexes.Contains(i.Name.ToString()));
    }

    private static Table Of(string name, string[] key, params Column[] columns) => new(Identifier.Of(name), columns, key);

    private static Column Text(string name) => new(Identifier.Of(name), ColumnKind.Text, NotNull: true);

    private static Column Optional(string name) => new(Identifier.Of(name), ColumnKind.Text);

    private static Column Integer(string name) => new(Identifier.Of(name), ColumnKind.Integer, NotNull: true);

    private static Column Number(string name) => new(Identifier.Of(name), ColumnKind.Integer);

    private static Column Bytes(string name) => new(Identifier.Of(name), ColumnKind.Bytes, NotNull: true);
}
