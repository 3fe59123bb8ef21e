using BenchmarkDotNet.Running;
using Hone.Benchmarks.Kernels;
using Hone.Benchmarks.Peer;
using Hone.Benchmarks.Tokenizers;
using Hone.Models.Weights.Formats;

switch (args.FirstOrDefault())
{
    case "shapes": // matrix products of SmolLM2-135M: shapes FORMAT HEAD-FORMAT THREADS M…
        ShapesRun.Print(Enum.Parse<NumberFormat>(args[1]), Enum.Parse<NumberFormat>(args[2]), int.Parse(args[3]), [.. args[4..].Select(int.Parse)]);
        return 0;
    case "kernels": // BenchmarkDotNet: kernels [--filter *Product*] …
        BenchmarkSwitcher.FromAssembly(typeof(ShapesRun).Assembly).Run(args[1..]);
        return 0;
    case "tokenizers": // encoding beside the Rust library: tokenizers [NAME…]
        return TokenizerThroughput.Run(args[1..]);
    case "llama": // llama.cpp on the work of `hone bench`: llama --help
        return LlamaCommand.Create().Parse(args[1..]).Invoke();
    case "compare": // Hone and llama.cpp in turn (compare.sh): compare --help
        return await CompareCommand.Create().Parse(args[1..]).InvokeAsync();
    default:
        Console.Error.WriteLine("shapes FORMAT HEAD-FORMAT THREADS ROWS… | kernels [BenchmarkDotNet's arguments] | tokenizers [NAME…] | llama --model GGUF … | compare --hone PROGRAM --model GGUF …");
        return 1;
}
