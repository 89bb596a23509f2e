using Shizhang.Core.Catalogs;
using Shizhang.Core.Records;

namespace Shizhang.Storage.Records;

/// <summary>One change to one record, validated by Core; what only the database knows is checked when it is written.</summary>
public abstract record RecordWrite(Ledger Ledger);

/// <summary>A new record; its id is the journal number of this write.</summary>
public sealed record CreateRecord(Ledger Ledger, RecordValues Values, string? State = null) : RecordWrite(Ledger);

/// <summary>A new version of a record. <see cref="Version"/> is the version the writer saw; another one is a conflict.</summary>
public sealed record AmendRecord(Ledger Ledger, long Id, long Version, RecordValues Values, string? State = null, string? Reason = null, string Act = Journal.Acts.Amend) : RecordWrite(Ledger);

/// <summary>The record is withdrawn: its last version moves to the past.</summary>
public sealed record VoidRecord(Ledger Ledger, long Id, long Version, string Reason) : RecordWrite(Ledger);

/// <summary>Who writes, from where.</summary>
public sealed record Actor(string Name, string? Address = null);

/// <summary>What became of one <see cref="RecordWrite"/>.</summary>
public abstract record WriteOutcome;

/// <summary>Written durably: the record and its new version, which is the journal number of the write.</summary>
public sealed record Written(long Id, long Version) : WriteOutcome;

/// <summary>Somebody else wrote first; <see cref="Current"/> is the version that stands now.</summary>
public sealed record Conflict(long Current) : WriteOutcome;

/// <summary>There is no such living record.</summary>
public sealed record NotFound : WriteOutcome;

/// <summary>Refused; nothing changed. Each refusal has the path of its field.</summary>
public sealed record Refused(IReadOnlyList<WriteRefusal> Refusals) : WriteOutcome;

/// <summary>Not written because another write of the same all-or-nothing set was refused.</summary>
public sealed record Withheld : WriteOutcome;

/// <summary>Not written: the key of the request was used for another one before.</summary>
public sealed record KeyTaken : WriteOutcome;

public sealed record WriteRefusal(RefusalKind Kind, string Path, object? Value);

public enum RefusalKind
{
    /// <summary>No unit has this code.</summary>
    UnknownUnit,

    /// <summary>The unit exists but is not of a kind the field takes.</summary>
    WrongUnitKind,

    /// <summary>No living record has this id.</summary>
    UnknownRecord,

    /// <summary>Another living record has this value.</summary>
    NotUnique,

    /// <summary>Living records refer to it, so it cannot be voided; the value names one as ledger/id.</summary>
    StillReferred,

    /// <summary>Another unit without a parent stands at the top of the tree; the value is its code.</summary>
    SecondTop,
}
