/** How the dashboard looks, on top of the style of the report's page. */
export const STYLE = `
:root { --wide: 84rem; }
main, footer { max-width: var(--wide); }
main { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
section:focus { outline: none; }
.tiles { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin-top: 1rem; }
.tile { display: flex; flex-direction: column-reverse; }
.tile dt { color: var(--dim); font-size: .9375rem; }
.tile dd { font-size: 2.125rem; line-height: 1.15; font-weight: 700; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tile dd small { font-size: 1rem; letter-spacing: 0; }
.tile.good dd { color: var(--good); }
.tile.warn dd { color: var(--warn); }
.files { margin-top: 1rem; }
.files ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .5rem 0 0; list-style: none; }

.histogram { display: flex; align-items: end; gap: clamp(2px, .6vw, .5rem); height: 13rem; padding: 0; margin: .5rem 0 0; list-style: none; }
.histogram li { flex: 1 1 0; min-width: 0; height: 100%; display: grid; grid-template-rows: 1.4rem minmax(0, 1fr) 1.6rem; text-align: center; font-size: .8125rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; white-space: nowrap; }
.histogram svg { width: 100%; height: 100%; border-bottom: 2px solid var(--idle); }
.histogram rect { fill: var(--good-fill); }
.histogram .label { color: var(--dim); padding-top: .2rem; }
.histogram .amount { font-weight: 650; }
.axis { color: var(--dim); font-size: .8125rem; text-align: center; margin-top: -.75rem; }

.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .1rem 2rem; padding: 0; list-style: none; }
.people li { display: flex; flex-wrap: wrap; align-items: baseline; align-content: start; gap: 0 .6rem; padding: .3rem 0; border-top: 1px solid var(--line); min-width: 0; }
.people small { flex-basis: 100%; }
.people .number { margin-left: auto; white-space: nowrap; color: var(--dim); font-variant-numeric: tabular-nums; }
.people .challenge { margin: 0; }
.people .bar, .columns .bar, .share .bar { height: .375rem; margin: .15rem 0 .1rem; }
.bar rect { stroke: none; }
.bar .time { fill: var(--link); }
.people + details { margin-top: .25rem; }
.failures + details > ol { margin-top: 1rem; }
.summary nav { margin-top: 1.25rem; }

.failures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 1rem; padding: 0; list-style: none; }
.failures > li { display: grid; gap: .4rem; align-content: start; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: .6rem; min-width: 0; }
.failures h3 { font-size: 1rem; }
.failures dl { display: grid; gap: .4rem; }
.failures dl div { padding: .4rem .7rem; border-radius: .4rem; background: var(--bad-back); }
.failures dl .expected { background: var(--good-back); }
.failures dt { font-size: .8125rem; font-weight: 650; color: var(--bad); }
.failures .expected dt { color: var(--good); }
.failures dd { max-height: 6.2em; overflow: hidden; }
.failures .challenge { margin: 0; }
.share { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .75rem; align-items: center; font-size: .9375rem; color: var(--dim); }
.share strong { color: var(--ink); }
.example { font-size: .9375rem; color: var(--dim); }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1.25rem; }
.tools[hidden] { display: none; }
.tools label { display: flex; align-items: center; gap: .5rem; color: var(--dim); max-width: 100%; }
input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--dim); border-radius: .4rem; padding: .35rem .6rem; min-width: 0; max-width: 100%; }
output { color: var(--dim); font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1rem; color: var(--dim); font-size: .875rem; }
.legend .cell { display: inline-block; width: 1.5rem; height: 1.4rem; line-height: 1.4rem; border-radius: .25rem; text-align: center; font-weight: 700; }

.scroller { overflow: auto; max-height: min(34rem, 75vh); border: 1px solid var(--line); border-radius: .5rem; overscroll-behavior: contain; scroll-padding: 3rem 1rem 1rem 15rem; position: relative; }
.scroller.empty::after { content: "Nobody fits."; display: block; padding: 1rem; color: var(--dim); }
.scroller table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; font-size: .9375rem; }
.scroller th, .scroller td { padding: 0 .6rem; text-align: left; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; border: 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
.scroller thead th { position: sticky; top: 0; z-index: 2; height: 2.5rem; background: var(--sunk); font-size: .875rem; font-weight: 650; color: var(--dim); }
.scroller tbody th { position: sticky; left: 0; z-index: 1; background: var(--paper); font-weight: 500; }
.scroller thead th:first-child { left: 0; z-index: 3; }
.scroller [aria-hidden] > tr > td { padding: 0; border: 0; }
.scroller a { display: inline-block; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
.scroller button { font: inherit; color: inherit; background: none; border: 0; padding: .3rem 0; cursor: pointer; max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
.scroller button:hover { color: var(--ink); text-decoration: underline; }
.scroller .sign { display: inline-block; width: 1.1em; font-size: .7em; padding-left: .3em; }
#submissions tbody:not([aria-hidden]) tr > * { height: 2.75rem; }
#submissions tbody tr:hover > * { background: var(--sunk); }
col.name { width: 17rem; }
col.state { width: 10rem; }
col.points { width: 10rem; }
col.one { width: 6.5rem; }
col.late { width: 7rem; }
col.ran { width: 6rem; }
td.points .amount { display: inline-block; min-width: 2.2em; text-align: right; font-weight: 650; font-variant-numeric: tabular-nums; }
td.points .bar { display: inline-block; width: 4.75rem; height: .5rem; margin: 0 0 0 .6rem; vertical-align: middle; }
td.ran, td.late, td.one { font-variant-numeric: tabular-nums; }
.status.part { color: var(--good); background: none; box-shadow: inset 0 0 0 1px var(--good-fill); }
.status.idle { color: var(--dim); background: var(--sunk); box-shadow: inset 0 0 0 1px var(--line); }

.map { display: grid; grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr); gap: 1.25rem; align-items: start; }
#heat { max-height: min(36rem, 80vh); }
#heat table { width: max-content; min-width: min(100%, 24rem); font-size: .875rem; }
#heat tbody:not([aria-hidden]) tr > * { height: 1.75rem; line-height: 1.2; }
#heat col.name { width: 14rem; }
#heat col.cell { width: 2.1rem; }
#heat td, #heat thead th:not(.name) { padding: 0; text-align: center; }
#heat td { border: 1px solid var(--paper); border-radius: .3rem; font-weight: 700; font-variant-numeric: tabular-nums; }
#heat [aria-hidden] td { border: 0; }
#heat tbody th { border-bottom-color: var(--paper); }
.tone-good { background: var(--good-back); color: var(--good); }
.tone-bad { background: var(--bad-back); color: var(--bad); }
.tone-warn { background: var(--warn-back); color: var(--warn); }
.tone-idle { background: var(--sunk); color: var(--dim); }
.scroller .one a { color: inherit; }
.columns { display: grid; gap: .35rem; padding-left: 1.75rem; font-size: .9375rem; }
.columns li::marker { color: var(--dim); font-variant-numeric: tabular-nums; font-size: .875rem; }
.columns li > span:first-child { margin-right: .75rem; }
.columns .number { float: right; color: var(--dim); font-variant-numeric: tabular-nums; }

.groups { display: grid; gap: 1rem; padding: 0; list-style: none; }
.groups > li { display: grid; gap: .25rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.groups .challenge { margin: 0; }
.beside { width: 100%; table-layout: fixed; border-collapse: collapse; margin: .5rem 0 1rem; font-size: .875rem; }
.beside th, .beside td { padding: .2rem .5rem; border: 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
.beside .both code { color: var(--dim); }
.beside .rare td { background: var(--mark); }
.beside .note, .beside th:last-child { width: 5rem; color: var(--dim); font-size: .8125rem; white-space: nowrap; }
.beside .rare .note { color: var(--warn); font-weight: 650; }

.aside { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); align-items: start; }
.aside .people { grid-template-columns: minmax(0, 1fr); }

@media (max-width: 60rem) {
  .map { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 40rem) {
  .tiles { gap: .5rem 1.5rem; }
  .tile dd { font-size: 1.75rem; }
  .histogram li { font-size: .6875rem; }
  .scroller { scroll-padding-left: 10rem; }
  col.name { width: 9.5rem; }
  #heat col.name { width: 8.5rem; }
  .scroller .name small { display: none; }
  .beside .note, .beside th:last-child { width: 3.25rem; white-space: normal; }
}
@media print {
  .tools { display: none; }
  .scroller { max-height: none; overflow: visible; border: 0; }
  .scroller thead th, .scroller tbody th { position: static; }
  .failures dd { max-height: none; }
  .failures > li { break-inside: avoid; }
}
`;
