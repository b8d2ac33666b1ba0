import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly path: readonly string[] };
    readonly auth?: { readonly type: string };
    readonly body?: { readonly raw?: string };
  };
  readonly response?: readonly { readonly code: number; readonly body?: string }[];
}

const METHODS = ["get", "post", "put", "patch", "delete"];

const require = createRequire(import.meta.url);
const converter = require("openapi-to-postmanv2") as {
  convert(
    input: { type: "string"; data: string },
    options: Record<string, unknown>,
    done: (
      error: Error | null,
      result: {
        result: boolean;
        reason?: string;
        output: { data: { item: readonly Item[]; variable: readonly { key: string; value: string }[] } }[];
      },
    ) => void,
  ): void;
};
const { load } = require("js-yaml") as {
  load(text: string): { paths: Record<string, Record<string, { operationId?: string; security?: object[] }>> };
};

const text = readFileSync(new URL("../../../../../config/openapi.yaml", import.meta.url), "utf8");

function flat(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => (item.item ? flat(item.item) : [item]));
}

/** As Postman does it, and Bruno with the collections that Postman makes. */
it("the contract imports into Postman as it is: every operation, with examples and who may call", async () => {
  const collection = await new Promise<{ item: readonly Item[] }>((resolve, reject) =>
    converter.convert(
      { type: "string", data: text },
      { folderStrategy: "Tags", requestParametersResolution: "Example" },
      (error, result) =>
        error || !result.result ? reject(error ?? new Error(result.reason)) : resolve(result.output[0]!.data),
    ),
  );
  const imported = new Map(
    flat(collection.item).map((item) => [`${item.request!.method} /${item.request!.url.path.join("/")}`, item]),
  );
  for (const [path, methods] of Object.entries(load(text).paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!METHODS.includes(method)) {
        continue;
      }
      const name = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`;
      const item = imported.get(name);
      expect(item, name).toBeDefined();
      expect(item!.response!.length, name).toBeGreaterThan(3);
      expect(
        item!.response!.some((answer) => answer.code < 300),
        name,
      ).toBe(true);
      const guarded = operation.security?.length && operation.security.every((way) => Object.keys(way).length > 0);
      if (guarded) {
        expect(item!.request!.auth?.type, name).toBe("bearer");
      }
    }
  }
});
