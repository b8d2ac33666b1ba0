import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { takeKeys } from "@/components/ui/keys-held";
import { Moment } from "@/components/ui/moment";
import { texts } from "@/features/lead/texts";
import { shortName } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, fieldError, idempotencyKey, otherErrors, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { currentSession, isOwner, mayWrite } from "@/lib/session";

export type Note = components["schemas"]["Note"];

/** What colleagues tell each other about a lead, page after page, the newest first. */
export function useNotes(leadId: string) {
  return useInfiniteQuery({
    queryKey: [...leadKeys.detail(leadId), "notes"] as const,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET("/api/messages/{id}/notes", {
          params: { path: { id: leadId }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** A note as the timeline shows it. */
export function NoteEntry({ leadId, note }: { leadId: string; note: Note }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      answered(api.DELETE("/api/messages/{id}/notes/{noteId}", { params: { path: { id: leadId, noteId: note.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...leadKeys.detail(leadId), "notes"] }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  const mayRemove = mayWrite() && (isOwner() || note.authorId === currentSession()?.person.id);
  return (
    <li className="rounded-m bg-warn-soft/60 p-3 text-s">
      <p className="flex items-center gap-2 text-xs text-soft">
        <span className="font-medium text-ink">{shortName(note.author)}</span>
        <Badge tone="warn">{texts.replyBy.note}</Badge>
        <Moment at={note.createdAt} />
        {mayRemove && (
          <Button
            variant="quiet"
            size="icon-s"
            className="ms-auto -my-1"
            aria-label={texts.deleteNote}
            onClick={() => remove.mutate()}
          >
            <Trash2 />
          </Button>
        )}
      </p>
      <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
        {note.text}
      </p>
    </li>
  );
}

/** Writes a note: for colleagues, never sent to the lead. */
export function NewNote({ leadId, onClose }: { leadId: string; onClose: () => void }) {
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  // Before it is painted, so that no key is lost.
  useLayoutEffect(() => {
    field.current?.focus();
    setText(takeKeys());
  }, []);
  const [key, setKey] = useState(idempotencyKey);
  const add = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/messages/{id}/notes", {
          params: { path: { id: leadId }, header: { "Idempotency-Key": key } },
          body: { text },
        }),
      ),
    onSuccess: () => {
      setText("");
      setKey(idempotencyKey());
      void client.invalidateQueries({ queryKey: [...leadKeys.detail(leadId), "notes"] });
      onClose();
    },
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim()) {
      add.mutate();
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      submit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <Field
        label={texts.notes}
        hint={texts.notesAbout}
        error={fieldError(add.error, "text") ?? otherErrors(add.error, ["text"])}
      >
        <Textarea
          ref={field}
          maxLength={4000}
          value={text}
          placeholder={texts.addNote}
          onChange={(event) => {
            setText(event.target.value);
            setKey(idempotencyKey());
          }}
          onKeyDown={onKeyDown}
          className="min-h-16"
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.close}</Button>
        <Button type="submit" variant="primary" disabled={!text.trim() || add.isPending}>
          {texts.addNote}
        </Button>
      </div>
    </form>
  );
}
