#!/usr/bin/env bash
# check.sh proves the whole project and says so in its last line.
#
#   ./check.sh         everything: style, build, tests on both engines, fuzzing,
#                      the pages in a real browser
#   ./check.sh quick   style, build and the tests that need neither PostgreSQL
#                      nor a browser
#   ./check.sh figures   how long the newsroom's lists take with 100,000 articles, and a
#                      key in an article of 10,000 words; best in quiet
#   ./check.sh pictures [DIR]   pictures of every kind of page, at 360, 768 and
#                      1440 px, light and dark, in English and in Arabic, to be
#                      looked at; into DIR, else into the folder pictures
#
# What its tests need from Debian and npm it installs itself where it is root;
# elsewhere it names what is missing in one line and fails. The PostgreSQL it
# tests on is its own: in a temporary folder, on a loopback port, run by a user
# that is not root, and stopped when the script ends, however it ends.
set -uo pipefail
cd "$(dirname "$0")"

staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
govulncheck=golang.org/x/vuln/cmd/govulncheck@v1.9.0

mode=${1:-all}
case $mode in all | quick | figures | pictures) ;; *) echo "usage: ./check.sh [quick | figures | pictures [DIR]]" >&2; exit 2 ;; esac

work=$(mktemp -d "${TMPDIR:-/tmp}/broadsheet-check.XXXXXX")
passed=0 failed=0 failures=()
database=""

# step NAME COMMAND... runs one proof, and shows what it said only if it failed.
step() {
	local name=$1 begin=$SECONDS
	shift
	if "$@" >"$work/log" 2>&1; then
		passed=$((passed + 1))
		printf 'ok    %-44s %4ds\n' "$name" $((SECONDS - begin))
	else
		failed=$((failed + 1))
		failures+=("$name")
		printf 'FAIL  %-44s %4ds\n' "$name" $((SECONDS - begin))
		sed 's/^/      /' "$work/log" | tail -n 200
	fi
}

finish() {
	stop_database
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# ---------------------------------------------------------------- what is needed

need() {
	missing=()
	command -v go >/dev/null || { echo "missing: Go 1.26 (https://go.dev/dl/)"; exit 1; }
	[ "$mode" = quick ] && return
	local packages=()
	postgres_folder >/dev/null || packages+=(postgresql)
	command -v chromium >/dev/null || packages+=(chromium)
	command -v java >/dev/null || packages+=(default-jre-headless)
	command -v npm >/dev/null || packages+=(npm)
	# Headline scripts beyond Latin must have glyphs in the pictures that tests take.
	[ -e /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf ] || packages+=(fonts-noto-core)
	if [ ${#packages[@]} -gt 0 ]; then
		if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
			step "install ${packages[*]}" install_packages "${packages[@]}"
		else
			missing+=("${packages[@]}")
		fi
	fi
	if command -v npm >/dev/null; then
		step "install the page checkers" npm ci --prefix scripts --no-audit --no-fund --loglevel=error
		step "install the editor's libraries" npm ci --prefix scripts/bundle --no-audit --no-fund --loglevel=error
	fi
	if [ ${#missing[@]} -gt 0 ]; then
		echo "missing: ${missing[*]} (on Debian: apt-get install ${missing[*]})"
		exit 1
	fi
}

install_packages() {
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq || true
	apt-get install -y -qq --no-install-recommends "$@"
}

# ------------------------------------------------------------ a private PostgreSQL

postgres_folder() {
	local folder
	for folder in /usr/lib/postgresql/*/bin; do
		[ -x "$folder/initdb" ] && { echo "$folder"; return; }
	done
	folder=$(dirname "$(command -v initdb)" 2>/dev/null) && [ -x "$folder/initdb" ] && echo "$folder"
}

# as_nobody runs a command as a user that is not root, which PostgreSQL insists on.
as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid nobody --regid nogroup --clear-groups env HOME="$work/pg" "$@"
	else
		"$@"
	fi
}

start_database() {
	local bin port
	bin=$(postgres_folder) || { echo "no PostgreSQL found"; return 1; }
	chmod 755 "$work"
	mkdir -p "$work/pg"
	[ "$(id -u)" = 0 ] && chown nobody:nogroup "$work/pg"
	as_nobody "$bin/initdb" -D "$work/pg/data" -E UTF8 --locale=C -U postgres -A trust || return 1
	# A free port may be taken between asking and using it, so ask again.
	for _ in 1 2 3 4 5; do
		port=$(go run ./scripts/freeport)
		if as_nobody "$bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w -t 30 \
			-o "-p $port -c listen_addresses=127.0.0.1 -k $work/pg -c fsync=off -c max_connections=200" start; then
			database=$bin
			echo "postgres://postgres@127.0.0.1:$port/postgres" >"$work/database"
			return 0
		fi
	done
	cat "$work/pg/log"
	return 1
}

stop_database() {
	[ -n "$database" ] && as_nobody "$database/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1
	database=""
}

# -------------------------------------------------------------------- the proofs

formatted() {
	local files
	files=$(gofmt -l cmd internal themes e2e scripts bench) || return 1
	[ -z "$files" ] || { echo "gofmt: $files"; return 1; }
}

static_binary() {
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/broadsheet" ./cmd/broadsheet || return 1
	"$work/broadsheet" version
	! { command -v readelf >/dev/null && readelf -l "$work/broadsheet" | grep -q INTERP; }
}

# race tests once more, with the race detector, where there are goroutines; what
# only computes is left out, since it takes ten times as long.
race() {
	grep -rlE '\bgo func|\.Go\(|"sync("|/)' --include='*.go' internal cmd | xargs -n1 dirname | sort -u | sed 's,^,./,' | xargs go test -race -short -timeout 40m
}

# fuzz PACKAGE TARGET: a short run that finds what a change has just broken.
# Before Go 1.27 a worker that is busy when the time is up is told as "context
# deadline exceeded" (go.dev/issue/75804); that is no finding, and tried again.
fuzz() {
	local said
	for _ in 1 2 3; do
		said=$(go test "$1" -run '^$' -fuzz "^$2\$" -fuzztime 5s -fuzzminimizetime 5x -parallel 2 2>&1) && return 0
		echo "$said"
		[[ $said == *"context deadline exceeded"* && $said != *"Failing input"* ]] || return 1
	done
	return 1
}

fuzz_all() {
	local file package target
	grep -rl --include='*_test.go' '^func Fuzz' internal cmd | while read -r file; do
		package=./$(dirname "$file")
		sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | while read -r target; do
			echo "$package $target"
		done
	done | sort -u >"$work/fuzz"
	while read -r package target; do
		step "fuzz $(basename "$package") $target" fuzz "$package" "$target"
	done <"$work/fuzz"
}

# bundled makes the editor's scripts once more and compares: what is committed is
# what the packages and our sources make.
bundled() {
	go -C scripts/bundle mod tidy -diff && go -C scripts/bundle vet . && go -C scripts/bundle run . -check
}

# figures prints what was promised in milliseconds: on a machine that also does other
# work they prove nothing, and so they are no part of the check.
figures() {
	go run ./bench lists -articles 100000 | grep '^slowest' &&
		go run ./bench editor | sed -n 's/^BenchmarkTypingInALongArticle[^\t]*\t *[0-9]*\t */typing in 10,000 words: /p' | tr -s '\t ' ' '
}

vulnerabilities() {
	go run "$govulncheck" ./...
}

need
if [ "$mode" = figures ]; then
	figures
	exit
fi
if [ "$mode" = pictures ]; then
	mkdir -p "${2:-pictures}" && E2E_SHOTS=$(cd "${2:-pictures}" && pwd) && export E2E_SHOTS
	step "pictures into ${2:-pictures}" go test -tags e2e -timeout 60m -run '^TestPages$' ./e2e
	echo "$passed passed, $failed failed"
	exit $((failed > 0))
fi
step "gofmt" formatted
step "go vet" go vet ./...
step "go vet (browser tests)" go vet -tags e2e ./e2e
step "staticcheck" go run "$staticcheck" -tags e2e ./...
step "go.mod is tidy" go mod tidy -diff
step "one static binary" static_binary

if [ "$mode" = quick ]; then
	step "tests on SQLite" env -u CI go test ./...
else
	step "private PostgreSQL starts" start_database
	BROADSHEET_TEST_POSTGRES=$(cat "$work/database" 2>/dev/null)
	export BROADSHEET_TEST_POSTGRES CI=true
	step "tests on both engines" go test -timeout 20m ./...
	step "tests with the race detector" race
	step "the editor's scripts are made of their sources" bundled
	step "pages in a browser" go test -tags e2e -timeout 40m ./e2e
	[ -f "$work/log" ] && grep -E 'looks different|has no fingerprint' "$work/log"
	fuzz_all
	# The list of known holes is on the network; without it there is nothing to compare with.
	if curl -sfI -m 10 https://vuln.go.dev/index/modules.json.gz >/dev/null 2>&1; then
		step "no known vulnerability" vulnerabilities
	else
		echo "note  vuln.go.dev is out of reach: known vulnerabilities were not checked"
	fi
fi

if [ -f "$work/broadsheet" ]; then
	echo "size  binary $(du -h --apparent-size "$work/broadsheet" | cut -f1), Go $(git ls-files '*.go' | grep -v _test.go | xargs cat | wc -l) lines, tests $(git ls-files '*_test.go' | xargs cat | wc -l) lines"
fi
[ $failed -gt 0 ] && printf 'failed: %s\n' "${failures[@]}"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
