import { useBlocker } from "@tanstack/react-router";

import { texts } from "@/components/texts";
import { Confirm } from "@/components/ui/confirm";

/** Asks before what is typed and not saved would be lost, whether within the app or with the page. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return blocker.status === "blocked" ? (
    <Confirm
      open
      onOpenChange={() => blocker.reset()}
      title={texts.leaveTitle}
      action={texts.leave}
      onConfirm={() => blocker.proceed()}
    >
      {texts.leaveAbout}
    </Confirm>
  ) : null;
}
