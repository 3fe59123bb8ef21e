using Hone.Models.Weights;
using Hone.Models.Weights.Formats;
using Hone.Models.Weights.Safetensors;

namespace Hone.Unit.Models.Weights;

public class StoredTensorViewTests
{
    private readonly StoredTensor _tensor = TestFiles.Counting("t", [4, 2]);

    [Fact]
    public void A_tensor_can_have_another_name_and_shape()
    {
        var view = _tensor.As("u", 2, 2, 2);
        Assert.Equal("u", view.Name);
        Assert.Equal([2, 2, 2], view.Shape);
        Assert.Equal(_tensor.ReadAll(), view.ReadAll());
        Assert.Equal(_tensor.ReadAll(), _tensor.As("flat", 8).ReadAll());
        Assert.Equal([4, 5, 6, 7], _tensor.RowRange(2, 2).As("part", 4).ReadAll());
        Assert.Throws<ArgumentException>(() => _tensor.As("wrong", 3, 2));
    }

    [Fact]
    public void Rows_are_cut_and_ordered()
    {
        Assert.Equal([2, 3, 4, 5], _tensor.RowRange(1, 2).ReadAll());
        var ordered = _tensor.InOrder([3, 1, 2, 0]);
        Assert.Equal([6, 7, 2, 3, 4, 5, 0, 1], ordered.ReadAll());
        Assert.Equal([2, 3, 4, 5], ordered.RowRange(1, 2).ReadAll());
        Assert.Equal([0, 1, 6, 7], ordered.InOrder([3, 0]).ReadAll());
        Assert.Equal([2, 2], ordered.InOrder([3, 0]).Shape);
        Assert.Throws<ArgumentException>(() => _tensor.InOrder([4]));
    }

    [Fact]
    public void Rows_of_several_tensors_form_one()
    {
        var other = TestFiles.Counting("o", [2, 2], 10).InOrder([1, 0]);
        var both = StoredTensor.Concat("both", _tensor.RowRange(0, 2), other);
        Assert.Equal([4, 2], both.Shape);
        Assert.Equal([0, 1, 2, 3, 12, 13, 10, 11], both.ReadAll());
        Assert.Equal([12, 13, 0, 1], both.InOrder([2, 0]).ReadAll());
        Assert.Equal([2, 3, 12, 13], both.RowRange(1, 2).ReadAll());
        Assert.Throws<ArgumentException>(() => StoredTensor.Concat("uneven", _tensor, TestFiles.Counting("o", [2, 3])));
    }

    [Fact]
    public void Parts_of_different_formats_keep_theirs()
    {
        using var file = SafetensorsFile.Read("mixed", TestFiles.Safetensors(("a", "F32", [1, 2], new byte[8]), ("b", "BF16", [1, 2], [128, 63, 0, 64])));
        Assert.True(file.TryGet("a", out var a));
        Assert.True(file.TryGet("b", out var b));
        var mixed = StoredTensor.Concat("mixed", a, b);
        Assert.Equal(NumberFormat.Mixed, mixed.Format);
        Assert.Equal(NumberFormat.BF16, mixed.Row(1).Format);
        Assert.Equal([0, 0, 1, 2], mixed.ReadAll());
        Assert.Equal(12, mixed.ByteLength);
    }

    [Fact]
    public void The_last_two_dimensions_are_exchanged() =>
        Assert.Equal([0, 2, 1, 3, 4, 6, 5, 7], _tensor.As("pair", 2, 2, 2).Transpose().ReadAll());

    [Fact]
    public void Canonical_is_kept_by_views()
    {
        Assert.False(_tensor.IsCanonical);
        Assert.True(_tensor.AsCanonical().InOrder([0, 1]).RowRange(0, 1).As("v", 2).IsCanonical);
        Assert.False(StoredTensor.Concat("c", _tensor.AsCanonical(), _tensor).IsCanonical);
    }
}
