#!/usr/bin/env python3
"""Writes the character tables beside this file. Needs Perl with Unicode::UCD and Python's unicodedata, both of Unicode 14 or later.

usage: make-tables.py UNICODE_JSON_GZ   (the reference library's own classes, as ranges; see the tokenizer goldens)

decompositions.txt  CODE=A B canonical, CODE!A B canonical but never composed again, CODE~A B compatibility; one level each
combining.txt       FIRST-LAST CLASS, canonical combining classes other than 0
classes.txt         NAME ranges, the reference library's sets that no current Unicode table gives
scripts.txt         SCRIPT ranges
"""
import gzip, json, subprocess, sys, unicodedata as u

reference = json.load(gzip.open(sys.argv[1]))
unknown = {int(c, 16) for c in reference["normalization_differences"]["NFKD"]}
unknown_marks = {c for a, b in reference["combining_marks_unknown_to_the_library"] for c in range(a, b + 1)}
hexes = lambda codes: " ".join("%X" % c for c in codes)
spans = lambda pairs: " ".join("%X" % a if a == b else "%X-%X" % (a, b) for a, b in pairs)

with open("decompositions.txt", "w") as out:
    for c in range(0x110000):
        raw = u.decomposition(chr(c))
        if not raw or c in unknown:
            continue
        compat = raw.startswith("<")
        parts = [int(p, 16) for p in raw.split()[1 if compat else 0:]]
        sign = "~" if compat else "=" if u.normalize("NFC", chr(c)) == chr(c) and len(parts) == 2 else "!"
        out.write("%X%s%s\n" % (c, sign, hexes(parts)))

def runs(values):
    out = []
    for c, v in values:
        if out and out[-1][1] == c - 1 and out[-1][2] == v:
            out[-1][1] = c
        else:
            out.append([c, c, v])
    return out

with open("combining.txt", "w") as out:
    classes = ((c, u.combining(chr(c))) for c in range(0x110000))
    for a, b, v in runs((c, v) for c, v in classes if v and c not in unknown_marks):
        out.write("%s %d\n" % (spans([(a, b)]), v))

with open("classes.txt", "w") as out:
    for name in ("Punctuation", "StripAccents_removed", "BertNormalizer_clean_text_removed"):
        out.write("%s %s\n" % (name, spans(reference["library_sets"][name])))
    # The reference library's marks for BERT come from a table of Unicode 8.
    perl = r'for (0..0xE0FFF) { print "$_\n" if chr =~ /\p{Mn}/ && chr =~ /\p{Present_In: 8.0}/ }'
    codes = map(int, subprocess.run(["perl", "-e", perl], capture_output=True, text=True, check=True).stdout.split())
    out.write("BertNormalizer_marks %s\n" % spans([(a, b) for a, b, _ in runs((c, 0) for c in codes)]))

# Unicode 12.1: the version of the reference library's script table.
perl = r'''use Unicode::UCD qw(charscripts); my $s = charscripts();
for my $name (sort keys %$s) { for my $r (@{$s->{$name}}) { for my $c ($r->[0]..$r->[1]) {
  print "$name $c\n" if chr($c) =~ /\p{Present_In: 12.1}/ } } }'''
scripts = {}
for line in subprocess.run(["perl", "-e", perl], capture_output=True, text=True, check=True).stdout.splitlines():
    name, code = line.split()
    scripts.setdefault(name, []).append(int(code))
with open("scripts.txt", "w") as out:
    for name, codes in sorted(scripts.items()):
        if name != "Unknown":
            out.write("%s %s\n" % (name, spans([(a, b) for a, b, _ in runs((c, 0) for c in sorted(codes))])))
