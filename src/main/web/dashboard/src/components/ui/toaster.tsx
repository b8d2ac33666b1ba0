import { cva } from "class-variance-authority";
import { X } from "lucide-react";
import { Toast } from "radix-ui";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { dismiss, type NoticeAction, useNotices } from "@/lib/notify";

const toast = cva(
  "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 rounded-m border bg-surface p-3 ps-4 shadow-raised",
  {
    variants: {
      tone: {
        neutral: "border-line",
        good: "border-accent",
        danger: "border-danger",
        lead: "border-accent border-s-4",
      },
    },
  },
);

/** Where notices appear: away from the composer and the bar at the foot of a lead. F8 moves the focus there. */
export function Toaster() {
  const notices = useNotices((state) => state.notices);
  return (
    <Toast.Provider swipeDirection="right">
      {notices.map((notice) => (
        <Toast.Root
          key={notice.id}
          duration={notice.lasts}
          type={notice.tone === "danger" ? "foreground" : "background"}
          onOpenChange={(open) => !open && dismiss(notice.id)}
          className={toast({ tone: notice.tone })}
        >
          <div className="min-w-0 flex-1">
            <Toast.Title className="text-s font-medium">{notice.title}</Toast.Title>
            {notice.detail && (
              <Toast.Description className="truncate text-s text-soft">{notice.detail}</Toast.Description>
            )}
          </div>
          {notice.action && !notice.other && <ToastAction action={notice.action} />}
          <Toast.Close asChild>
            <Button variant="quiet" size="icon-s" aria-label={texts.dismiss} className="max-md:size-11">
              <X />
            </Button>
          </Toast.Close>
          {notice.action && notice.other && (
            <div className="flex basis-full gap-2">
              <ToastAction action={notice.action} variant="primary" />
              <ToastAction action={notice.other} />
            </div>
          )}
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed inset-x-3 grid-cols-[minmax(0,1fr)] top-[calc(4.5rem+env(safe-area-inset-top))] z-60 grid gap-2 outline-none md:inset-x-auto md:start-5 md:top-auto md:bottom-5 md:w-96" />
    </Toast.Provider>
  );
}

function ToastAction({ action, variant }: { action: NoticeAction; variant?: "primary" }) {
  return (
    <Toast.Action asChild altText={action.label}>
      <Button size="s" variant={variant ?? "outline"} className="max-md:h-11" onClick={action.run}>
        {action.label}
      </Button>
    </Toast.Action>
  );
}
