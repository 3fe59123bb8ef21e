namespace Hone.TestKit;

/// <summary>A clock that a test moves; timers fire when it passes their time.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), now + dueTime, period);
        timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        now += time;
        foreach (var timer in timers.ToList())
            timer.FireIfDue(now);
    }

    private sealed class ManualTimer(ManualClock clock, Action fire, DateTimeOffset due, TimeSpan period) : ITimer
    {
        public void FireIfDue(DateTimeOffset now)
        {
            if (due > now)
                return;
            due = now + period;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            (due, period) = (clock.now + dueTime, newPeriod);
            return true;
        }

        public void Dispose() => clock.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
