import { describe, expect, it } from "vitest";

import { bodyOf, insert, pieces } from "@/features/templates/template";

describe("insert", () => {
  it("puts a placeholder where the caret is, and leaves the caret behind it", () => {
    const made = insert("Hello , welcome", 6, 6, "contact.phone");
    expect(made.text).toBe("Hello {{contact.phone}}, welcome");
    expect(made.text.slice(0, made.select[0])).toBe("Hello {{contact.phone}}");
    expect(made.select[0]).toBe(made.select[1]);
  });

  it("replaces what is selected, and selects the words that stand in", () => {
    const made = insert("Hello you!", 6, 9, "contact.firstName | there");
    expect(made.text).toBe("Hello {{contact.firstName | there}}!");
    expect(made.text.slice(...made.select)).toBe("there");
  });
});

describe("bodyOf", () => {
  it("gives an SMS no subject, though one was typed before", () => {
    expect(bodyOf({ channel: "sms", name: "a", subject: "left over", body: "b" })).not.toHaveProperty("subject");
  });

  it("leaves an empty subject out", () => {
    expect(bodyOf({ channel: "email", name: "a", subject: "  ", body: "b" })).not.toHaveProperty("subject");
  });
});

describe("pieces", () => {
  it("takes placeholders out of a text, and leaves braces that are none", () => {
    expect(pieces("Hi {{contact.name | you}} {x} {{")).toEqual([
      { text: "Hi ", isPlace: false },
      { text: "{{contact.name | you}}", isPlace: true },
      { text: " {x} {{", isPlace: false },
    ]);
  });
});
