import { expect, it } from "vitest";

import { fieldError, isSignedOut, reason, Refused } from "@/lib/api";

const refused = (status: number, detail: string, errors?: { field: string; detail: string }[]) =>
  new Refused({ type: "about:blank", title: "No", status, detail, ...(errors && { errors }) }, new Response());

it("a moment in a refusal is told on the reader's clock", () => {
  const said = reason(refused(409, "kim@example.com acknowledged it at 2020-11-22T03:05:10.000Z. Leave it to them."));
  expect(said).not.toContain("T03:05");
  expect(said).toMatch(/^kim@example\.com acknowledged it at .*2020.*\. Leave it to them\.$/);
});

it("a field of the contract is named as people name it", () => {
  const error = refused(400, "Mend it.", [
    { field: "contact", detail: "Give contactPhone or contactEmail, so that somebody can call back." },
  ]);
  const words = "Give a phone number or an e-mail address, so that somebody can call back.";
  expect(reason(error)).toBe(words);
  expect(fieldError(error, "contact")).toBe(words);
});

it("a refusal for want of a session is told from others", () => {
  expect(isSignedOut(refused(401, "Sign in, or send a key."))).toBe(true);
  expect(isSignedOut(refused(403, "No."))).toBe(false);
  expect(isSignedOut(new TypeError("Failed to fetch"))).toBe(false);
});
