import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { sessionsQuery } from "@/features/sessions/queries";
import { SessionRow } from "@/features/sessions/session-row";
import { texts } from "@/features/sessions/texts";
import { reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { signOutElsewhere } from "@/lib/session";

/** Where a person is signed in. */
export function SessionsPage() {
  const sessions = useQuery(sessionsQuery());
  const [isEnding, setEnding] = useState(false);
  const hasOthers = sessions.data?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <Page
      title={texts.title}
      description={texts.about}
      actions={hasOthers ? <Button onClick={() => setEnding(true)}>{texts.others}</Button> : undefined}
    >
      <Panel>
        {sessions.isPending ? (
          <Waiting rows={2} />
        ) : sessions.isError ? (
          <Failed error={sessions.error} retry={() => void sessions.refetch()} />
        ) : sessions.data.length === 0 ? (
          <Empty icon={MonitorSmartphone} title={texts.none}>
            <p>{texts.noneAbout}</p>
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {sessions.data.map((each) => (
              <SessionRow key={each.id} session={each} />
            ))}
          </ul>
        )}
      </Panel>
      {isEnding && <EndOthers onClose={() => setEnding(false)} />}
    </Page>
  );
}

function EndOthers({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: signOutElsewhere,
    onSuccess: () => void notify({ title: texts.signedOutOthers, tone: "good" }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: sessionsQuery().queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={texts.othersTitle}
      action={texts.others}
      busy={end.isPending}
      onConfirm={() => end.mutate()}
    >
      {texts.othersAbout}
    </Confirm>
  );
}
