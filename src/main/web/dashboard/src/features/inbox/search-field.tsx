import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { texts } from "@/features/inbox/texts";
import { KEYS_OF_LIST } from "@/lib/keys";
import { useShortcuts } from "@/lib/shortcuts";

const PAUSE_MS = 250;

/** Looks for words and numbers as they are typed; `/` goes here. */
export function SearchField({ value }: { value: string }) {
  const { narrow } = useInboxNavigation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  /** What the address is about to say because it was typed: it comes back later, and must not undo what is typed since. */
  const sent = useRef(value);
  useEffect(() => {
    // The address changed by other means, such as back or a view.
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    const words = typed.trim();
    if (words === sent.current.trim()) {
      return;
    }
    const timer = setTimeout(() => {
      sent.current = words;
      narrow({ q: words === "" ? undefined : words }, true);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
    // Only what is typed starts a search.
  }, [typed]);
  useShortcuts([{ ...KEYS_OF_LIST.search, run: () => input.current?.focus() }]);

  return (
    <div className="relative flex-1">
      <Search className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-soft" />
      <input
        ref={input}
        type="search"
        aria-label={texts.search}
        placeholder={texts.search}
        maxLength={200}
        enterKeyHint="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && (typed ? setTyped("") : event.currentTarget.blur())}
        className="h-10 w-full rounded-m border border-line bg-paper ps-9 pe-9 text-s text-ellipsis placeholder:text-soft hover:border-edge max-md:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed && (
        <button
          type="button"
          aria-label={texts.clearSearch}
          onClick={() => {
            setTyped("");
            input.current?.focus();
          }}
          className="absolute end-1 top-1/2 grid size-8 -translate-y-1/2 place-items-center text-soft hover:text-ink max-md:size-11"
        >
          <X className="size-4" />
        </button>
      )}
    </div>
  );
}
