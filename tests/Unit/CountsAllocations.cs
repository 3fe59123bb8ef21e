namespace Hone.Unit;

/// <summary>Tests that count the allocations of the whole process run alone.</summary>
[CollectionDefinition("counts allocations", DisableParallelization = true)]
public class CountsAllocations;
