/** How the page looks: light and dark, on wide and narrow screens, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8; --paper: #fff; --sunk: #f6f7fa; --line: #dfe3ea; --ink: #1a2230; --dim: #566073;
  --good: #0c6e46; --good-back: #e4f4ec; --good-fill: #23a26d;
  --bad: #b3261e; --bad-back: #fdeceb; --bad-fill: #e0665c;
  --warn: #7a5200; --warn-back: #fff3d9; --warn-fill: #d79a2b;
  --link: #1f4fc4; --mark: #fff4cf; --mark-line: #d79a2b; --idle: #b9c0cc;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f131a; --paper: #171c25; --sunk: #1d2430; --line: #2f3847; --ink: #e5e9f0; --dim: #a0abbc;
    --good: #63d49e; --good-back: #12301f; --good-fill: #2fa870;
    --bad: #ff9b92; --bad-back: #3a1a18; --bad-fill: #d9574d;
    --warn: #f1c465; --warn-back: #33270d; --warn-fill: #cf9327;
    --link: #9dbaff; --mark: #33290f; --mark-line: #cf9327; --idle: #4d586a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 1rem; }
main:focus, article:focus { outline: none; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, pre, table { margin: 0; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; }
h2, section > h3 { font-size: 1.25rem; }
h3, h4, h5 { font-size: 1.0625rem; }
small { font-size: .875rem; font-weight: 400; color: var(--dim); }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .14em; }
code, kbd, pre { font: .875em/1.5 var(--mono); font-variant-ligatures: none; }
code { unicode-bidi: isolate; }
kbd { padding: .15em .45em; border: 1px solid var(--line); border-radius: .35rem; background: var(--paper); white-space: pre-wrap; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
abbr { text-decoration: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lines { white-space: pre-wrap; }
.number { text-align: right; }
.cut { color: var(--dim); font-style: italic; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: fixed; left: 1rem; top: 1rem; z-index: 2; padding: .5rem 1rem; background: var(--paper); border-radius: .5rem; }

article { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
article + article, .overview + article { margin-top: 3.5rem; }
header.summary, .overview, section { padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
section section, .variant section { padding: 0; border: 0; margin-top: 1.5rem; }
section { display: grid; gap: .875rem; grid-template-columns: minmax(0, 1fr); }
.overview { display: grid; gap: .75rem; }
.overview table { margin-top: .5rem; }

.challenge { font: .8125rem/1.4 var(--mono); color: var(--dim); margin-bottom: .25rem; }
h1, .summary > h2 { font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2rem); letter-spacing: -.015em; }
.score { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .875rem; margin-top: .75rem; }
.score .points { font-size: 1.125rem; color: var(--dim); }
.score strong { font-size: 2.75rem; line-height: 1.1; letter-spacing: -.03em; font-weight: 700; color: var(--ink); font-variant-numeric: tabular-nums; }
.status { display: inline-block; padding: .1rem .65rem; border-radius: 1rem; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.status.good { color: var(--good); background: var(--good-back); }
.status.bad { color: var(--bad); background: var(--bad-back); }
.status.warn { color: var(--warn); background: var(--warn-back); }
.bar { display: block; width: 100%; height: .75rem; margin-top: .75rem; border-radius: .375rem; }
.bar rect { stroke: var(--paper); stroke-width: 2px; fill: var(--idle); }
.bar .passed { fill: var(--good-fill); }
.bar .failed { fill: var(--bad-fill); }
.bar .error { fill: var(--warn-fill); }
.facts { display: flex; flex-wrap: wrap; gap: .1rem 0; padding: 0; margin-top: .75rem; list-style: none; color: var(--dim); font-size: .9375rem; }
.facts li:not(:last-child)::after { content: "·" / ""; margin: 0 .5rem; }
.next { display: grid; gap: .5rem; margin-top: 1.25rem; padding: 1rem 1.25rem; border-radius: .5rem; border-left: .25rem solid; }
.next.good { background: var(--good-back); border-color: var(--good-fill); }
.next.bad { background: var(--warn-back); border-color: var(--warn-fill); }
.next.warn { background: var(--warn-back); border-color: var(--warn-fill); }
.next h2, .next h3 { font-size: 1rem; }

nav ul { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; }
nav a { display: block; white-space: nowrap; padding: .3rem .85rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--paper); font-size: .9375rem; text-decoration: none; }
nav a:hover { border-color: currentColor; }

.checks { padding: 0; list-style: none; }
.check { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr) auto; gap: .25rem .5rem; padding: .55rem 0; border-top: 1px solid var(--line); }
.check:first-child { border-top: 0; padding-top: 0; }
.check h3, .check h4 { font-size: 1rem; font-weight: 400; line-height: 1.5; }
.check.failed :is(h3, h4), .check.error :is(h3, h4) { font-weight: 650; }
.check.skipped :is(h3, h4) { color: var(--dim); }
.check .mark { font-weight: 700; text-align: center; }
.check .points { white-space: nowrap; color: var(--dim); font-variant-numeric: tabular-nums; }
.passed > .mark { color: var(--good); }
.failed > .mark, .failed > .points { color: var(--bad); }
.error > .mark, .error > .points { color: var(--warn); }
.skipped > .mark { color: var(--dim); }
.skipped > p { grid-column: 2 / -1; color: var(--dim); font-size: .9375rem; }
.story { grid-column: 2 / -1; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; padding: .5rem 0 .75rem; }
.story > div { grid-column: 1 / -1; padding: .625rem .875rem; border-radius: .5rem; background: var(--sunk); }
.story .expected, .story .found { grid-column: auto; }
.story .found:first-child { grid-column: 1 / -1; }
.story .expected { background: var(--good-back); }
.story .found { background: var(--bad-back); }
.story .hint { background: var(--warn-back); }
.story dt { font-size: .8125rem; font-weight: 650; color: var(--dim); }
.story .expected dt { color: var(--good); }
.story .found dt { color: var(--bad); }
.story .hint dt { color: var(--warn); }
.story dd { white-space: pre-wrap; }
.story .commands dd { white-space: normal; }
.story ol { display: grid; gap: .4rem; padding: 0; list-style: none; }
.story ol li { padding-left: 4.5rem; position: relative; }
.story .place { position: absolute; left: 0; font-size: .875rem; font-variant-numeric: tabular-nums; color: var(--dim); }
.to { position: relative; display: inline-block; padding: 0 .35em; font-size: .8125rem; }
.effect { display: block; font-size: .9375rem; }
.notes { padding-left: 1.25rem; display: grid; gap: .35rem; }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: baseline; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--dim); border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th { font-weight: 400; }
td.number, th.number { text-align: right; white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid color-mix(in srgb, var(--line) 60%, transparent); }

.trace { font-variant-numeric: tabular-nums; }
.trace th, .trace td { width: 1%; text-align: right; white-space: nowrap; color: var(--dim); }
.trace td:last-child, .trace th:last-child { width: auto; padding-right: .6rem; text-align: left; white-space: normal; color: inherit; }
.trace thead th:last-child { color: var(--dim); }
.trace tbody tr { scroll-margin: 4rem; }
.trace tbody td:last-child { border-left: 2px solid var(--line); padding-left: .9rem; }
.trace .lua td:last-child { padding-left: 2rem; }
.trace .aside code { color: var(--dim); }
.trace .marked > * { background: var(--mark); color: var(--ink); }
.trace .marked td:last-child { border-left-color: var(--mark-line); }
.trace .gap td { text-align: center; font-style: italic; padding: .75rem; border-left: 0; }
.tag { padding: 0 .4em; border-radius: .25rem; background: var(--sunk); color: var(--dim); font-size: .75rem; font-weight: 600; }
.why { padding: 0; list-style: none; font-size: .875rem; }
.why li::before { content: "↑ " / ""; color: var(--dim); }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; font-size: .9375rem; }
.filter[hidden] { display: none; }
.filter label { display: inline-flex; align-items: center; gap: .5rem; }
input[type=search] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--dim); border-radius: .4rem; padding: .2rem .6rem; width: 14rem; max-width: 60vw; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--link); }
output { color: var(--dim); }
.timeline { display: flex; flex-wrap: wrap; justify-content: space-between; font-size: .75rem; color: var(--dim); font-variant-numeric: tabular-nums; }
.timeline svg { flex: 0 0 100%; height: 1.75rem; border-bottom: 1px solid var(--line); }
.timeline line { stroke: var(--idle); stroke-width: 2px; }
.timeline .marked { stroke: var(--mark-line); stroke-width: 3px; }

.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; color: var(--dim); font-size: .9375rem; }
.legend span { font-weight: 600; }
.database { display: grid; gap: .5rem; }
.keys { padding: 0; list-style: none; display: grid; gap: .4rem; }
.key { border: 1px solid var(--line); border-left: .25rem solid var(--idle); border-radius: .4rem; background: var(--paper); overflow: hidden; }
.key summary, .key > p { padding: .4rem .75rem; }
.key .name { font-weight: 600; }
.key .type { color: var(--dim); font-size: .875rem; margin-left: .35rem; }
.sign { font: 700 1em/1 var(--mono); color: var(--dim); }
span.sign { display: inline-block; width: 1.1em; }
.key.added, .key.changed, .key.removed { border-left-color: currentColor; }
.key.added, .elements .added .sign, .legend .added, .ttl.added { color: var(--good); }
.key.changed, .elements .changed .sign, .legend .changed, .ttl.changed { color: var(--warn); }
.key.removed, .elements .removed .sign, .legend .removed, .ttl.removed { color: var(--bad); }
.key summary .sign, .key > p .sign { color: inherit; }
.key .name, .key .elements { color: var(--ink); }
.key.removed .name { text-decoration: line-through; }
.ttl { font-size: .875rem; padding: 0 .5rem; border-radius: 1rem; background: var(--sunk); color: var(--dim); white-space: nowrap; }
.elements { margin: 0 .75rem .5rem; width: calc(100% - 1.5rem); }
.elements td.sign, .elements th.sign { width: 1.5rem; }
.elements th[scope=row] { width: 34%; }
.elements th[scope=row]:last-child { width: auto; }
.key .cut { padding: 0 .75rem .5rem; }
.value { padding: 0 .75rem .5rem; color: var(--ink); }
.key del { color: var(--bad); }
.key ins { color: var(--good); text-decoration: none; }

summary { cursor: pointer; }
summary::marker { color: var(--dim); }
summary:hover { background: var(--sunk); }
details > summary > strong { font-weight: 600; }
.variant { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.variant > summary { font-weight: 600; margin: -.5rem -1rem; padding: .5rem 1rem; border-radius: .5rem; }
.variant[open] { padding-bottom: 1rem; }
pre { margin-top: .5rem; padding: .75rem 1rem; background: var(--sunk); border-radius: .5rem; white-space: pre-wrap; unicode-bidi: isolate; }
.replies { margin-top: .5rem; }
.replies tbody th { color: var(--dim); text-align: right; width: 1%; }
.replies td { width: 50%; }
.replies .error td:last-child { color: var(--bad); }
.source { padding: .5rem 0; background: var(--sunk); border-radius: .5rem; font: .875rem/1.55 var(--mono); list-style-position: outside; }
.source > li { margin-left: 3.5rem; padding: 0 .75rem 0 .5rem; border-left: 2px solid var(--line); }
.source > li::marker { color: var(--dim); font-size: .8125rem; }
.source code { font-size: 1em; white-space: pre-wrap; }
.source .marked { background: var(--mark); border-left-color: var(--mark-line); }
.source .why { font-family: var(--sans); }
.environment { display: flex; flex-wrap: wrap; gap: .5rem 2rem; }
.environment dt { font-size: .8125rem; color: var(--dim); }
footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem 2rem; color: var(--dim); font-size: .875rem; }
:target { outline: 2px solid var(--mark-line); outline-offset: 2px; }
article:target { outline: none; }

@media (max-width: 40rem) {
  main { padding: .75rem .5rem; }
  header.summary, .overview, section { padding: 1rem .875rem; border-radius: .6rem; }
  .story { grid-template-columns: minmax(0, 1fr); }
  .story, .skipped > p { grid-column: 1 / -1; }
  .story .expected, .story .found { grid-column: 1 / -1; }
  .story ol li { padding-left: 0; }
  .story .place { position: static; display: block; }
  .trace { font-size: .8125rem; }
  .trace th, .trace td { padding-right: .4rem; }
  .trace tbody td:last-child { padding-left: .5rem; }
  .trace .lua td:last-child { padding-left: 1rem; }
  .ttl { white-space: normal; }
  .elements, .replies, .messages { font-size: .8125rem; }
  .elements th[scope=row] { width: 42%; }
  .source { font-size: .8125rem; }
  .source > li { margin-left: 2.75rem; }
}
@media print {
  @page { margin: 15mm; }
  :root { color-scheme: light; --page: #fff; --paper: #fff; }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  nav, .filter, .skip { display: none; }
  header.summary, .overview, section { border: 0; padding: 0; }
  .check, .key, tr, .source li, .next { break-inside: avoid; }
  h1, h2, h3, h4, h5, summary { break-after: avoid; }
  tr[hidden] { display: table-row; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; text-decoration: none; }
  article + article { break-before: page; }
}
`;
