/** The page of the sandbox's metrics. It loads nothing from elsewhere. */

const style = `
body { font: 14px system-ui, sans-serif; margin: 1.5rem; color: #222; background: #fafafa }
h1 { font-size: 1.3rem } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem }
.panels { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)) }
.panel { background: #fff; border: 1px solid #ddd; border-radius: 4px; padding: .6rem }
.panel b { font-weight: 600 } svg { width: 100%; height: 3.5rem; display: block; margin: .3rem 0 }
table { width: 100%; font-size: 12px; border-spacing: 0 } td:last-child { text-align: right; white-space: nowrap }
td:first-child { overflow-wrap: anywhere }
i { display: inline-block; width: .6rem; height: .6rem; margin-right: .3rem }`;

const script = `
const colors = ["#2f6db5", "#c8553d", "#4c9a52", "#8e5ea2", "#b58900", "#168f8f", "#777"];
const units = { bytes: "B", Bps: "B/s", ms: "ms", s: "s", percentunit: "", cps: "/s" };
const number = (value, unit) => unit === "percentunit" ? (value * 100).toFixed(1) + " %"
    : Intl.NumberFormat("en",
        { notation: "compact", maximumFractionDigits: 1 }).format(value) + " " + (units[unit] ?? "");
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text ?? "" });
function chart(lines) {
    const points = lines.flatMap((line) => line.values).filter(([, value]) => Number.isFinite(value));
    const [times, values] = [points.map(([time]) => time), points.map(([, value]) => value)];
    const [from, to, high] = [Math.min(...times), Math.max(...times), Math.max(...values, 0)];
    const low = Math.min(...values, 0);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 200 40"); svg.setAttribute("preserveAspectRatio", "none");
    lines.forEach((line, index) => {
        const path = document.createElementNS(svg.namespaceURI, "polyline");
        path.setAttribute("points", line.values.filter(([, value]) => Number.isFinite(value)).map(([time, value]) =>
            ((time - from) / (to - from || 1) * 200) + "," + (39 - (value - low) / (high - low || 1) * 38)).join(" "));
        path.setAttribute("fill", "none"); path.setAttribute("stroke", colors[index % colors.length]);
        path.setAttribute("vector-effect", "non-scaling-stroke");
        svg.append(path);
    });
    return svg;
}
function panelElement(panel) {
    const box = element("div"); box.className = "panel"; box.title = panel.description;
    const table = element("table");
    panel.lines.slice(0, 12).forEach((line, index) => {
        const row = table.insertRow(); const mark = element("i");
        mark.style.background = colors[index % colors.length];
        row.insertCell().append(mark, line.legend);
        row.insertCell().textContent = number(line.values.at(-1)[1], panel.unit);
    });
    box.append(element("b", panel.title), chart(panel.lines), table);
    return box;
}
async function refresh() {
    const response = await fetch("/panels");
    if (!response.ok) return;
    const panels = await response.json(); const root = element("div"); let title = "", grid;
    for (const panel of panels) {
        if (panel.dashboard !== title) {
            title = panel.dashboard; grid = element("div"); grid.className = "panels";
            root.append(element("h2", title), grid);
        }
        grid.append(panelElement(panel));
    }
    document.getElementById("panels").replaceChildren(panels.length ? root : "Waiting for the first scrapes.");
}
refresh(); setInterval(refresh, 5000);`;

/** The whole page. */
export const pageHtml = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sandbox metrics</title><style>${style}</style>
<h1>Sandbox metrics</h1>
<p>The last ten minutes, from the queries of the Grafana dashboards. Panels without data are left out.</p>
<div id="panels">Loading.</div><script>${script}</script></html>
`;
