using Hone.Cpu.Memory;

namespace Hone.Cpu.Plan;

/// <summary>Scratch memory of each compute thread, as large as the greediest step asks for.</summary>
internal sealed unsafe class WorkerScratch(int workers, long bytesPerWorker) : IDisposable
{
    private readonly long stride = AlignedMemory.RoundUp(bytesPerWorker);
    private readonly AlignedMemory memory = new(AlignedMemory.RoundUp(bytesPerWorker) * workers);

    public int Workers => workers;

    public long Bytes => memory.Bytes;

    public byte* Of(int worker) => memory.Pointer + worker * stride;

    public void Dispose() => memory.Dispose();
}
