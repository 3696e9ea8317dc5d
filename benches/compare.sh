#!/usr/bin/env bash
# caveat beside other tools, on the same files in the same minutes: times, ratios, memory, growth.
#
#   benches/compare.sh           prints the tables
#   benches/compare.sh --write   puts them into docs/performance.md
#
# Everything is made up from a seed below target/compare. On two processors at rest it takes about ten minutes,
# most of them for typos on documents. FILES, SMALL, BIG (bytes), WORST (bytes) and RUNS change its size:
# SMALL=1000000 makes a million small files, for which there must be room for 5 GB. BENCH= leaves out what
# `cargo bench` measures in memory. What is not installed is named as skipped; TYPOS may name the program.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

files=${FILES:-20000} small=${SMALL:-100000} big=${BIG:-200000000} worst=${WORST:-100000000} runs=${RUNS:-3}
bench=${BENCH-yes} typos=${TYPOS:-typos}
here=target/compare
caveat=target/release/caveat
portion='\((U|SBU|C|S|TS)(//?[A-Z/ ,-]+)?\)'
# Longest that one command may take, in seconds; what takes longer is named so.
longest=120
mkdir -p "$here"
rm -f "$here"/figure.*

[ -n "${BUILT:-}" ] || cargo build --release --locked --bin caveat --example generate
generate=target/release/examples/generate

# corpus NAME ARGUMENTS: makes a corpus once for each set of arguments.
corpus() {
    local name=$1
    shift
    [ "$(cat "$here/$name.made" 2>/dev/null)" = "$*" ] && return
    rm -rf "${here:?}/$name"
    "$generate" --out "$here/$name" "$@"
    echo "$*" >"$here/$name.made"
}

# once SECONDS_FILE MEMORY_FILE COMMAND: runs it and notes how long it took and how much it held.
once() {
    local seconds=$1 memory=$2
    shift 2
    command time -f '%e %M' -o "$here/once" timeout "$longest" "$@" >/dev/null 2>"$here/said" || true
    tail -n 1 "$here/once" | { read -r took held && echo "$took" >>"$seconds" && echo "$held" >>"$memory"; }
}

median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'; }

megabytes() { find "$1" -type f -name '*.txt' -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1e6 }'; }

# figure NAME VALUE: keeps a value for the table of targets.
figure() { echo "$2" >"$here/figure.$1"; }
kept() { cat "$here/figure.$1" 2>/dev/null || echo ''; }

check=("$caveat" check --isolated --no-progress --output-format concise)

# Tools by number: what each is called, and how it is run over a path.
names=('caveat' 'caveat, one thread' 'rg, one regex for portion marks' 'typos' 'wc -w' 'cat')
run() {
    local tool=$1 path=$2 seconds=$3 memory=$4
    case $tool in
    0) once "$seconds" "$memory" "${check[@]}" "$path" ;;
    1) once "$seconds" "$memory" "${check[@]}" --threads 1 "$path" ;;
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

# compare NAME TITLE PATH: every tool in turn, as often as asked, so that all meet the same minutes.
compare() {
    local name=$1 title=$2 path=$3
    rm -f "$here"/seconds.* "$here"/memory.*
    for round in $(seq 0 "$runs"); do
        for tool in "${!names[@]}"; do
            present "$tool" || continue
            # The first round only fills the cache, and reading once does that.
            if [ "$round" = 0 ]; then
                [ "$tool" = 3 ] || run "$tool" "$path" "$here/warm" "$here/warm"
            else
                run "$tool" "$path" "$here/seconds.$tool" "$here/memory.$tool"
            fi
        done
    done
    local bytes base took held
    bytes=$(megabytes "$path")
    printf '\n**%s**, %s MB, median of %s:\n\n' "$title" "$bytes" "$runs"
    printf '| tool | seconds | MB/s | times ripgrep | peak memory, MB |\n|---|---:|---:|---:|---:|\n'
    base=$(present 2 && median "$here/seconds.2" || echo 0)
    for tool in "${!names[@]}"; do
        if ! present "$tool"; then
            printf '| %s | skipped: not installed | | | |\n' "${names[$tool]}"
            continue
        fi
        took=$(median "$here/seconds.$tool") held=$(median "$here/memory.$tool")
        awk -v name="${names[$tool]}" -v took="$took" -v base="$base" -v bytes="$bytes" -v held="$held" \
            -v longest="$longest" 'BEGIN {
                ratio = base > 0 ? sprintf("%.1f", took / base) : ""
                rate = took > 0 ? sprintf("%.0f", bytes / took) : ""
                if (took >= longest) { name = name " (broken off)"; rate = ratio = "" }
                printf "| %s | %.2f | %s | %s | %.0f |\n", name, took, rate, ratio, held / 1000 }'
        figure "$name.$tool" "$took $held"
    done
    figure "$name.bytes" "$bytes"
    printf '\nTwo threads are %s times as fast as one.\n' "$(threads "$name")"
}

# threads NAME: how many times as long one thread takes.
threads() { echo "$(kept "$1.0") $(kept "$1.1")" | awk '{ if ($1 > 0) printf "%.1f", $3 / $1; else printf "?" }'; }

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
    3) seq 2 100000000 | awk '{ printf "%d. (C) Rain fell.\n\n", $1 % 900 + 1 }' ;; # a number of four digits is none of a paragraph
    4) seq 2 100000000 | sed 's/$/. (C) Rain fell./' | tr '\n' ' ' ;;
    5) yes 'the ferry left the quay at dawn' | tr '\n' ' ' ;;
    6) yes 'CLASSIFIED BY' ;;
    7) yes 'COMMENT:' ;;
    8) yes 'CONFIDENTIAL' ;;
    9) yes 'SUBJECT: (C) RAIN' ;;
    esac 2>/dev/null | head -c "$2" || true
}
cases=('no newline at all' 'only opening brackets' 'only slashes' 'a million portions, each a paragraph'
    'portions on one line' 'one line of words' 'one phrase again and again' 'one heading again and again'
    'one level again and again' 'one subject again and again')

# case_once NUMBER BYTES HEAD NAME: examines a worst case, as the text of a telegram where HEAD is given.
case_once() {
    { ${3:+head_of_telegram}; worst_case "$1" "$2"; } >"$here/worst.txt"
    once "$here/seconds.$4" "$here/memory.$4" "${check[@]}" "$here/worst.txt"
}

growth() {
    local quarter=$((worst / 4)) most=0 least=2
    [ "$runs" -lt "$least" ] && least=$runs
    printf '\n**Worst cases**, as the text of a telegram and alone: seconds for a quarter and the whole of %s MB, and the exponent of growth between them (1 is in proportion, 2 with its square). Peak memory in times the file:\n\n' \
        "$((worst / 1000000))"
    printf '| case | quarter | whole | exponent | memory | alone, quarter | whole | exponent | memory |\n'
    printf '|---|---:|---:|---:|---:|---:|---:|---:|---:|\n'
    for number in "${!cases[@]}"; do
        rm -f "$here"/seconds.* "$here"/memory.*
        for _ in $(seq "$least"); do
            case_once "$number" "$quarter" yes in.quarter
            case_once "$number" "$worst" yes in.whole
            case_once "$number" "$quarter" '' alone.quarter
            case_once "$number" "$worst" '' alone.whole
        done
        printf '| %s |' "${cases[$number]}"
        for place in in alone; do
            awk -v quarter="$(median "$here/seconds.$place.quarter")" -v whole="$(median "$here/seconds.$place.whole")" \
                -v held="$(median "$here/memory.$place.whole")" -v bytes="$worst" -v longest="$longest" -v kept="$here/exponent" 'BEGIN {
                    exponent = quarter > 0 && whole > 0 ? sprintf("%.2f", log(whole / quarter) / log(4)) : ""
                    if (whole >= longest) exponent = "broken-off"
                    print exponent > kept
                    printf " %.2f | %.2f | %s | %.1f |", quarter, whole, exponent, held * 1000 / bytes }'
            most=$(echo "$most $(cat "$here/exponent")" | awk '{ print ($1 !~ /b/ && ($2 + 0 > $1 + 0 || $2 ~ /b/)) ? $2 : $1 }')
        done
        printf '\n'
    done
    figure growth "$most"
    rm -f "$here/worst.txt" "$here/exponent"
}

# in_memory: what `cargo bench` measures on one thread, the middle of its three figures.
in_memory() {
    [ -n "$bench" ] || return 0
    # A second run tells of the change since the first as well, in per cent.
    cargo bench --locked --bench speed -- 'check|marking' 2>/dev/null | grep -v '%' >"$here/bench" || return 0
    printf '\n**In memory, one thread**, by `cargo bench`:\n\n| what | time | in a second |\n|---|---:|---:|\n'
    awk '/^(check|marking)\// { name = $0; sub(/ *time:.*/, "", name) }
        /time:/ { time = $(NF - 3) " " $(NF - 2) }
        /thrpt:/ { printf "| %s | %s | %s %s |\n", name, time, $(NF - 3), $(NF - 2) }' "$here/bench"
    figure bench "$(awk '/^(check|marking)\// { name = $0; sub(/ *time:.*/, "", name) }
        /time:/ { time = $(NF - 3) " " $(NF - 2) }
        /thrpt:/ && name == "check/sound telegrams" { sound = $(NF - 3) " " $(NF - 2) }
        /thrpt:/ && name == "marking/parse and check" { parse = $(NF - 3) " " $(NF - 2) }
        name ~ /roll up/ { roll = time }
        END { print sound ";" parse " markings;" roll }' "$here/bench")"
}

# targets: each with the figure of this run.
targets() {
    local first rest bytes
    times() { echo "$(kept "$1.0") $(kept "$1.2")" | awk '{ if ($3 > 0) printf "%.1f times ripgrep", $1 / $3; else printf "no ripgrep" }'; }
    field() { kept "$1" | awk -v at="$2" '{ print $at }'; }
    bytes=$(kept one.bytes)
    printf '\n**Targets** and what this run shows of them:\n\n| target | shown |\n|---|---|\n'
    printf '| %s telegrams: the time of ripgrep, at first twice that | %s |\n' "$files" "$(times telegrams)"
    printf '| sound telegrams in memory, one thread: 400 MB/s | %s |\n' "$(kept bench | cut -d ';' -f 1)"
    printf '| a marking parsed and checked: 200 ns, which is 5 million a second | %s |\n' "$(kept bench | cut -d ';' -f 2)"
    printf '| 1,000 portions rolled up: 20 µs | %s |\n' "$(kept bench | cut -d ';' -f 3)"
    printf '| one draft of 6 KB, start to finish: 5 ms | %s ms |\n' "$(kept start)"
    printf '| peak memory on a tree of files: 60 MB | %s MB on %s files |\n' "$(field small.0 2 | awk '{ printf "%.0f", $1 / 1000 }')" "$small"
    printf '| peak memory on one large file: 2.5 times the file | %s times |\n' "$(field one.0 2 | awk -v bytes="$bytes" '{ printf "%.1f", $1 / 1000 / bytes }')"
    printf '| every worst case in proportion: exponent 1 | %s at most |\n' "$(kept growth)"
    printf '| two threads: 1.8 times one | %s times on telegrams |\n' "$(threads telegrams)"
}

# start: milliseconds of a run over one draft, the mean of fifty, as one is too short for the clock of `time`.
start() {
    local before after
    before=$(date +%s%N)
    for _ in $(seq 50); do "${check[@]}" "$here/single" >/dev/null 2>&1 || true; done
    after=$(date +%s%N)
    awk -v spent="$((after - before))" 'BEGIN { printf "%.1f", spent / 50 / 1e6 }'
}

report() {
    printf 'Made by `benches/compare.sh` on %s, %s processors, load %s at the start.\n' \
        "$(date -u +%F)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
    corpus telegrams --kind telegrams --files "$files"
    compare telegrams "$files telegrams" "$here/telegrams"
    corpus documents --kind documents --files "$files"
    compare documents "$files marked documents" "$here/documents"
    corpus one --one-file "$big"
    compare one 'One file' "$here/one"
    corpus small --kind short --files "$small"
    compare small "$small short drafts" "$here/small"
    mkdir -p "$here/single"
    cp "$here/telegrams/0000/0000001.txt" "$here/single/draft.txt"
    figure start "$(start)"
    printf '\n**One draft** of 6 KB, start to finish, with every pack loaded: %s ms, mean of 50.\n' "$(kept start)"
    growth
    in_memory
    targets
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
