import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Component, type ComponentType, type ReactNode, useLayoutEffect, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { KeysHeld, takeKeys } from "@/components/ui/keys-held";
import { late, LatePlace } from "@/components/ui/late";
import { useNotices } from "@/lib/notify";
import { listenForShortcuts, useShortcuts } from "@/lib/shortcuts";

const Part = () => <p>Here it is</p>;

class Around extends Component<{ children: ReactNode }, { name?: string }> {
  override state: { name?: string } = {};

  static getDerivedStateFromError({ name }: Error) {
    return { name };
  }

  override render() {
    return this.state.name ?? this.props.children;
  }
}

function Page({ part: Its }: { part: ComponentType }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && (
        <LatePlace onFailed={() => setOpen(false)}>
          <Its />
        </LatePlace>
      )}
    </>
  );
}

beforeEach(() => {
  useNotices.setState({ notices: [] });
  // React says each error that a boundary has caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

describe("a part that cannot be loaded", () => {
  it("leaves the page as it is, says so, and is loaded when it is wanted again", async () => {
    let isAway = true;
    const load = vi.fn(async () => {
      if (isAway) {
        throw new TypeError("Failed to fetch dynamically imported module");
      }
      return Part;
    });
    render(<Page part={late(load)} />);
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    await vi.waitFor(() =>
      expect(useNotices.getState().notices.map(({ title }) => title)).toEqual([
        "This part of the page could not be loaded",
      ]),
    );
    expect(screen.getByRole("button", { name: "Open" })).toBeVisible();
    isAway = false;
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByText("Here it is")).toBeVisible();
  });

  it("says so in its place where nothing can take it back, and tries again", async () => {
    const load = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(Part);
    const Its = late(load);
    render(
      <LatePlace>
        <Its />
      </LatePlace>,
    );
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Here it is")).toBeVisible();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("is not mistaken for a part that is broken", async () => {
    const Broken = late<object>(async () => () => {
      throw new RangeError("broken");
    });
    const onFailed = vi.fn();
    render(
      <Around>
        <LatePlace onFailed={onFailed}>
          <Broken />
        </LatePlace>
      </Around>,
    );
    expect(await screen.findByText("RangeError")).toBeVisible();
    expect(onFailed).not.toHaveBeenCalled();
  });
});

describe("keys typed while a part is loaded", () => {
  it("reach its field, and do nothing to the page", async () => {
    const archive = vi.fn();
    let arrive!: (part: typeof Field) => void;
    function Field() {
      const [text, setText] = useState("");
      useLayoutEffect(() => setText(takeKeys()), []);
      return <input aria-label="Search" value={text} onChange={(event) => setText(event.target.value)} />;
    }
    const Its = late(() => new Promise<typeof Field>((resolve) => (arrive = resolve)));
    function Keys() {
      useShortcuts([{ keys: "e", label: "Archive", group: "Test", run: archive }]);
      return null;
    }
    const stop = listenForShortcuts();
    const close = vi.fn();
    render(
      <>
        <Keys />
        <LatePlace fallback={<KeysHeld onEscape={close} />}>
          <Its />
        </LatePlace>
      </>,
    );
    await userEvent.keyboard("sea ex{Backspace}{Enter}");
    arrive(Field);
    expect(await screen.findByRole("textbox", { name: "Search" })).toHaveValue("sea e");
    expect(archive).not.toHaveBeenCalled();
    expect(close).not.toHaveBeenCalled();
    await userEvent.keyboard("e");
    expect(archive).toHaveBeenCalledOnce();
    stop();
  });

  it("are dropped by Escape, which takes the wish back", async () => {
    const Never = late<object>(() => new Promise(() => undefined));
    const close = vi.fn();
    render(
      <LatePlace fallback={<KeysHeld onEscape={close} />}>
        <Never />
      </LatePlace>,
    );
    await userEvent.keyboard("abc{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });
});
