import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { forgetOld, keep, kept } from "../src/kept";
import { keepUnderWay, sendKept, startQueue } from "../src/queue";
import {
  accepted,
  API,
  away,
  badGateway,
  busy,
  define,
  eventually,
  field,
  fillAndSend,
  form,
  FUNNEL,
  hanging,
  holdPlainPosts,
  inside,
  playService,
  posts,
  press,
  refused,
  text,
  there,
} from "./play";

const DAY_MS = 24 * 3_600_000;
const filledIn = (key: string) => ({ key, api: API, fields: { funnelId: FUNNEL, contactName: key }, at: Date.now() });
const keys = () => posts.map((post) => post.get("_key"));

/** Time passes only as the test says. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
}

/** Fills it in and sends it, while time is held. */
async function send(element: ReturnType<typeof form>): Promise<void> {
  field(element, "contactName").value = "Ada";
  field(element, "contactPhone").value = "1";
  press(element);
  await vi.advanceTimersByTimeAsync(0);
}

function fillTheDevice(): void {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
}

beforeAll(define);

beforeEach(() => localStorage.clear());

afterEach(() => {
  document.body.replaceChildren();
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("while the service cannot be reached", () => {
  it("shows a number that is none as text", async () => {
    playService(away, away);
    const element = form({ tel: "5550 1234 after 17:30" });
    await fillAndSend(element);
    expect(text(element)).toContain("5550 1234 after 17:30");
    expect(inside(element).querySelector("a")).toBeNull();
  });

  it("keeps the request, says so, and shows the number to call", async () => {
    playService(away, away);
    const element = form({ tel: "+61 2 5550 1234" });
    const told = vi.fn();
    document.addEventListener("callback-kept", told, { once: true });
    await fillAndSend(element);
    expect(text(element)).toContain("kept on this device");
    expect(inside(element).querySelector<HTMLAnchorElement>("a")!.href).toBe("tel:+61255501234");
    expect(kept().map(({ fields }) => fields["contactName"])).toEqual(["Ada"]);
    expect(told).toHaveBeenCalledOnce();
  });

  it("sends it once the network is back, by the same key, and thanks then", async () => {
    playService(away, away, accepted);
    const element = form();
    await fillAndSend(element);
    await sendKept();
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(keys()).toEqual([keys()[0], keys()[0]]);
    expect(localStorage.length).toBe(0);
  });

  it("leaves the focus where the visitor is by then", async () => {
    playService(away, away, accepted);
    const element = form();
    await fillAndSend(element);
    const elsewhere = document.body.appendChild(document.createElement("input"));
    elsewhere.focus();
    await sendKept();
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(document.activeElement).toBe(elsewhere);
  });

  it("does not take the error of a gateway for the service", async () => {
    const plain = holdPlainPosts();
    playService(badGateway, away);
    await fillAndSend(form());
    expect(plain).toEqual([]);
    expect(kept()).toHaveLength(1);
  });

  it("keeps what a hanging service does not answer, and leads nobody into waiting longer", async () => {
    holdTime();
    const plain = holdPlainPosts();
    playService(there, hanging);
    const element = form();
    await send(element);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(text(element)).toContain("kept on this device");
    expect(plain).toEqual([]);
  });

  it("comes again after longer and longer pauses", async () => {
    holdTime();
    playService(away, away);
    await send(form());
    const after: number[] = [];
    for (let seconds = 1; seconds <= 1_300; seconds++) {
      const before = posts.length;
      await vi.advanceTimersByTimeAsync(1_000);
      if (posts.length > before) {
        after.push(seconds);
      }
    }
    const pauses = after.map((second, index) => second - (after[index - 1] ?? 0));
    expect(pauses.length).toBeGreaterThan(4);
    expect(pauses.slice(1)).toEqual(pauses.slice(0, -1).map((pause) => Math.min(2 * pause, 300)));
    expect(Math.max(...pauses)).toBe(300);
    expect(new Set(keys()).size).toBe(1);
  });

  it("waits as long as the service asks, also when the network comes back meanwhile", async () => {
    holdTime();
    playService(there, busy, accepted);
    await send(form());
    await vi.advanceTimersByTimeAsync(1_900);
    await sendKept();
    expect(posts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(posts).toHaveLength(2);
    expect(kept()).toHaveLength(0);
  });

  it("lets the visitor take it back", async () => {
    playService(away, away);
    const element = form();
    await fillAndSend(element);
    inside(element).querySelector<HTMLButtonElement>("button.quiet")!.click();
    expect(field(element, "contactName").value).toBe("");
    await sendKept();
    expect(posts).toHaveLength(1);
    expect(localStorage.length).toBe(0);
  });

  it("says that nothing was sent where the browser keeps nothing, and sends the same by the same key", async () => {
    playService(away, away);
    fillTheDevice();
    const element = form({ tel: "1300 000" });
    await fillAndSend(element);
    expect(text(element)).toContain("Nothing was sent");
    expect(inside(element).querySelector("a[href='tel:1300000']")).not.toBeNull();
    await fillAndSend(element);
    await fillAndSend(element, { contactName: "Grace" });
    expect(keys()[1]).toBe(keys()[0]);
    expect(keys()[2]).not.toBe(keys()[0]);
  });
});

describe("what is kept", () => {
  it("is given up by a page that is left while it sends, and left alone where the service asked for a rest", () => {
    startQueue();
    keepUnderWay(filledIn("under-way"));
    const rest = Date.now() + 30_000;
    keep({ ...filledIn("resting"), notBefore: rest });
    dispatchEvent(new Event("pagehide"));
    expect(kept().map(({ key, notBefore, isUnderWay }) => [key, notBefore, isUnderWay])).toEqual([
      ["resting", rest, undefined],
      ["under-way", 0, false],
    ]);
  });

  it("is told and not asked for again when the visitor comes back", async () => {
    playService(away, accepted);
    keep(filledIn("a"));
    const element = form();
    expect(text(element)).toContain("Your request is not sent yet.");
    expect(field(element, "contactName")).toBeNull();
    await sendKept();
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(keys()).toEqual(["a"]);
  });

  it("is told in its own funnel only", () => {
    keep(filledIn("a"));
    expect(field(form({ funnel: "another" }), "contactName")).not.toBeNull();
  });

  it("comes back into the form when it is refused later", async () => {
    playService(there, refused, accepted);
    keep(filledIn("a"));
    const element = form();
    await sendKept();
    expect(text(element)).toContain("Give an e-mail address.");
    expect(field(element, "contactName").value).toBe("a");
    expect(kept()).toHaveLength(0);
  });

  it("comes back into the form too when nobody was there to hear that it was refused", async () => {
    playService(there, refused);
    keep(filledIn("a"));
    await sendKept();
    await sendKept();
    expect(posts).toHaveLength(1);
    const element = form();
    expect(field(element, "contactName").value).toBe("a");
  });

  it("is not sent again and again from a page that may not hear the answer, but by the visitor, once and by the same key", async () => {
    playService(there, away);
    const plain = holdPlainPosts();
    keep(filledIn("a"));
    const element = form();
    await sendKept();
    await sendKept();
    // Twice, to be sure that it was not the network.
    expect(keys()).toEqual(["a", "a"]);
    expect(text(element)).toContain("press the button once more");
    expect(plain).toEqual([]);
    await fillAndSend(element, { contactPhone: "" });
    expect(text(element)).toContain("Give a phone number");
    await fillAndSend(element, { contactPhone: "1" });
    expect(plain).toHaveLength(1);
    expect(kept()).toHaveLength(0);
  });

  it("is sent when the network comes back while it is tried", async () => {
    playService(there, away, accepted);
    keep(filledIn("a"));
    const element = form();
    await sendKept();
    expect(keys()).toEqual(["a", "a"]);
    expect(kept()).toHaveLength(0);
    await eventually(() => expect(text(element)).toContain("Thank you"));
  });

  it("is tried once more when the network comes back during a try that fails", async () => {
    let isBack = false;
    playService(
      () => (isBack ? there(undefined!) : away(undefined!)),
      () => {
        dispatchEvent(new Event("online"));
        return away(undefined!);
      },
      () => {
        isBack = true;
        return accepted(undefined!);
      },
    );
    startQueue();
    keep(filledIn("a"));
    await sendKept();
    expect(keys()).toEqual(["a", "a"]);
    expect(kept()).toHaveLength(0);
  });

  it("has the same key when the visitor presses once more", async () => {
    playService(there, away);
    const plain = holdPlainPosts();
    const request = filledIn("a");
    keep({ ...request, fields: { ...request.fields, contactPhone: "1", page: "https://www.example.com/before" } });
    const element = form();
    await sendKept();
    await fillAndSend(element, {});
    expect(plain.map(({ fields }) => [fields["_key"], fields["page"]])).toEqual([
      ["a", "https://www.example.com/before"],
    ]);
  });

  it("is left alone while another tab sends it", async () => {
    playService(there, accepted);
    keepUnderWay(filledIn("a"));
    await sendKept();
    expect(posts).toHaveLength(0);
  });

  it("is no longer told where another tab has sent it", () => {
    keep(filledIn("a"));
    const element = form();
    localStorage.clear();
    dispatchEvent(new StorageEvent("storage"));
    expect(field(element, "contactName").value).toBe("");
  });

  it("is forgotten after a week, and after a day where the visitor has to press once more", () => {
    keep(filledIn("week"));
    keep({ ...filledIn("day"), isStopped: true });
    const now = Date.now();
    const clock = vi.spyOn(Date, "now").mockReturnValue(now + 2 * DAY_MS);
    expect(kept().map(({ key }) => key)).toEqual(["week"]);
    clock.mockReturnValue(now + 8 * DAY_MS);
    expect(kept()).toEqual([]);
    forgetOld();
    expect(localStorage.length).toBe(0);
  });

  it("is twenty requests at most", () => {
    for (let number = 1; number <= 25; number++) {
      keep(filledIn(`${number}`));
    }
    expect(kept()).toHaveLength(20);
    expect(kept()[0]!.key).toBe("6");
  });

  it("is nothing where something else stands in its place", () => {
    localStorage.setItem("callback-messaging-queue", '{"not": "ours"}');
    expect(kept()).toEqual([]);
    expect(keep(filledIn("a"))).toBe(true);
    expect(kept()).toHaveLength(1);
  });
});
