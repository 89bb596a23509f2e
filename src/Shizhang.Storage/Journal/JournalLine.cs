using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Shizhang.Core;

namespace Shizhang.Storage.Journal;

/// <summary>
/// One line of a town's journal. <see cref="At"/> is microseconds since 1970 UTC; <see cref="Digest"/> the SM3 of what was
/// written; <see cref="Hash"/> chains it to the line before.
/// </summary>
public sealed record JournalLine(
    string Town, long Seq, long At, string Actor, string Act, string? Address, string? Ledger, long? Record, byte[] Digest, byte[] Hash)
{
    /// <summary>The hash before the first line of a town.</summary>
    public static readonly byte[] Origin = new byte[Sm3.Size];

    /// <summary>SM3 over the hash of the line before and everything in this line but its own hash.</summary>
    public static byte[] Chain(byte[] before, string town, long seq, long at, string actor, string act, string? address, string? ledger, long? record, byte[] digest)
    {
        var to = new ArrayBufferWriter<byte>(256);
        to.Write(before);
        Append(to, town);
        Append(to, seq);
        Append(to, at);
        Append(to, actor);
        Append(to, act);
        Append(to, address);
        Append(to, ledger);
        Append(to, record ?? -1);
        to.Write(digest);
        return Sm3.Hash(to.WrittenSpan);
    }

    /// <summary>True when <see cref="Hash"/> follows from the line before.</summary>
    public bool Follows(byte[] before) =>
        Hash.AsSpan().SequenceEqual(Chain(before, Town, Seq, At, Actor, Act, Address, Ledger, Record, Digest));

    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(At * TimeSpan.TicksPerMicrosecond);

    private static void Append(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
        to.Advance(8);
    }

    // Length first, so that no two lines of different fields read the same; -1 for none.
    private static void Append(ArrayBufferWriter<byte> to, string? text)
    {
        Append(to, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
        {
            Encoding.UTF8.GetBytes(text, to);
        }
    }
}

/// <summary>What a journal line can say was done.</summary>
public static class Acts
{
    public const string Create = "create";
    public const string Amend = "amend";
    public const string Evidence = "evidence";
    public const string Aside = "aside";
    public const string Void = "void";
    public const string Pack = "pack";
    public const string Issue = "issue";
    public const string Account = "account";
    public const string Password = "password";
    public const string Token = "token";
    public const string SignIn = "sign_in";
    public const string SignInFailed = "sign_in_failed";
    public const string SignOut = "sign_out";

    /// <summary>Personal fields were shown in clear.</summary>
    public const string Shown = "shown";

    /// <summary>Not an act: in a search, every step of a workflow.</summary>
    public const string AnyStep = "step";

    /// <summary>Acts that have a name of their own, in the order people look for them.</summary>
    public static readonly IReadOnlyList<string> Named = [Create, Amend, Evidence, Void, Aside, Shown, Issue, SignIn, SignInFailed, SignOut, Account, Password, Token, Pack];

    /// <summary>Acts that leave a version of a record behind.</summary>
    public static bool MakesVersion(string act) => act is Create or Amend || StepOf(act) is not null;

    /// <summary>The act of a step of a workflow: <c>step:NAME</c>.</summary>
    public static string Step(string name) => StepPrefix + name;

    /// <summary>The step an act took; null when it was something else.</summary>
    public static string? StepOf(string act) => act.StartsWith(StepPrefix, StringComparison.Ordinal) ? act[StepPrefix.Length..] : null;

    private const string StepPrefix = "step:";
}
