#!/usr/bin/env bash
# Builds Release, then measures Hone and llama.cpp in turn and prints the table of docs/performance.md.
# Takes minutes; run it with nothing else on the machine.
# compare.sh [GGUF] [--threads N] [--runs N] [--repeat N]; without a file the model in the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
model=deploy/models/SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf
if [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; then model=$1; shift; fi
dotnet build src/Server -c Release --verbosity quiet >&2
dotnet build tests/Benchmarks -c Release --verbosity quiet >&2
exec artifacts/bin/Benchmarks/release_linux-x64/Hone.Benchmarks compare --hone artifacts/bin/Server/release_linux-x64/hone --model "$model" "$@"
