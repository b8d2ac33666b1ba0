import { Tooltip as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

import { Kbd } from "@/components/ui/kbd";

const DELAY_MS = 400;

/** What a button does and which key does it too, when it is pointed at or focused. */
export function Tooltip({ label, keys, children }: { label: ReactNode; keys?: string; children: ReactElement }) {
  return (
    <Primitive.Provider delayDuration={DELAY_MS}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 flex items-center gap-2 rounded-s bg-panel px-2 py-1 text-xs text-on-panel"
          >
            {label}
            {keys && <Kbd keys={keys} />}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
