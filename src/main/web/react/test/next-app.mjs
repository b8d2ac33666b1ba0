// Packs the package, builds a Next.js app with it as another team would, and looks at what its pages load.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "next-app-"));
const run = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });

function require(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

/** All scripts that a page loads at first, as the built HTML names them. */
function scriptsOf(page) {
  const html = readFileSync(join(folder, ".next/server/app", page), "utf8");
  const names = [...html.matchAll(/\/_next\/(static\/chunks\/[^"\\]+\.js)/g)].map(([, name]) => name);
  return [...new Set(names)]
    .map((name) => readFileSync(join(folder, ".next", decodeURIComponent(name)), "utf8"))
    .join("\n");
}

try {
  run(here, "npm", "pack", "--pack-destination", folder, "--loglevel=error");
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  cpSync(join(here, "test/next-app"), folder, { recursive: true });
  run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", `./${tarball}`);
  run(folder, "npm", "run", "build");
  require(scriptsOf("leads.html").includes("cm-dashboard"), "the page with the inbox does not load it");
  require(scriptsOf("index.html").includes("cm-badge"), "the badge is not in the layout");
  require(!scriptsOf("index.html").includes("cm-dashboard"), "a page with the badge alone loads the whole inbox");
  console.log("Built with the packed package.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
