import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { sessionsQuery } from "@/features/sessions/queries";
import { texts } from "@/features/sessions/texts";
import { answered, api, type components, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

type SignedInDevice = components["schemas"]["SignedInDevice"];

const isPhone = (device: string) => /Android|iPhone|iPad/.test(device);

/** A device that is signed in. The current one is signed out by the person's menu, which also leaves the page. */
export function SessionRow({ session }: { session: SignedInDevice }) {
  const client = useQueryClient();
  const device = session.device ?? texts.unknown;
  const signOut = useMutation({
    mutationFn: () => answered(api.DELETE("/api/sessions/{id}", { params: { path: { id: session.id } } })),
    onSuccess: () => void notify({ title: texts.signedOut(device), tone: "good" }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
  const Icon = isPhone(device) ? Smartphone : Monitor;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-soft" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {session.isCurrent && <Badge tone="good">{texts.current}</Badge>}
        </p>
        <p className="text-s text-soft">
          {texts.lastUsed} <Moment at={session.lastUsedAt} /> · {texts.signedIn} <Moment at={session.createdAt} />
        </p>
      </div>
      {!session.isCurrent && (
        <Button
          size="s"
          variant="danger"
          aria-label={texts.signOutWhich(device)}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {texts.signOut}
        </Button>
      )}
    </li>
  );
}
