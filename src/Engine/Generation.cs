using System.Threading.Channels;

namespace Hone.Engine;

/// <summary>A submitted request: its events, and the way to end it early. Disposing cancels.</summary>
public sealed class Generation : IDisposable
{
    private readonly Action<int> cancelChoice;

    internal Generation(ChannelReader<GenerationEvent> events, Action<int> cancelChoice) => (Events, this.cancelChoice) = (events, cancelChoice);

    /// <summary>Events in order. Every choice's Token events are followed by its Finished.</summary>
    public ChannelReader<GenerationEvent> Events { get; }

    /// <summary>Ends one choice within one engine step (a stop string was met); its Finished event has reason Cancelled.</summary>
    public void CancelChoice(int choice) => cancelChoice(choice);

    /// <summary>Ends all choices within one engine step, in whatever phase they are, and frees what they hold.</summary>
    public void Dispose() => cancelChoice(-1);
}
