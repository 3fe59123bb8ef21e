namespace Hone.Engine;

public enum EngineError
{
    /// <summary>The queue is full: try again later.</summary>
    QueueFull,

    /// <summary>The prompt and MaxTokens exceed what the model or its memory can hold.</summary>
    ContextTooLong,

    /// <summary>The engine is shutting down.</summary>
    ShuttingDown,

    /// <summary>The model's memory does not fit the budget.</summary>
    OutOfMemory,

    /// <summary>The step that served the request failed; the server's log has the cause.</summary>
    Internal,
}

/// <summary>The engine's one error.</summary>
public sealed class EngineException(EngineError code, string message, Exception? inner = null) : Exception(message, inner)
{
    public EngineError Code { get; } = code;
}
