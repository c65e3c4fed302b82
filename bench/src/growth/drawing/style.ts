/** Looks as the drawings in docs do, on a light page and on a dark one. */
export const style = `<style>
 text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#24292f}
 .h{font-weight:600;font-size:15px} .s{font-size:11.5px;fill:#57606a} .v{font-size:12px;font-weight:600}
 .axis{stroke:#d0d7de} .guide{stroke:#8c959f;stroke-dasharray:2 4;fill:none}
 .pods{stroke:#0969da;fill:#0969da} .bindings{stroke:#bc4c00;fill:#bc4c00} polyline{stroke-width:2}
 polyline.pods,polyline.bindings{fill:none} text.pods,text.bindings{stroke:none}
 @media (prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.axis{stroke:#3d444d}.guide{stroke:#6e7681}
 .pods{stroke:#58a6ff;fill:#58a6ff}.bindings{stroke:#f0883e;fill:#f0883e}}
</style>`;
