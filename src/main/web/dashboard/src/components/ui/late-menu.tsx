import {
  cloneElement,
  type ComponentProps,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from "react";

import { LatePlace } from "@/components/ui/late";

type Trigger = ReactElement<ComponentProps<"button">>;

/** A menu of a page that must open fast: until somebody reaches for it, only its button is loaded. */
export function LateMenu({
  trigger,
  children,
}: {
  trigger: Trigger;
  /** The `Menu` with that button, open at first, in a component by `late`. */
  children: (trigger: Trigger) => ReactNode;
}) {
  const [isWanted, setWanted] = useState(false);
  const open = () => setWanted(true);
  if (isWanted) {
    return (
      <LatePlace fallback={trigger} onFailed={() => setWanted(false)}>
        {children(trigger)}
      </LatePlace>
    );
  }
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        open();
      }
    },
  });
}
