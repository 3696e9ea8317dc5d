#!/usr/bin/env bash
# Makes the first inputs of each fuzz target from the fixtures: fuzz/seeds/<target>/.
#
# Everything comes from files of this repository, so that an input can be kept without a second look. The
# first byte of most inputs chooses a way to read the rest; see the body of the target.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf fuzz/seeds
python3 - << 'PYTHON'
import hashlib, json, re
from pathlib import Path

OUT = Path("fuzz/seeds")


def put(target, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def files(*patterns):
    for pattern in patterns:
        yield from sorted(path for path in Path(".").glob(pattern) if path.is_file())


def drafts_of(fixture):
    """The drafts of a literate fixture: lines that begin with `| `."""
    for block in re.findall(r"```draft.*?\n(.*?)```", fixture, re.S):
        yield "".join(
            line[2:] + "\n" for line in (block + "\n").split("\n") if line[:1] == "|"
        )


telegrams = [path.read_bytes() for path in files("examples/telegrams/*", "tests/telegrams*/*")]
documents = [path.read_bytes() for path in files("tests/documents/*", "examples/house/**/*.txt")]
for path in files("tests/rules/**/*.md"):
    for draft in drafts_of(path.read_text()):
        (documents if "/us/" in str(path) else telegrams).append(draft.encode())

for number, data in enumerate(telegrams + documents):
    ways = bytes([number % 15])
    put("decoding", ways + data[:2000])
    text = data.decode("utf-8", "ignore")
    put("decoding", bytes([0]) + text[:600].encode("utf-16"))
    put("decoding", bytes([0]) + text[:600].encode("cp1252", "ignore"))
    put("lexer", data[:3000])
    put("fixes", bytes([0]) + data[:3000])
    put("fixes", bytes([1, number % 12]) + bytes(range(72)) + data[:300])
    put("lsp", bytes([number % 3]) + data[:1500] + bytes([0, 9, 4, 3]) + b"(S)" + bytes([90, 8, 205, 200, 3, 211]))
for number, data in enumerate(telegrams):
    put("telegram", bytes([number % 4]) + data[:4000])
for number, data in enumerate(documents):
    put("document", bytes([number % 8]) + data[:4000])

# Markings as they stand in drafts and tests, ten a file.
marks = set()
for path in files("tests/**/*.rs", "tests/**/*.md", "tests/**/*.toml", "tests/documents/*"):
    text = path.read_text("utf-8", "ignore")
    marks.update(re.findall(r"\(([A-Z][A-Z/ ,.-]{0,40})\)", text))
    marks.update(re.findall(r'"((?://)?[A-Z][A-Z0-9/ ,-]{1,60})"', text))
marks = sorted(marks)
for start in range(0, len(marks), 10):
    for way in range(6):
        scheme = (start // 10) % 6
        put("marking", bytes([6 * scheme + way]) + "\n".join(marks[start : start + 10]).encode())

# Rules one by one, and whole files of words and schemes.
for path in files("rules/**/*.toml", "tests/packs/**/*.toml", "examples/house/**/*.toml"):
    text = path.read_text()
    for table in re.split(r"(?m)^(?=\[\[(?:rule|term)\]\])", text):
        if table.startswith("[[rule]]"):
            put("rule_files", table[:4000].encode())
    if "[vocabulary]" in text or "tests/packs" in str(path):
        put("rule_files", text[:3000].encode())
for path in files("tests/schemes/**/*.toml", "tests/packs/**/*.toml", "rules/us/*.toml"):
    put("scheme_files", path.read_bytes()[:9500])
ferry = [path.read_text() for path in files("tests/schemes/ferry-board/*.toml")]
put("scheme_files", "\n#---\n".join(ferry).encode())

rule = '[[rule]]\nname = "one"\nseverity = "advice"\ncheck = { length = { what = "line", most = 9 } }\nmessage = "long"\nauthority = [{ document = "a" }]\n'
for path in files("tests/cli/**/*.toml", "examples/**/caveat.toml", "tests/packs/**/*.toml"):
    text = path.read_text()
    put("config", bytes([7]) + text[:3000].encode())
    parts = [text[:2000], 'pedantic = true\n', rule, '{"version": 1, "findings": []}']
    put("config", bytes([9]) + "\n#---\n".join(parts).encode())
with_all = 'extend = "other.toml"\npacks = ["pack"]\nbaseline = "caveat-baseline.json"\n'
put("config", bytes([3]) + "\n#---\n".join([with_all, 'pedantic = true\n', rule, '{}']).encode())

# Messages, one a line.
uri = "file:///drafts/a.txt"
document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": telegrams[0].decode("utf-8", "ignore")[:900]}
place = {"line": 3, "character": 2}
stretch = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 4}}
about = {"textDocument": {"uri": uri}, "position": place, "range": stretch, "context": {"diagnostics": []},
         "options": {"tabSize": 4, "insertSpaces": True}}
asked = ["hover", "completion", "codeAction", "diagnostic", "formatting", "rangeFormatting", "documentSymbol",
         "foldingRange", "semanticTokens/full", "documentColor", "inlayHint", "codeLens"]
told = [
    {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}},
    {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": uri, "version": 2},
     "contentChanges": [{"range": stretch, "text": "(S) "}, {"text": "SECRET\n\n(C) No.\n\nSECRET\n"}]}},
    {"jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": "file:///drafts/caveat.toml", "type": 2}]}},
    {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}},
    {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 3}},
]
for number, method in enumerate(asked):
    own = {"jsonrpc": "2.0", "id": number, "method": "textDocument/" + method, "params": about}
    lines = [told[0], own, told[1], own, told[number % 5]]
    put("lsp", bytes([64 + number % 3]) + "\n".join(json.dumps(line) for line in lines).encode())
explain = {"jsonrpc": "2.0", "id": 5, "method": "workspace/executeCommand",
           "params": {"command": "caveat.explain", "arguments": ["telegram/tag-unknown", uri]}}
put("lsp", bytes([66]) + "\n".join(json.dumps(line) for line in [told[0], explain]).encode())
PYTHON
for folder in fuzz/seeds/*; do
  printf '%s: %s inputs\n' "${folder##*/}" "$(find "$folder" -type f | wc -l)"
done
