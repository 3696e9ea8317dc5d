#!/usr/bin/env bash
# caveat beside other tools, on the same files in the same minutes: times, ratios, memory, growth.
#
#   benches/compare.sh           prints the tables
#   benches/compare.sh --write   puts them into docs/performance.md
#
# Everything is made up from a seed below target/compare. FILES, SMALL, BIG (bytes), WORST (bytes) and
# RUNS make it smaller. What is not installed is named as skipped; TYPOS may name the program.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

files=${FILES:-20000} small=${SMALL:-1000000} big=${BIG:-200000000} worst=${WORST:-100000000} runs=${RUNS:-5}
typos=${TYPOS:-typos}
here=target/compare
caveat=target/release/caveat
portion='\((U|SBU|C|S|TS)(//?[A-Z/ ,-]+)?\)'
mkdir -p "$here"

[ -n "${BUILT:-}" ] || cargo build --release --locked --bin caveat --example generate
generate=target/release/examples/generate

# corpus NAME ARGUMENTS: makes a corpus once.
corpus() {
    local name=$1
    shift
    [ -e "$here/$name.made" ] && return
    rm -rf "${here:?}/$name"
    "$generate" --out "$here/$name" "$@"
    touch "$here/$name.made"
}

# once SECONDS_FILE MEMORY_FILE COMMAND: runs it and notes how long it took and how much it held.
once() {
    local seconds=$1 memory=$2
    shift 2
    command time -f '%e %M' -o "$here/once" "$@" >/dev/null 2>"$here/said" || true
    tail -n 1 "$here/once" | { read -r took held && echo "$took" >>"$seconds" && echo "$held" >>"$memory"; }
}

median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'; }

megabytes() { find "$1" -type f -name '*.txt' -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum / 1e6 }'; }

# Tools by number: what each is called, and how it is run over a path.
names=('caveat' 'caveat, one thread' 'rg, one regex for portion marks' 'typos' 'wc -w' 'cat')
run() {
    local tool=$1 path=$2 seconds=$3 memory=$4
    case $tool in
    0) once "$seconds" "$memory" "$caveat" check --isolated --no-progress --output-format concise "$path" ;;
    1) once "$seconds" "$memory" "$caveat" check --isolated --no-progress --output-format concise --threads 1 "$path" ;;
    2) once "$seconds" "$memory" rg -c "$portion" "$path" ;;
    3) once "$seconds" "$memory" "$typos" "$path" ;;
    4) once "$seconds" "$memory" find "$path" -name '*.txt' -exec wc -w {} + ;;
    5) once "$seconds" "$memory" find "$path" -name '*.txt' -exec cat {} + ;;
    esac
}

present() {
    case $1 in
    2) command -v rg >/dev/null ;;
    3) command -v "$typos" >/dev/null ;;
    *) true ;;
    esac
}

# compare TITLE PATH: every tool in turn, as often as asked, so that all meet the same minutes.
compare() {
    local title=$1 path=$2
    rm -f "$here"/seconds.* "$here"/memory.*
    for round in $(seq 0 "$runs"); do
        for tool in "${!names[@]}"; do
            present "$tool" || continue
            # The first round only fills the cache.
            if [ "$round" = 0 ]; then
                run "$tool" "$path" "$here/warm" "$here/warm"
            else
                run "$tool" "$path" "$here/seconds.$tool" "$here/memory.$tool"
            fi
        done
    done
    local bytes base
    bytes=$(megabytes "$path")
    printf '\n**%s**, %s MB, median of %s:\n\n' "$title" "$bytes" "$runs"
    printf '| tool | seconds | MB/s | times ripgrep | peak memory, MB |\n|---|---:|---:|---:|---:|\n'
    base=$(present 2 && median "$here/seconds.2" || echo 0)
    for tool in "${!names[@]}"; do
        if ! present "$tool"; then
            printf '| %s | skipped: not installed | | | |\n' "${names[$tool]}"
            continue
        fi
        awk -v name="${names[$tool]}" -v took="$(median "$here/seconds.$tool")" -v base="$base" -v bytes="$bytes" \
            -v held="$(median "$here/memory.$tool")" 'BEGIN {
                ratio = base > 0 ? sprintf("%.1f", took / base) : ""
                rate = took > 0 ? sprintf("%.0f", bytes / took) : ""
                printf "| %s | %.2f | %s | %s | %.0f |\n", name, took, rate, ratio, held / 1000 }'
    done
}

# Head of a telegram, so that what follows is read as its text.
head_of_telegram() {
    printf 'R 021130Z FEB 09\nFM AMEMBASSY ZENDA\nTO RUEHC/SECSTATE WASHDC\nBT\nCONFIDENTIAL ZENDA 000101\n\n'
    printf 'E.O. 12958: DECL: 02/02/2019\nTAGS: PREL\nSUBJECT: HARVEST\n\n1. (C) '
}

# worst_case NUMBER BYTES: text that would be slow if anything looked at it more than once.
worst_case() {
    case $1 in
    0) tr '\n' ' ' <"$here/one/joined.txt" ;;
    1) yes '(' | tr -d '\n' ;;
    2) yes '/' | tr -d '\n' ;;
    3) seq 2 100000000 | sed 's/$/. (C) Rain fell.\n/' ;;
    4) seq 2 100000000 | sed 's/$/. (C) Rain fell./' | tr '\n' ' ' ;;
    5) yes 'the ferry left the quay at dawn' | tr '\n' ' ' ;;
    6) yes 'CLASSIFIED BY' ;;
    esac 2>/dev/null | head -c "$2" || true
}
cases=('no newline at all' 'only opening brackets' 'only slashes' 'a million portions, each a paragraph'
    'portions on one line' 'one line of words' 'one phrase again and again')

growth() {
    printf '\n**Worst cases**, as the text of a telegram and alone: seconds for a quarter and the whole of %s MB (portions: as many as fit), and the exponent of growth between them (1 is in proportion):\n\n' \
        "$((worst / 1000000))"
    printf '| case | quarter | whole | exponent | alone, whole | peak memory, times the file |\n|---|---:|---:|---:|---:|---:|\n'
    local least=3
    [ "$runs" -lt "$least" ] && least=$runs
    for number in "${!cases[@]}"; do
        rm -f "$here"/seconds.* "$here"/memory.*
        for bytes in $((worst / 4)) "$worst"; do
            { head_of_telegram; worst_case "$number" "$bytes"; } >"$here/worst.txt"
            for _ in $(seq "$least"); do
                once "$here/seconds.$bytes" "$here/memory.$bytes" timeout 120 "$caveat" check --isolated --no-progress --output-format concise "$here/worst.txt"
            done
        done
        worst_case "$number" "$worst" >"$here/worst.txt"
        once "$here/seconds.alone" "$here/memory.alone" timeout 120 "$caveat" check --isolated --no-progress --output-format concise "$here/worst.txt"
        awk -v name="${cases[$number]}" -v quarter="$(median "$here/seconds.$((worst / 4))")" -v whole="$(median "$here/seconds.$worst")" \
            -v alone="$(median "$here/seconds.alone")" -v held="$(median "$here/memory.$worst")" -v bytes="$worst" 'BEGIN {
                exponent = quarter > 0 && whole > 0 ? sprintf("%.2f", log(whole / quarter) / log(4)) : ""
                printf "| %s | %.2f | %.2f | %s | %.2f | %.1f |\n", name, quarter, whole, exponent, alone, held * 1000 / bytes }'
    done
    rm -f "$here/worst.txt"
}

report() {
    printf 'Made by `benches/compare.sh` on %s, %s processors, load %s at the start.\n' \
        "$(date -u +%F)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
    corpus telegrams --kind telegrams --files "$files"
    compare "$files telegrams" "$here/telegrams"
    corpus documents --kind documents --files "$files"
    compare "$files marked documents" "$here/documents"
    corpus one --one-file "$big"
    compare 'One file' "$here/one"
    # One draft alone: what loading costs.
    mkdir -p "$here/single"
    cp "$here/telegrams/0000/0000001.txt" "$here/single/draft.txt"
    compare 'One draft' "$here/single"
    corpus small --kind short --files "$small"
    compare "$small short drafts" "$here/small"
    growth
}

report | tee "$here/report.md"
if [ "${1:-}" = --write ]; then
    awk -v report="$here/report.md" '
        /<!-- end of figures -->/ { skip = 0 }
        !skip { print }
        /<!-- figures -->/ { skip = 1; print ""; while ((getline line < report) > 0) print line; print "" }
    ' docs/performance.md >"$here/performance.md"
    cp "$here/performance.md" docs/performance.md
fi
