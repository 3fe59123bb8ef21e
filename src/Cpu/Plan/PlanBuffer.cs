namespace Hone.Cpu.Plan;

/// <summary>Whose copy of a row a buffer holds.</summary>
internal enum Placement
{
    /// <summary>One row for each row of the batch.</summary>
    Rows,

    /// <summary>One row for each compute thread: numbers that do not outlive a row's turn in one step.</summary>
    Worker,

    /// <summary>One row for all (parameters).</summary>
    Constant,
}

/// <summary>Memory of one operand. The address is known once all buffers are laid out.</summary>
internal sealed unsafe class PlanBuffer(Operand operand, Placement placement, long rowBytes)
{
    private byte* address;
    private nint rowStride;
    private nint workerStride;

    public Operand Operand { get; } = operand;

    public Placement Placement { get; } = placement;

    /// <summary>Bytes from one row to the next.</summary>
    public long RowBytes { get; } = rowBytes;

    /// <summary>Bytes in all; set when laid out.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of a row that go through memory: none if the row stays in a thread's cache.</summary>
    public long RowTraffic => Placement == Placement.Rows ? (Operand.Form == OperandForm.Packed ? Kernels.Quantize.Quads.Bytes(Kernels.Quantize.Quads.Rows, Operand.Value.Width) / Kernels.Quantize.Quads.Rows : RowBytes) : 0;

    /// <summary>First and last step that touch it.</summary>
    public (int First, int Last) Live { get; set; }

    /// <summary>Place in the arena; −1 for constants.</summary>
    public long Offset { get; set; } = -1;

    public void Size(long bytes) => Bytes = bytes;

    public void Place(byte* at)
    {
        address = at;
        rowStride = Placement == Placement.Rows ? (nint)RowBytes : 0;
        workerStride = Placement == Placement.Worker ? (nint)RowBytes : 0;
    }

    public byte* At(int row, int worker) => address + row * rowStride + worker * workerStride;
}

/// <summary>Columns of a buffer of floats.</summary>
internal readonly unsafe struct View(PlanBuffer buffer, int offset, int width)
{
    public int Width { get; } = width;

    /// <summary>Floats from one row of the batch to the next.</summary>
    public int Stride => buffer.Placement == Placement.Rows ? (int)(buffer.RowBytes / sizeof(float)) : 0;

    public float* Row(int row, int worker) => (float*)buffer.At(row, worker) + offset;

    public View Columns(int from, int count) => new(buffer, offset + from, count);
}
