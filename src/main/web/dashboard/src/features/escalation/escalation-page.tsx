import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { OutcomeRulesPanel } from "@/features/escalation/outcome-rules-panel";
import type { Policy } from "@/features/escalation/policy";
import { PolicyCard } from "@/features/escalation/policy-card";
import { PolicyForm } from "@/features/escalation/policy-form";
import { policiesQuery } from "@/features/escalation/queries";
import { texts } from "@/features/escalation/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

/** Who is notified when nobody acts on a lead. */
export function EscalationPage() {
  const policies = useQuery(policiesQuery());
  const [editing, setEditing] = useState<Policy | "new">();
  const [removing, setRemoving] = useState<Policy>();
  const order = useOrder();
  const add = isOwner() && (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus /> {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} description={texts.about} actions={policies.data?.length ? add : undefined}>
      {policies.isPending ? (
        <Panel>
          <Waiting rows={3} />
        </Panel>
      ) : policies.isError ? (
        <Panel>
          <Failed error={policies.error} retry={() => void policies.refetch()} />
        </Panel>
      ) : policies.data.length === 0 ? (
        <Panel>
          <Empty icon={BellRing} title={texts.none}>
            <p>{isOwner() ? texts.noneAbout : texts.forOwners}</p>
            {add}
          </Empty>
        </Panel>
      ) : (
        <ol className="grid gap-4">
          {policies.data.map((each, index) => (
            <PolicyCard
              key={each.id}
              policy={each}
              onChange={() => setEditing(each)}
              onRemove={() => setRemoving(each)}
              onUp={index > 0 ? () => order(policies.data, index, index - 1) : undefined}
              onDown={index < policies.data.length - 1 ? () => order(policies.data, index, index + 1) : undefined}
            />
          ))}
        </ol>
      )}
      <OutcomeRulesPanel />
      {editing && <PolicyForm policy={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {removing && <Removal policy={removing} onClose={() => setRemoving(undefined)} />}
    </Page>
  );
}

/** Moves a policy to another place in the order in which they are tried. */
function useOrder() {
  const client = useQueryClient();
  const key = policiesQuery().queryKey;
  const save = useMutation({
    mutationFn: (ids: string[]) => answered(api.PUT("/api/escalation-policies", { body: { ids } })),
    onSuccess: ({ policies }) => void client.setQueryData(key, policies),
    onError: (error) => {
      notify({ title: reason(error), tone: "danger" });
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (policies: readonly Policy[], from: number, to: number) => {
    const moved = [...policies];
    moved.splice(to, 0, ...moved.splice(from, 1));
    save.mutate(moved.map(({ id }) => id));
  };
}

function Removal({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answered(api.DELETE("/api/escalation-policies/{id}", { params: { path: { id: policy.id } } })),
    onSuccess: () => {
      notify({ title: texts.removed(policy.name) });
      return client.invalidateQueries({ queryKey: policiesQuery().queryKey });
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: onClose,
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={texts.removeTitle(policy.name)}
      action={texts.remove}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {texts.removeAbout}
    </Confirm>
  );
}
