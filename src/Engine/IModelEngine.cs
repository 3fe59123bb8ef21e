namespace Hone.Engine;

/// <summary>One loaded model that takes requests. Implemented by the engine over a runner, and by scripted doubles in tests of the API.</summary>
public interface IModelEngine
{
    /// <summary>Queues the request. Throws <see cref="EngineException"/> if it can never run or the queue is full.</summary>
    Generation Submit(GenerationRequest request);

    /// <summary>Tokens that prompt and generated text of one choice may have together.</summary>
    int ContextLength { get; }

    /// <summary>Engine profile and hash of the weights: equal fingerprint, request and seed give equal bytes.</summary>
    string Fingerprint { get; }
}
