import { fireEvent, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Dialog } from "@/components/ui/dialog";
import {
  listenForShortcuts,
  type Shortcut,
  shortcutsInForce,
  useShortcutRegistry,
  useShortcuts,
} from "@/lib/shortcuts";

const ran: string[] = [];
const shortcut = (keys: string, name = keys): Shortcut => ({
  keys,
  label: name,
  group: "Test",
  run: () => ran.push(name),
});

function Keys({ of }: { of: Shortcut[] }) {
  useShortcuts(of);
  return null;
}

let stop: () => void;

beforeEach(() => {
  ran.length = 0;
  stop = listenForShortcuts();
});
afterEach(() => stop());

describe("shortcuts", () => {
  it("do what their key says, also as a sequence", async () => {
    render(<Keys of={[shortcut("j"), shortcut("g i"), shortcut("?")]} />);
    await userEvent.keyboard("j");
    await userEvent.keyboard("gi");
    await userEvent.keyboard("{Shift>}?{/Shift}");
    expect(ran).toEqual(["j", "g i", "?"]);
  });

  it("do nothing else where a sequence was begun and something else follows", async () => {
    render(<Keys of={[shortcut("e"), shortcut("g i")]} />);
    await userEvent.keyboard("ge");
    expect(ran).toEqual([]);
    await userEvent.keyboard("e");
    expect(ran).toEqual(["e"]);
  });

  it("forget how a sequence began after a while", () => {
    render(<Keys of={[shortcut("a"), shortcut("g a")]} />);
    const press = (key: string, at: number) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      Object.defineProperty(event, "timeStamp", { value: at });
      document.body.dispatchEvent(event);
    };
    press("g", 0);
    press("a", 1_100);
    press("g", 2_000);
    press("a", 4_000);
    expect(ran).toEqual(["g a", "a"]);
  });

  it("leave keys alone that are typed somewhere", async () => {
    const page = render(
      <>
        <Keys of={[shortcut("j")]} />
        <input aria-label="text" />
        <textarea aria-label="long" />
        <div contentEditable="true" tabIndex={0} suppressContentEditableWarning>
          note
        </div>
        <input type="checkbox" aria-label="choice" />
      </>,
    );
    for (const element of [page.getByLabelText("text"), page.getByLabelText("long"), page.getByText("note")]) {
      fireEvent.keyDown(element, { key: "j" });
    }
    expect(ran).toEqual([]);
    fireEvent.keyDown(page.getByLabelText("choice"), { key: "j" });
    expect(ran).toEqual(["j"]);
  });

  it("leave keys alone while words are composed, and with modifiers", () => {
    render(<Keys of={[shortcut("j"), shortcut("g i")]} />);
    fireEvent.keyDown(document.body, { key: "j", isComposing: true });
    fireEvent.keyDown(document.body, { key: "j", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "j", metaKey: true });
    fireEvent.keyDown(document.body, { key: "j", altKey: true });
    fireEvent.keyDown(document.body, { key: "J", shiftKey: true });
    expect(ran).toEqual([]);
    fireEvent.keyDown(document.body, { key: "J" });
    expect(ran, "caps lock").toEqual(["j"]);
  });

  it("do nothing behind a dialog, wherever the focus is", () => {
    const page = render(
      <>
        <Keys of={[shortcut("e")]} />
        <Dialog open onOpenChange={() => undefined} title="Sure?">
          <button type="button">Yes</button>
        </Dialog>
      </>,
    );
    fireEvent.keyDown(page.getByText("Yes"), { key: "e" });
    fireEvent.keyDown(document.body, { key: "e" });
    expect(ran).toEqual([]);
  });

  it("leave enter to what has the focus", () => {
    const page = render(
      <>
        <Keys of={[shortcut("Enter")]} />
        <a href="#there">There</a>
      </>,
    );
    fireEvent.keyDown(page.getByText("There"), { key: "Enter" });
    expect(ran).toEqual([]);
    fireEvent.keyDown(document.body, { key: "Enter" });
    expect(ran).toEqual(["Enter"]);
  });

  it("walk while a key is held down, and do nothing else twice", () => {
    render(<Keys of={[shortcut("j"), shortcut("e")]} />);
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(document.body, { key: "j", repeat: true });
    fireEvent.keyDown(document.body, { key: "e" });
    fireEvent.keyDown(document.body, { key: "e", repeat: true });
    expect(ran).toEqual(["j", "j", "e"]);
  });

  it.each([
    ["Cyrillic", "о", "KeyJ"],
    ["Greek", "ξ", "KeyJ"],
    ["Arabic", "ت", "KeyJ"],
    ["Hebrew", "ח", "KeyJ"],
  ])("go by the place of a key on a %s keyboard", (_, key, code) => {
    render(<Keys of={[shortcut("j")]} />);
    fireEvent.keyDown(document.body, { key, code });
    expect(ran).toEqual(["j"]);
  });

  it("go by what stands on the key wherever that is Latin", () => {
    render(<Keys of={[shortcut("a"), shortcut("q")]} />);
    fireEvent.keyDown(document.body, { key: "a", code: "KeyQ" });
    expect(ran).toEqual(["a"]);
  });

  it("belong to what came last, and come back when it goes", async () => {
    const page = render(<Keys of={[shortcut("Escape", "list")]} />);
    const over = render(<Keys of={[shortcut("Escape", "lead")]} />);
    expect(shortcutsInForce(useShortcutRegistry.getState().shortcuts).map((each) => each.label)).toEqual(["lead"]);
    await userEvent.keyboard("{Escape}");
    over.unmount();
    await userEvent.keyboard("{Escape}");
    page.unmount();
    await userEvent.keyboard("{Escape}");
    expect(ran).toEqual(["lead", "list"]);
    expect(useShortcutRegistry.getState().shortcuts).toEqual([]);
  });

  it("do what the page means now", async () => {
    const [one, other] = [vi.fn(), vi.fn()];
    const page = render(<Keys of={[{ ...shortcut("a"), run: one }]} />);
    page.rerender(<Keys of={[{ ...shortcut("a"), run: other }]} />);
    await userEvent.keyboard("a");
    expect(one).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledOnce();
  });
});
