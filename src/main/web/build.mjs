// Builds what browsers load into the folder that the service serves from: node build.mjs target/classes/static
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const target = resolve(process.argv[2] ?? join(root, "target/classes/static"));
const stamp = join(target, "app/.built");
const lock = join(here, "package-lock.json");
const fetched = join(here, "node_modules/.package-lock.json");
const inputs = [here, join(root, "config/openapi.yaml"), join(root, "src/main/resources/static/assets/tokens.css")];
const OURS = new Set(["node_modules", "dist", "contract.d.ts"]);

const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** The moment of the last change of a file, or of any file in a folder. */
function newest(path) {
  if (!statSync(path).isDirectory()) {
    return changed(path);
  }
  return readdirSync(path)
    .filter((name) => !OURS.has(name))
    .reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function npm(...args) {
  // On Windows npm is a script, which only a shell runs.
  const shell = process.platform === "win32";
  execFileSync("npm", args, { cwd: here, stdio: ["ignore", "inherit", "inherit"], shell });
}

/** Packs once what would be packed for each who loads it. */
function pack(folder) {
  for (const name of readdirSync(folder).filter((each) => /\.(js|css|svg)$/.test(each))) {
    const content = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
  }
}

if (changed(fetched) < changed(lock)) {
  npm("ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
}
if (Math.max(...inputs.map(newest)) > changed(stamp)) {
  npm("run", "-s", "generate", "-w", "@callback-messaging/client");
  npm(
    "run",
    "-s",
    "build",
    "-w",
    "@callback-messaging/dashboard",
    "--",
    "--outDir",
    join(target, "app"),
    "--emptyOutDir",
  );
  pack(join(target, "app/assets"));
  if (existsSync(join(here, "widget/package.json"))) {
    npm("run", "-s", "build", "-w", "@callback-messaging/widget");
    copyFileSync(join(here, "widget/dist/widget.js"), join(target, "widget.js"));
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
}
