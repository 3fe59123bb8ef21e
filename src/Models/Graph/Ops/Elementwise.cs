namespace Hone.Models.Graph;

/// <summary>a + b. The width of b may divide a's: element i uses b[i / (wa / wb)].</summary>
public sealed record Add : Op;

/// <summary>a · b, with b broadcast as in <see cref="Add"/>.</summary>
public sealed record Mul : Op;

/// <summary>a + (b − a)·t, t one row or full.</summary>
public sealed record Lerp : Op;

/// <summary>Sections of a row times their own factors.</summary>
public sealed record Scale((double Factor, int Width)[] Sections) : Op;

/// <summary>Element functions. Softplus is ln(1 + eˣ), and x itself above 20. Relu2 is relu squared.</summary>
public enum Act { Silu, Gelu, GeluTanh, Relu, Relu2, Sigmoid, Tanh, Exp, Softplus }

/// <summary>One element function over all columns. <see cref="Act.Gelu"/> is the erf form.</summary>
public sealed record Activation(Act Kind) : Op;

/// <summary>min(max(x, Min), Max).</summary>
public sealed record Clamp(double Min, double Max) : Op;

/// <summary>From each of Groups equal parts of a row, the columns Offset … Offset + Width. A view in a plan, never a copy.</summary>
public sealed record Slice(int Groups, int Offset, int Width) : Op;

/// <summary>Columns of the inputs side by side.</summary>
public sealed record Concat : Op;

/// <summary>Within: one sum per group. Across: the groups added up.</summary>
public enum SumAxis { Within, Across }

/// <summary>Sums in groups of a row.</summary>
public sealed record Sum(int Groups, SumAxis Axis) : Op;
