import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** The first version of each major line without the holes that are known; an older line has no fix. */
const FIXED: Record<string, readonly string[]> = {
  "js-yaml": ["3.15.2", "4.3.2", "5.4.1"],
  next: ["16.3.3"],
  uuid: ["11.1.1", "12.0.1", "13.0.1"],
  yaml: ["1.10.3", "2.8.3"],
};

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const { packages } = read("../../package-lock.json") as { packages: Record<string, Locked> };
const nextApp = read("../../react/test/next-app/package.json") as { dependencies: Record<string, string> };

const numbers = (version: string) => version.split(/[.-]/).map(Number);

function isBefore(version: string, other: string): boolean {
  const [mine, others] = [numbers(version), numbers(other)];
  const at = others.findIndex((number, index) => number !== mine[index]);
  return at >= 0 && mine[at]! < others[at]!;
}

function isVulnerable(name: string, version: string): boolean {
  const fixed = FIXED[name];
  if (!fixed) {
    return false;
  }
  const line = fixed.find((each) => numbers(each)[0] === numbers(version)[0]);
  return isBefore(version, line ?? fixed.at(-1)!);
}

it("a version before the fix is told from one with it", () => {
  expect(["4.1.0", "4.3.1", "3.14.9", "2.0.0", "5.4.0"].filter((each) => isVulnerable("js-yaml", each))).toHaveLength(
    5,
  );
  expect(["4.3.2", "4.10.0", "3.15.2", "5.5.0", "6.0.0"].filter((each) => isVulnerable("js-yaml", each))).toEqual([]);
  expect(isVulnerable("uuid", "8.3.2")).toBe(true);
});

it("no package is locked at a version that is known to be vulnerable", () => {
  const locked = Object.entries(packages).map(([path, { version }]) => [path.split("node_modules/").at(-1)!, version]);
  expect(locked.length).toBeGreaterThan(100);
  expect(
    [...locked, ...Object.entries(nextApp.dependencies)].filter(
      ([name, version]) => version && isVulnerable(name!, version),
    ),
  ).toEqual([]);
});

it("the lock file names no registry: whoever builds has their own", () => {
  const named = Object.entries(packages).filter(([, { resolved, link }]) => resolved && !link);
  expect(named.map(([path]) => path)).toEqual([]);
});
