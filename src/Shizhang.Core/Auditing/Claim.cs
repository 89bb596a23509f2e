using Shizhang.Core.Figures;

namespace Shizhang.Core.Auditing;

/// <summary>
/// A figure found in a text. <see cref="Start"/> and <see cref="End"/> are UTF-16 offsets of number and unit; <see cref="Value"/> has
/// 万 and 亿 applied and growth in %; <see cref="Step"/> is one unit of the last digit written; a fall is negative.
/// </summary>
public sealed record Claim(int Start, int End, string Quote, string Subject, decimal Value, string Unit, Bound Bound, decimal Step);
