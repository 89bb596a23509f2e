namespace Shizhang.Storage;

/// <summary>The machine or the file failed, not the user: <see cref="Code"/> names the sentence, <see cref="Arguments"/> fill it.</summary>
public sealed class StorageException(string code, object?[] arguments, Exception? inner = null)
    : Exception($"{code}: {string.Join(", ", arguments)}", inner)
{
    public string Code { get; } = code;

    public IReadOnlyList<object?> Arguments { get; } = arguments;
}
