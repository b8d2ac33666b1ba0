const NAMES: Record<string, string> = { Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

/** Keys as they stand on a keyboard: `g i` is one after the other. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(" ").map((key, index) => (
        <kbd
          key={`${key}${index}`}
          className="inline-grid min-w-5 place-items-center rounded-s border border-current/30 px-1 font-sans text-xs leading-4.5"
        >
          {NAMES[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
