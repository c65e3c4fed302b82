/**
 * The report's style. Colours are of the Okabe-Ito palette, which people with any kind of colour vision can tell
 * apart; what matters has a pattern, a sign or a text as well.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfbf9; --card: #ffffff; --ink: #1d2126; --muted: #626a73; --line: #e3e5e1; --grid: #eceeea;
  --blue: #0072b2; --orange: #e69f00; --orange-soft: #f8e2b0; --pink: #b8578f; --pink-soft: #efd3e3;
  --red: #d04a02; --red-soft: #f6b48f; --gray: #a9afb5; --gray-deep: #4d555d; --band: #d04a0224;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e7e9eb; --muted: #98a1aa; --line: #2d3338; --grid: #262b30;
    --blue: #56b4e9; --orange: #e69f00; --orange-soft: #5d470f; --pink: #d98bb8; --pink-soft: #593048;
    --red: #ff7f3f; --red-soft: #7d3410; --gray: #6a737b; --gray-deep: #aeb6bd; --band: #ff7f3f2e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 3rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 92rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased;
}
.patterns { position: absolute; }
.brand { margin: 0; color: var(--muted); font-size: .85rem; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: .2rem 0 .6rem; font-size: clamp(1.8rem, 3.4vw, 2.6rem); line-height: 1.15; letter-spacing: -.02em; text-wrap: balance; }
h2 { margin: 0; font-size: 1.25rem; letter-spacing: -.01em; }
h3 { margin: 0 0 .5rem; font-size: .8rem; font-weight: 600; color: var(--muted); }
.verdict { margin: 0; font-size: 1.2rem; }
.difference { margin: .3rem 0 .6rem; color: var(--muted); }
.conditions { display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; margin: .8rem 0 0; padding: 0; list-style: none; color: var(--muted); font-size: .9rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); column-gap: 1.5rem; row-gap: 1.5rem; margin-top: 2.2rem; }
.rollout, .legend, .numbers, details { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem; }
.rollout { display: grid; grid-row: span 5; grid-template-rows: subgrid; row-gap: 1.1rem; align-content: start; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 0; }
.figures div { display: flex; flex-direction: column; }
.figures dd { margin: 0; font-size: 1.9rem; font-weight: 600; line-height: 1.2; letter-spacing: -.02em; }
.figures dt { color: var(--muted); font-size: .85rem; }
.alarm dd { color: var(--red); }
.cause { margin: 0; max-width: 38rem; }
figure { margin: 0; }
figcaption { margin-bottom: .5rem; color: var(--muted); font-size: .85rem; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
.tick, .pod { font-size: 10.5px; fill: var(--muted); }
.pod { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 9.5px; }
.group { font-size: 10.5px; fill: var(--muted); letter-spacing: .06em; }
.grid { stroke: var(--grid); }
.event { stroke: var(--muted); stroke-dasharray: 2 3; }
.event-name { font-size: 10.5px; fill: var(--muted); }
.divide { stroke: var(--line); }
figure rect { shape-rendering: crispEdges; }
.mark rect { shape-rendering: auto; }
.ok, .serving { fill: var(--blue); }
.http-503 { fill: url(#hatch-503); }
.http-502 { fill: var(--orange); }
.http-504 { fill: var(--pink); }
.broken { fill: url(#hatch-broken); }
.failing { fill: var(--band); }
.starting, .waiting { fill: var(--gray); }
.checking { fill: url(#hatch-checking); }
.leaving { fill: var(--red); }
.draining { fill: url(#hatch-draining); }
.ending { fill: var(--gray-deep); }
.drain { fill: var(--pink); }
.lost { fill: var(--red); }
.hatch-checking-ground { fill: var(--orange-soft); } .hatch-checking-line { fill: var(--orange); }
.hatch-draining-ground { fill: var(--pink-soft); } .hatch-draining-line { fill: var(--pink); }
.hatch-503-ground { fill: var(--red-soft); } .hatch-503-line { fill: var(--red); }
.hatch-broken-ground { fill: var(--card); } .hatch-broken-line { fill: var(--ink); }
.mark .full { fill: var(--ink); stroke: var(--card); stroke-width: .8; }
.mark .open { fill: var(--card); fill-opacity: .75; stroke: var(--ink); stroke-width: 1.2; }
.mark .stroke { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.legend { display: flex; flex-wrap: wrap; gap: 1.2rem 3.5rem; margin-top: 1.5rem; font-size: .9rem; }
.legend ul { display: flex; flex-wrap: wrap; gap: .35rem 1.3rem; margin: 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.swatch { width: 22px; height: 10px; }
.sign { width: 16px; height: 16px; overflow: visible; }
.numbers, details { margin-top: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-size: .92rem; }
th, td { padding: .42rem .9rem .42rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
th[scope=row] { text-align: left; font-weight: 500; }
thead th { color: var(--muted); font-weight: 600; font-size: .85rem; }
.detail th[scope=row] { padding-left: 1.4rem; font-weight: 400; }
.detail, .before { color: var(--muted); }
tbody tr:last-child > * { border-bottom: 0; }
details table { font-size: .82rem; }
details th[scope=row] { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .78rem; }
summary { cursor: pointer; font-weight: 600; }
footer { margin-top: 2rem; color: var(--muted); font-size: .88rem; }
code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .92em; }
`;
