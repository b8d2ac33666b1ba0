import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type Ref, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { Failed, Skeleton } from "@/components/ui/states";
import { texts } from "@/features/lead/texts";
import { shortName } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, fieldError, idempotencyKey, otherErrors, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { currentSession, isOwner, mayWrite } from "@/lib/session";

/** What colleagues tell each other about a lead. */
export function Notes({ leadId, field }: { leadId: string; field: Ref<HTMLTextAreaElement> }) {
  const client = useQueryClient();
  const queryKey = [...leadKeys.detail(leadId), "notes"] as const;
  const notes = useInfiniteQuery({
    queryKey,
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
  const refresh = () => client.invalidateQueries({ queryKey });
  const remove = useMutation({
    mutationFn: (noteId: string) =>
      answered(api.DELETE("/api/messages/{id}/notes/{noteId}", { params: { path: { id: leadId, noteId } } })),
    onSuccess: refresh,
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  const all = notes.data?.pages.flatMap((page) => page.items) ?? [];
  const mayRemove = (authorId: string) => mayWrite() && (isOwner() || authorId === currentSession()?.person.id);
  return (
    <section aria-label={texts.notes} className="grid gap-3">
      {mayWrite() && <NewNote leadId={leadId} field={field} onAdded={() => void refresh()} />}
      {!mayWrite() && <h3 className="text-s font-medium">{texts.notes}</h3>}
      {notes.isPending ? (
        <Skeleton className="h-12" />
      ) : notes.isError ? (
        <Failed error={notes.error} retry={() => void notes.refetch()} className="py-2" />
      ) : all.length === 0 ? (
        <p className="text-s text-soft">{texts.noNotes}</p>
      ) : (
        <ul className="grid gap-2">
          {all.map(({ id, text, author, authorId, createdAt }) => (
            <li key={id} className="rounded-m bg-warn-soft/60 p-3 text-s">
              <p className="whitespace-pre-wrap">{text}</p>
              <p className="mt-1 flex items-center gap-1 text-xs text-soft">
                {shortName(author)}, <Moment at={createdAt} />
                {mayRemove(authorId) && (
                  <Button
                    variant="quiet"
                    size="icon-s"
                    className="ms-auto -my-1"
                    aria-label={texts.deleteNote}
                    onClick={() => remove.mutate(id)}
                  >
                    <Trash2 />
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {notes.hasNextPage && (
        <Button size="s" onClick={() => void notes.fetchNextPage()}>
          {texts.olderNotes}
        </Button>
      )}
    </section>
  );
}

function NewNote({ leadId, field, onAdded }: { leadId: string; field: Ref<HTMLTextAreaElement>; onAdded: () => void }) {
  const [text, setText] = useState("");
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
      onAdded();
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
      event.currentTarget.blur();
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
      {text.trim() && (
        <Button type="submit" size="s" className="justify-self-end" disabled={add.isPending}>
          {texts.addNote}
        </Button>
      )}
    </form>
  );
}
