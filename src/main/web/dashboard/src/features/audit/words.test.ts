import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { actionInWords, ACTIONS, inWords, isAboutLead } from "@/features/audit/words";

const contract = readFileSync(`${import.meta.dirname}/../../../../../../../config/openapi.yaml`, "utf8");

/** The names of all operations that change something, out of the contract. */
function changes(): string[] {
  return [...contract.matchAll(/^ {4}(?:post|put|patch|delete):\n(?: {6}.*\n)*? {6}operationId: (\w+)/gm)].map(
    ([, name]) => name!,
  );
}

/** They change nothing that stands in the trail. */
const NOT_NOTED = ["announcePresence", "previewTemplate", "requestSignIn", "endSession"];

describe("actionInWords", () => {
  it("has words for every operation of the contract that changes something", () => {
    const names = changes();
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((each) => !ACTIONS.includes(each) && !NOT_NOTED.includes(each))).toEqual([]);
  });

  it("tells what is newer by its name", () => {
    expect(actionInWords("sharpenPencil")).toBe("sharpen pencil");
    expect(inWords("answerWithinMinutes")).toBe("answer within minutes");
    expect(inWords("delete-expired")).toBe("delete expired");
  });
});

describe("isAboutLead", () => {
  it("knows what was done to one lead", () => {
    expect(["readMessage", "replyToMessage", "recordCallOutcome", "addNote"].every(isAboutLead)).toBe(true);
    expect(["changeMessages", "exportMessages", "createTemplate", "eraseContact"].some(isAboutLead)).toBe(false);
  });
});
