using Hone.Models;
using Hone.Models.State;
using Hone.Torch;
using TorchSharp;

namespace Hone.Unit.Torch;

public class TorchRunnerTests
{
    private static readonly int[] First = [3, 1, 4, 1, 5, 9, 2, 6, 5];
    private static readonly int[] Second = [2, 7, 1, 8, 2];

    [Fact]
    public void Ragged_batches_in_pieces_give_what_each_sequence_gives_alone()
    {
        var (first, second) = (Alone(First), Alone(Second));
        using var runner = TinyModel.Runner();
        var batch = new Batch();
        TinyModel.Add(batch, First[..4], 0, [5, 2], slot: 1);
        TinyModel.Add(batch, Second[..3], 0, [7], slot: 0);
        var rows = runner.Run(batch).ToArray();
        AssertRows([.. Rows(first, 0, 4), .. Rows(second, 0, 3)], rows);

        batch.Clear();
        TinyModel.Add(batch, Second[3..4], 3, [7], slot: 0);
        TinyModel.Add(batch, First[4..], 4, [5, 2, 9], slot: 1, outputFrom: 3);
        rows = runner.Run(batch).ToArray();
        AssertRows([.. Rows(second, 3, 1), .. Rows(first, 7, 2)], rows);
    }

    [Fact]
    public void A_copied_slot_and_block_continue_as_the_original()
    {
        using var runner = TinyModel.Runner();
        var batch = new Batch();
        TinyModel.Add(batch, Second[..4], 0, [1], slot: 0);
        runner.Run(batch);
        runner.CopyBlock(1, 3);
        runner.CopySlot(0, 2);
        runner.ResetSlot(0);
        batch.Clear();
        TinyModel.Add(batch, Second[4..], 4, [3, 4], slot: 2);
        AssertRows(Rows(Alone(Second), 4, 1), runner.Run(batch).ToArray());
        Assert.All(runner.Graph.States.Values.OfType<SlotState>(), state => Assert.All(runner.ReadSlot(0, state), number => Assert.Equal(0, number)));
    }

    [Fact]
    public void Runs_leave_no_tensors_behind()
    {
        using var runner = TinyModel.Runner();
        var batch = new Batch();
        TinyModel.Add(batch, First, 0, [0, 1, 2], slot: 0);
        runner.Run(batch);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
            runner.Run(batch);
        Assert.Equal(alive, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        using var runner = TinyModel.Runner();
        Refused(runner, [TinyModel.Vocabulary], 0, [0], 0, "outside embed.weight");
        Refused(runner, [-1], 0, [0], 0, "outside embed.weight");
        Refused(runner, First, 0, [0, 1], 0, "2 blocks of 4 for 9 tokens");
        Refused(runner, [1], 0, [16], 0, "No block 16");
        Refused(runner, [1], 0, [0], -1, "No slot -1");
        Refused(runner, [1], -1, [0], 0, "past");
    }

    private static void Refused(TorchRunner runner, int[] tokens, int past, int[] blocks, int slot, string message)
    {
        var batch = new Batch();
        TinyModel.Add(batch, tokens, past, blocks, slot);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => runner.Run(batch).ToArray()).Message);
    }

    private static float[] Alone(int[] tokens)
    {
        using var runner = TinyModel.Runner();
        var batch = new Batch();
        TinyModel.Add(batch, tokens, 0, [0, 1, 2], slot: 0);
        return runner.Run(batch).ToArray();
    }

    private static float[] Rows(float[] logits, int first, int count) =>
        logits[(first * TinyModel.Vocabulary)..((first + count) * TinyModel.Vocabulary)];

    /// <summary>Equal but for the rounding of f64 sums of other shapes, seen through f32.</summary>
    private static void AssertRows(float[] expected, float[] actual) => Hone.TestKit.Near.Equal(expected, actual, 1e-7, "logits");
}
