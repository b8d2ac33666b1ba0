import { createStore, type StoreApi } from "zustand/vanilla";

import type { components } from "../../client/src/index";
import { type Filter, keyOf, matches } from "./filter";

/** A lead as lists show it. */
export type Message = components["schemas"]["Message"];

export interface Page {
  readonly filter: Filter;
  readonly ids: readonly string[];
  readonly next: string | null;
  readonly status: "loading" | "ready" | "failed";
  readonly error?: Error;
}

export interface Notice {
  readonly id: number;
  readonly message?: Message;
  readonly text?: string;
}

export interface State {
  readonly messages: Readonly<Record<string, Message>>;
  readonly pages: Readonly<Record<string, Page>>;
  readonly unread: number | undefined;
  readonly connection: "connecting" | "open" | "waiting" | "refused" | "off";
  readonly notices: readonly Notice[];
  /** The places for notices that are on the page: one of them shows each notice. */
  readonly corners: readonly Corner[];
}

export interface Corner {
  readonly id: string;
  readonly opensLeads: boolean;
}

export type Store = StoreApi<State>;

const MOST_NOTICES = 4;
let lastNotice = 0;

/** One for each provider, so that requests rendered on a server never share leads. */
export function newStore(): Store {
  return createStore<State>(() => ({
    messages: {},
    pages: {},
    unread: undefined,
    connection: "off",
    notices: [],
    corners: [],
  }));
}

function isOlder(one: Message, than: Message): boolean {
  return one.revision < than.revision || (one.revision === than.revision && one.updatedAt < than.updatedAt);
}

/**
 * Takes over what the service told of a lead, in whichever order it comes: an older state never replaces a newer one, unless `force` takes
 * a guess back. Lists gain and lose it as their filters say.
 */
export function apply(store: Store, message: Message, me?: string, force = false): void {
  store.setState((state) => {
    const known = state.messages[message.id];
    if (known && !force && isOlder(message, known)) {
      return state;
    }
    const messages = { ...state.messages, [message.id]: message };
    const pages = Object.fromEntries(
      Object.entries(state.pages).map(([key, page]) => [key, placed(page, message, messages, me)]),
    );
    return { messages, pages };
  });
}

function placed(page: Page, message: Message, messages: State["messages"], me: string | undefined): Page {
  const isThere = page.ids.includes(message.id);
  const belongs = matches(page.filter, message, me);
  if (belongs === false) {
    return isThere ? { ...page, ids: page.ids.filter((id) => id !== message.id) } : page;
  }
  if (isThere || belongs === undefined || page.status !== "ready") {
    return page;
  }
  const at = page.ids.findIndex((id) => (messages[id]?.createdAt ?? "") < message.createdAt);
  // Beyond what is loaded it comes with the next page.
  if (at < 0 && page.next !== null) {
    return page;
  }
  const ids = [...page.ids];
  ids.splice(at < 0 ? ids.length : at, 0, message.id);
  return { ...page, ids };
}

export function setPage(store: Store, filter: Filter, change: Partial<Page>): void {
  const key = keyOf(filter);
  store.setState((state) => {
    const before = state.pages[key] ?? { filter, ids: [], next: null, status: "loading" };
    return { pages: { ...state.pages, [key]: { ...before, ...change } } };
  });
}

/** What a page of the list brought: its leads, behind those that are there already. */
export function addPage(
  store: Store,
  filter: Filter,
  items: readonly Message[],
  next: string | null,
  isFirst: boolean,
): void {
  store.setState((state) => {
    const key = keyOf(filter);
    const messages = { ...state.messages };
    for (const item of items) {
      const known = messages[item.id];
      if (!known || !isOlder(item, known)) {
        messages[item.id] = item;
      }
    }
    const before = isFirst ? [] : (state.pages[key]?.ids ?? []);
    const ids = [...before, ...items.map(({ id }) => id).filter((id) => !before.includes(id))];
    return { messages, pages: { ...state.pages, [key]: { filter, ids, next, status: "ready" } } };
  });
}

export function addNotice(store: Store, notice: Omit<Notice, "id">): void {
  const whole = { ...notice, id: ++lastNotice };
  store.setState(({ notices }) => ({ notices: [...notices, whole].slice(-MOST_NOTICES) }));
}

export function dropNotice(store: Store, id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((each) => each.id !== id) }));
}

/** Shows notices in a place of the page, until what is returned is called. */
export function takeCorner(store: Store, corner: Corner): () => void {
  store.setState(({ corners }) => ({ corners: [...corners, corner] }));
  return () => store.setState(({ corners }) => ({ corners: corners.filter((each) => each !== corner) }));
}

/** The place that shows them: the last that can open a lead, else the last. */
export function showing(corners: readonly Corner[]): Corner | undefined {
  return corners.filter((each) => each.opensLeads).at(-1) ?? corners.at(-1);
}
