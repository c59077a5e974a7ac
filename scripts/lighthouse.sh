#!/usr/bin/env bash
# lighthouse.sh measures the sample newspaper's front page and longest article
# with Lighthouse, as a phone sees them, and prints its scores. It exits with 1
# where one is below the goal: 95 for performance, 100 for each other group.
#
# What it needs it installs itself: Lighthouse from npm. Chromium and Go must be
# there (./check.sh installs Chromium).
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d "${TMPDIR:-/tmp}/broadsheet-lighthouse.XXXXXX")
server=""
finish() {
	[ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT

npm install --prefix "$work" --no-audit --no-fund --loglevel=error lighthouse@12.8.2 >/dev/null
go build -o "$work/broadsheet" ./cmd/broadsheet
"$work/broadsheet" demo -addr 127.0.0.1:0 -data "$work/paper" -log-level error >"$work/said" &
server=$!
for _ in $(seq 100); do grep -q http "$work/said" && break; sleep .2; done
address=$(grep -o 'http://[^ ]*' "$work/said" | head -n 1)
address=${address%/}
article=$(curl -sf "$address/" | grep -o 'href="/[^"]*/harbour-vote/"' | grep -v topic | head -n 1 | cut -d'"' -f2)

# The first visit makes nothing faster for the measured ones but the pictures'
# renditions, which a paper has made long before.
"$work/broadsheet" pictures renditions -data "$work/paper" >/dev/null 2>&1 || true

export CHROME_PATH=${CHROME_PATH:-$(command -v chromium)}
failed=0
for page in / "$article"; do
	"$work/node_modules/.bin/lighthouse" "$address$page" --quiet --output=json --output-path="$work/report.json" \
		--only-categories=performance,accessibility,best-practices,seo \
		--chrome-flags="--headless --no-sandbox --disable-gpu"
	node -e '
		const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
		const goal = { performance: 95 };
		let failed = 0;
		console.log(process.argv[2]);
		for (const c of Object.values(r.categories)) {
			const score = Math.round(c.score * 100), want = goal[c.id] ?? 100;
			console.log("  " + c.title.padEnd(16) + String(score).padStart(4) + (score < want ? "   goal " + want : ""));
			if (score < want) failed = 1;
			for (const a of c.auditRefs) {
				const audit = r.audits[a.id];
				if (a.weight > 0 && audit.score !== null && audit.score < 0.9) console.log("    " + audit.title + ": " + (audit.displayValue ?? audit.score));
			}
		}
		for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"])
			console.log("  " + r.audits[id].title.padEnd(28) + (r.audits[id].displayValue ?? ""));
		process.exit(failed);
	' "$work/report.json" "$page" || failed=1
done
exit $failed
