using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Hone.Torch;

namespace Hone.Unit.Torch;

/// <summary>
/// TorchSharp frees temporary Scalars by finalizer while native code may be reading them (see <see cref="Hone.Torch.Ops.Arithmetic"/>):
/// the torch backend must not refer to any member that makes one.
/// </summary>
public class ScalarLifetimeTests
{
    private static readonly string[] MakeTemporaries = ["op_Addition", "square", "pow", "softplus", "arange", "full", "norm", "add_", "sub_", "addmm_"];

    [Fact]
    public void The_torch_backend_makes_no_temporary_scalars()
    {
        using var file = File.OpenRead(typeof(TorchRunner).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var found = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name);
            var name = metadata.GetString(member.Name);
            if (type is "Tensor" or "torch" or "functional" && (MakeTemporaries.Contains(name) || name == "add" && Parameters(metadata, member) == 1))
                found.Add($"{type}.{name}");
            if (type == "Scalar" && name == "op_Implicit")
                found.Add("a number turned into a Scalar");
        }
        Assert.Empty(found);
    }

    private static int Parameters(MetadataReader metadata, MemberReference member)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }
}
