// Writes dist/: one stylesheet, one script, the service worker, the icon. Chromium 86 is the oldest browser offices still have.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
await build({
  entryPoints: { app: "src/app.ts", "service-worker": "src/service-worker.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome86"],
  charset: "utf8",
  logLevel: "info",
});
await build({
  entryPoints: { app: "css/app.css" },
  outdir: "dist",
  bundle: true,
  minify: true,
  target: ["chrome86"],
  charset: "utf8",
  logLevel: "info",
});
await copyFile("src/icon.svg", "dist/icon.svg");
