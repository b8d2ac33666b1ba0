import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { ForOwners } from "@/components/ui/for-owners";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { type ApiKey, stateOf } from "@/features/api-keys/api-key";
import { KeyDialog } from "@/features/api-keys/key-dialog";
import { KeyForm } from "@/features/api-keys/key-form";
import { KeyRow } from "@/features/api-keys/key-row";
import { apiKeysQuery } from "@/features/api-keys/queries";
import { texts } from "@/features/api-keys/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";
import { useNow } from "@/lib/use-now";

/** For your own systems. */
export function ApiKeysPage() {
  const keys = useQuery({ ...apiKeysQuery(), enabled: isOwner() });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const add = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus /> {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} description={texts.about} actions={keys.data?.length ? add : undefined}>
      {!isOwner() ? (
        <Panel>
          <ForOwners>{texts.forOwners}</ForOwners>
        </Panel>
      ) : keys.isPending ? (
        <Panel>
          <Waiting rows={3} />
        </Panel>
      ) : keys.isError ? (
        <Panel>
          <Failed error={keys.error} retry={() => void keys.refetch()} />
        </Panel>
      ) : keys.data.length === 0 ? (
        <Panel>
          <Empty icon={KeyRound} title={texts.none}>
            <p>{texts.noneAbout}</p>
            {add}
          </Empty>
        </Panel>
      ) : (
        <Keys keys={keys.data} onRevoke={setRevoking} />
      )}
      {isMaking && (
        <KeyForm
          onClose={() => setMaking(false)}
          onMade={({ key }) => {
            setMaking(false);
            setSecret(key ?? undefined);
          }}
        />
      )}
      {secret && <KeyDialog secret={secret} onClose={() => setSecret(undefined)} />}
      {revoking && <Revocation apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  );
}

function Keys({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const now = useNow();
  const live = keys.filter((each) => stateOf(each, now) === "live");
  const over = keys.filter((each) => !live.includes(each));
  return (
    <>
      <Panel title={texts.live}>
        {live.length === 0 ? (
          <p className="px-4 py-5 text-s text-soft">{texts.noneLive}</p>
        ) : (
          <ul className="divide-y divide-line">
            {live.map((each) => (
              <KeyRow key={each.id} apiKey={each} onRevoke={() => onRevoke(each)} />
            ))}
          </ul>
        )}
      </Panel>
      {over.length > 0 && (
        <Panel title={texts.over}>
          <ul className="divide-y divide-line">
            {over.map((each) => (
              <KeyRow key={each.id} apiKey={each} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Revocation({ apiKey: { id, name, lastUsedAt }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answered(api.DELETE("/api/api-keys/{id}", { params: { path: { id } } })),
    onSuccess: () => void notify({ title: texts.revokedNow(name) }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: apiKeysQuery().queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={texts.revokeTitle(name)}
      action={texts.revoke}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    >
      {texts.revokeAbout} {lastUsedAt ? texts.lastUsedThen(lastUsedAt) : texts.neverUsedThen}
    </Confirm>
  );
}
