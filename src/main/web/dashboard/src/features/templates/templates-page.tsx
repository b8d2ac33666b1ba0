import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileText, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Input } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { templatesQuery } from "@/features/templates/queries";
import { CHANNELS, type Template } from "@/features/templates/template";
import { TemplateForm } from "@/features/templates/template-form";
import { TemplateRow } from "@/features/templates/template-row";
import { texts } from "@/features/templates/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { mayWrite } from "@/lib/session";

/** Fewer are seen at a glance. */
const WORTH_FINDING = 8;

/** The texts for replies. */
export function TemplatesPage() {
  const templates = useQuery(templatesQuery());
  const [editing, setEditing] = useState<Template | "new">();
  const [removing, setRemoving] = useState<Template>();
  const [words, setWords] = useState("");
  const add = mayWrite() && (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus /> {texts.add}
    </Button>
  );
  const found = templates.data?.filter((each) => has(each, words)) ?? [];

  return (
    <Page title={texts.title} description={texts.about} actions={templates.data?.length ? add : undefined}>
      {(templates.data?.length ?? 0) > WORTH_FINDING && (
        <Input
          type="search"
          aria-label={texts.find}
          placeholder={texts.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {templates.isPending ? (
        <Panel>
          <Waiting rows={3} />
        </Panel>
      ) : templates.isError ? (
        <Panel>
          <Failed error={templates.error} retry={() => void templates.refetch()} />
        </Panel>
      ) : templates.data.length === 0 ? (
        <Panel>
          <Empty icon={FileText} title={texts.none}>
            <p>{texts.noneAbout}</p>
            {add}
          </Empty>
        </Panel>
      ) : found.length === 0 ? (
        <p role="status" className="text-s text-soft">
          {texts.noneFound}
        </p>
      ) : (
        CHANNELS.map((channel) => ({ channel, rows: found.filter((each) => each.channel === channel) }))
          .filter(({ rows }) => rows.length > 0)
          .map(({ channel, rows }) => (
            <Panel key={channel} title={texts.channels[channel]}>
              <ul className="divide-y divide-line">
                {rows.map((each) => (
                  <TemplateRow
                    key={each.id}
                    template={each}
                    onChange={() => setEditing(each)}
                    onRemove={() => setRemoving(each)}
                  />
                ))}
              </ul>
            </Panel>
          ))
      )}
      {editing && (
        <TemplateForm template={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {removing && <Removal template={removing} onClose={() => setRemoving(undefined)} />}
    </Page>
  );
}

function has({ name, subject, body }: Template, words: string): boolean {
  const text = `${name}\n${subject ?? ""}\n${body}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((each) => text.includes(each));
}

function Removal({ template, onClose }: { template: Template; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answered(api.DELETE("/api/templates/{id}", { params: { path: { id: template.id } } })),
    onSuccess: () => {
      notify({ title: texts.removed(template.name) });
      return client.invalidateQueries({ queryKey: templatesQuery().queryKey });
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: onClose,
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={texts.removeTitle(template.name)}
      action={texts.remove}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {texts.removeAbout}
    </Confirm>
  );
}
